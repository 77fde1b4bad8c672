"""Pages on which a dossier is closed and opened again, and on which results of keuzedelen are recorded."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessment import closing as deeds
from assessment import keuzedelen as results
from assessment.forms_closing import CloseForm, KeuzedeelForm, ReopenForm
from bpv.core import clock
from bpv.core.access import require
from bpv.core.forms import attempt
from placements.access import may_guide, may_manage, may_see_all
from placements.models import Placement, State


def seen(request: HttpRequest, number: str) -> Placement:
    """The placement, when the person may see it, with who closed it."""
    found = Placement.objects.visible_to(request.user).for_list().select_related("closed_by")
    return get_object_or_404(found, number=number)


def closing(request: HttpRequest, number: str) -> HttpResponse:
    """What is missing and who has it; close when nothing blocks."""
    placement = seen(request, number)
    require(may_see_all(request.user, placement))
    may_close = may_guide(request.user, placement)
    require(may_close or request.method != "POST")
    stands = placement.closed_at is None and placement.state != State.CANCELLED
    lacking = deeds.missing(placement, clock.today()) if stands else []
    blocked = any(one.blocks for one in lacking)
    is_post = request.method == "POST"  # without anything to tick nothing is sent along
    form = CloseForm(request.POST if is_post else None, asked=bool(lacking) and not blocked)
    if is_post and form.is_valid():
        despite = form.cleaned_data.get("despite", False)
        if attempt(form, lambda: deeds.close(placement=placement, by=request.user, despite=despite)):
            messages.success(request, _("Het dossier is afgesloten en verandert niet meer."))
            return redirect("closing", number=number)
    context = {
        "placement": placement,
        "form": form,
        "missing": lacking,
        "blocked": blocked,
        "stands": stands,
        "may_close": may_close,
        "may_reopen": may_manage(request.user, placement),
    }
    return render(request, "assessment/closing.html", context)


def reopening(request: HttpRequest, number: str) -> HttpResponse:
    """Open a closed dossier again, with a reason."""
    placement = seen(request, number)
    require(may_manage(request.user, placement))
    form = ReopenForm(request.POST or None)

    def opened() -> bool:
        return attempt(form, lambda: deeds.reopen(placement=placement, by=request.user, **form.cleaned_data))

    if request.method == "POST" and form.is_valid() and opened():
        messages.success(request, _("Het dossier is weer open."))
        return redirect("closing", number=number)
    return render(request, "assessment/reopening.html", {"placement": placement, "form": form})


def keuzedelen(request: HttpRequest, number: str) -> HttpResponse:
    """The keuzedelen of a placement with their results; who guides records them."""
    placement = seen(request, number)
    may_record = may_guide(request.user, placement)
    require(may_record or request.method != "POST")
    lines = results.lines_of(placement)
    forms = [(code, KeuzedeelForm(request.POST or None, prefix=code, instance=kept)) for code, kept in lines]

    def recorded() -> bool:
        given: dict[str, Any] = {code: form.cleaned_data for code, form in forms if form.has_changed()}
        return attempt(forms[0][1], lambda: results.save(placement=placement, by=request.user, results=given))

    valid = [form.is_valid() for _code, form in forms]  # every one, so that each shows its faults
    if request.method == "POST" and forms and all(valid) and recorded():
        messages.success(request, _("De resultaten zijn bewaard."))
        return redirect("keuzedelen", number=number)
    context = {"placement": placement, "lines": lines, "forms": forms if may_record and not placement.closed_at else []}
    context["form"] = forms[0][1] if forms else None
    return render(request, "assessment/keuzedelen.html", context)
