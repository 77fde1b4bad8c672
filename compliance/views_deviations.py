"""Pages for deviations from a standard."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from bpv.core import clock
from bpv.core.access import require, signed_in
from bpv.core.forms import attempt
from compliance import deviations
from compliance.forms_deviations import DecideForm, ProposeForm
from compliance.models import Deviation
from placements.access import may_guide, may_see_all
from placements.models import Placement
from standards import RULES, periods


def deviation_new(request: HttpRequest, number: str) -> HttpResponse:
    """Propose to deviate; ?regel= and ?jaar= come from the finding."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)
    require(may_guide(request.user, placement) or deviations.leads(request.user, placement))
    asked = {"rule": request.GET.get("regel", deviations.DEVIABLE[0]), "year": request.GET.get("jaar", "0")}
    found = periods(placement.programme.leerweg, placement.start, placement.last_day)
    form = ProposeForm(request.POST or None, initial=asked, periods=found)

    def deed() -> Deviation:
        return deviations.propose(placement=placement, by=request.user, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, deed):
        messages.success(request, _("Je voorstel is verstuurd. De bpv-coördinator of de manager besluit."))
        return redirect("dossier", number=number)
    return render(request, "compliance/deviation_new.html", {"form": form, "placement": placement})


def deviation(request: HttpRequest, pk: int) -> HttpResponse:
    """One deviation: why, and the decision for who may take it."""
    found = get_object_or_404(
        Deviation.objects.visible_to(request.user).select_related("placement__student", "proposed_by", "decided_by"),
        pk=pk,
    )
    require(may_see_all(request.user, found.placement))
    user: Any = request.user
    decides = found.accepted is None and deviations.may_decide(user, found)
    form = DecideForm(request.POST or None)
    if request.method == "POST":
        require(deviations.may_decide(user, found))

        def deed() -> Deviation:
            return deviations.decide(deviation=found, by=user, today=clock.today(), **form.cleaned_data)

        if form.is_valid() and attempt(form, deed):
            messages.success(request, _("Je besluit is vastgelegd."))
            return redirect("deviations")
    context = {"deviation": found, "rule": RULES[found.rule], "form": form if decides else None}
    return render(request, "compliance/deviation.html", context)


def all_deviations(request: HttpRequest) -> HttpResponse:
    """What waits for a decision of this person."""
    user = signed_in(request)
    require(bool(user.roles.coordinator or user.roles.manager))
    rows = [(found, RULES[found.rule].name) for found in deviations.to_decide(user)]
    return render(request, "compliance/deviations.html", {"rows": rows})
