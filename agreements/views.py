"""Pages of a POK."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from agreements import readiness, services
from agreements.forms import FileForm, PokForm, WithdrawForm
from agreements.models import MAIN, Kind, Pok
from bpv.core import clock, documents
from bpv.core.access import require
from bpv.core.forms import attempt
from placements.access import may_manage
from placements.models import Placement


def pok_of(request: HttpRequest, pk: int) -> Pok:
    """The POK, when the person may see it."""
    found = Pok.objects.visible_to(request.user).select_related(
        "placement__student", "placement__location", "placement__programme", "placement__supervisor", "document"
    )
    return get_object_or_404(found, pk=pk)


def pok_new(request: HttpRequest, number: str) -> HttpResponse:
    """Make a POK from the placement; what is missing stands first, with the page that mends it."""
    found = readiness.with_what_is_read(Placement.objects.visible_to(request.user).for_list())
    placement = get_object_or_404(found, number=number)
    require(may_manage(request.user, placement))
    today = clock.today()
    kind = request.POST.get("kind") or request.GET.get("soort", "")
    kind = kind if kind in MAIN and placement.keuzedelen else Kind.QUALIFICATION
    form = PokForm(request.POST or None, placement=placement, today=today, initial={"kind": kind})
    if request.method == "POST" and form.is_valid():
        made: list[Pok] = []

        def deed() -> None:
            how = {"by": request.user, "today": today, "hours": form.hours}
            made.append(services.make_pok(placement=placement, **how, **form.deed))

        if attempt(form, deed):
            messages.success(request, _("De POK is gemaakt. Laat hem nu tekenen."))
            return redirect("pok", pk=made[0].pk)
    gaps = readiness.gaps(placement, today, kind=kind)
    context = {
        "form": form,
        "placement": placement,
        "gaps": [(gap, gap.url(request.get_full_path())) for gap in gaps],
        "is_blocked": any(gap.blocks for gap in gaps),
        "annex": readiness.annex_of(placement.programme),
        "other_kind": Kind.KEUZEDEEL if placement.keuzedelen and kind == Kind.QUALIFICATION else "",
    }
    return render(request, "agreements/pok_new.html", context)


def pok_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen bytes."""
    found = pok_of(request, pk)
    if found.document is None:
        raise Http404
    response = HttpResponse(documents.read(found.document), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.document.filename}"'
    return response


def pok_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a complete POK into the dossier."""
    found = managed(request, pk)
    form = FileForm(request.POST or None, today=clock.today(), initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        if attempt(form, lambda: services.file_pok(pok=found, by=request.user, on=on)):
            messages.success(request, _("De POK staat in het %(where)s.") % {"where": found.dossier_name})
            return redirect("pok", pk=pk)
    return page(request, "agreements/pok_file.html", found, form)


def pok_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a POK with a reason; on the way to a new version the page that makes one comes next."""
    found = managed(request, pk)
    renews = "nieuw" in request.GET and found.is_main
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: services.withdraw_pok(pok=found, by=request.user, on=clock.today(), reason=reason)):
            if not found.is_main:
                messages.success(request, _("%(number)s is ingetrokken.") % {"number": found.number})
                return redirect("pok", pk=found.belongs_to_id)
            messages.success(request, _("De POK is ingetrokken. Je kunt een nieuwe maken."))
            return redirect("pok_new" if renews else "dossier", number=found.placement.number)
    return render(request, "agreements/pok_withdraw.html", {"pok": found, "form": form, "renews": renews})


def managed(request: HttpRequest, pk: int) -> Pok:
    """The POK, when the person may change it."""
    found = pok_of(request, pk)
    require(may_manage(request.user, found.placement))
    return found


def page(request: HttpRequest, template: str, found: Pok, form: Form) -> HttpResponse:
    """A page with one form about a POK."""
    return render(request, template, {"pok": found, "form": form})
