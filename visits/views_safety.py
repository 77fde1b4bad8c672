"""Reporting that work is unsafe or treatment is bad, reading it as the person it was told to, and the counts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bpv.core import clock
from bpv.core.access import require, signed_in
from bpv.core.forms import attempt
from placements.access import is_student
from placements.models import Placement
from visits import safety, safety_counts, standby
from visits.forms_safety import IncidentForm, SettleForm, StepForm
from visits.models import Incident


def incident_new(request: HttpRequest) -> HttpResponse:
    """Report it, by the student; ?plaatsing=NUMBER names the placement. Who to call at once stands above the form."""
    found = Placement.objects.visible_to(request.user).for_list()
    placement = get_object_or_404(found, number=request.GET.get("plaatsing", ""))
    require(is_student(request.user, placement))
    form = IncidentForm(request.POST or None, routes=safety.routes(placement))
    if request.method == "POST" and form.is_valid():
        made = safety.report(placement=placement, by=request.user, **form.cleaned_data)
        messages.success(request, _("Je melding is verstuurd. Je krijgt binnen drie werkdagen een reactie."))
        return redirect("incident", number=made.number)
    call = {"on_duty": standby.now_on_duty(placement, clock.now()), "calamity": standby.calamity_number()}
    context = {"form": form, "placement": placement} | call
    return render(request, "visits/incident_new.html", context)


@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """What was told to this person, or by this person: number, day and how it stands. No word of what it says."""
    today = clock.today()
    found = Incident.objects.visible_to(signed_in(request)).order_by("closed_at", "received_at", "id")
    rows = [(one, safety.due_on(one), safety.state_of(one, today)) for one in found]
    return render(request, "visits/incidents.html", {"rows": rows})


def shown(request: HttpRequest, number: str) -> Incident:
    """The report, for the student and the person it was told to; for everybody else it is not there (404)."""
    found = Incident.objects.visible_to(signed_in(request)).select_related(
        "owner", "reported_by", "placement__location"
    )
    return get_object_or_404(found, number=number)


def incident(request: HttpRequest, number: str) -> HttpResponse:
    """Opening the page shows how it stands; reading what it says is a deed, and is kept."""
    found = shown(request, number)
    if request.method == "POST":
        return _opened(request, found)
    context = {"incident": found, "due": safety.due_on(found), "is_owner": found.owner_id == request.user.pk}
    return render(request, "visits/incident.html", context)


def _opened(request: HttpRequest, found: Incident, **forms: Any) -> HttpResponse:
    """The content, after the reading was kept."""
    is_owner = found.owner_id == request.user.pk
    safety.read(incident=found, by=request.user)
    steps = found.steps.select_related("by")
    known = {"confidant_on": found.confidant_involved_on, "sbb_on": found.sbb_informed_on}
    context = {
        "incident": found,
        "due": safety.due_on(found),
        "is_owner": is_owner,
        "opened": True,
        "steps": steps if is_owner else steps.filter(internal=False),
        "readings": found.readings.select_related("by") if is_owner else [],
        "step_form": StepForm(is_owner=is_owner),
        "settle_form": SettleForm(initial=known),
    } | forms
    return render(request, "visits/incident.html", context)


@require_POST
def incident_step(request: HttpRequest, number: str) -> HttpResponse:
    """Write down what was done, or answer."""
    found = shown(request, number)
    form = StepForm(request.POST, is_owner=found.owner_id == request.user.pk)
    if form.is_valid():
        given = {"internal": False} | form.cleaned_data
        if attempt(form, lambda: safety.add_step(incident=found, by=request.user, **given)):
            messages.success(request, _("Bewaard."))
            return _opened(request, shown(request, number))
    return _opened(request, found, step_form=form)


@require_POST
def incident_settle(request: HttpRequest, number: str) -> HttpResponse:
    """Who was told, and whether it is done; by the person it was told to."""
    found = shown(request, number)
    require(found.owner_id == request.user.pk)
    form = SettleForm(request.POST)
    if form.is_valid() and attempt(form, lambda: safety.settle(incident=found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Bewaard."))
        return _opened(request, shown(request, number))
    return _opened(request, found, settle_form=form)


@require_safe
def incident_counts(request: HttpRequest) -> HttpResponse:
    """For the manager: how many, never whose."""
    user, today = signed_in(request), clock.today()
    require(bool(user.roles.manager))
    parts = [
        (_("Per schooljaar"), safety_counts.by_school_year(user, today)),
        (_("Dit schooljaar per team"), safety_counts.by_team(user, today)),
        (_("Dit schooljaar per soort"), safety_counts.by_kind(user, today)),
    ]
    return render(request, "visits/incident_counts.html", {"parts": parts})
