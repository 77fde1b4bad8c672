"""The page on which the leerbedrijf gives its judgement, and the school reads it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessment import hearing as deeds
from assessment.forms_hearing import HearingForm
from bpv.core.access import require
from bpv.core.forms import attempt
from placements.access import is_supervisor, may_see_all
from placements.models import Placement


def hearing(request: HttpRequest, number: str) -> HttpResponse:
    """Give the judgement, or read what was handed in; the student reads it with the decision of the school."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)
    own = is_supervisor(request.user, placement)
    require(own or may_see_all(request.user, placement))
    may_write = deeds.may_write(request.user, placement)
    require(may_write or request.method != "POST")
    kept, submit = deeds.of(placement), "bewaren" not in request.POST
    heard = placement.supervisor.full_name if placement.supervisor else ""
    form = HearingForm(
        request.POST or None,
        instance=kept,
        initial={"assessor": kept.assessor if kept and kept.assessor else heard},
        on_behalf=not own,
        submit=submit,
    )
    if request.method == "POST" and form.is_valid():
        deed = {"placement": placement, "by": request.user, "submit": submit}
        if attempt(form, lambda: deeds.write(**deed, **form.cleaned_data)):
            messages.success(request, _("Het oordeel is ingeleverd.") if submit else _("Bewaard."))
            return redirect("hearing", number=number)
    context = {"form": form, "placement": placement, "kept": deeds.of(placement), "own": own, "may_write": may_write}
    return render(request, "assessment/hearing.html", context)
