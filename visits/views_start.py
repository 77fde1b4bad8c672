"""The agreements at the start of a placement, and the judgement of the guidance by the leerbedrijf."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bpv.core import clock
from bpv.core.access import require
from bpv.core.forms import attempt
from placements.access import may_guide, may_manage, may_see_all
from placements.models import Placement
from visits import guidance, starting
from visits.forms_start import GuidanceForm, ProceedForm, StartForm
from visits.models import GuidanceJudgement, StartAgreements


def seen(request: HttpRequest, number: str) -> Placement:
    """The placement, when the person may see it."""
    return get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)


@require_safe
def start_agreements(request: HttpRequest, number: str) -> HttpResponse:
    """What was agreed, for everybody of the placement; outsiders read what stands."""
    placement = seen(request, number)
    kept = starting.of(placement)
    if kept and not kept.established_on and not may_see_all(request.user, placement):
        kept = None
    context = {
        "placement": placement,
        "kept": kept,
        "topics": starting.topics_of(kept) if kept else [],
        "tasks": starting.tasks_of(kept) if kept else [],
        "may_guide": may_guide(request.user, placement),
    }
    return render(request, "visits/start_agreements.html", context)


def start_edit(request: HttpRequest, number: str) -> HttpResponse:
    """Write the agreements down, or establish them."""
    placement = seen(request, number)
    require(may_guide(request.user, placement))
    form = StartForm(request.POST or None, instance=starting.of(placement))
    deed = partial(starting.write, placement=placement, by=request.user, today=clock.today())
    establish = "vastleggen" in request.POST
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: deed(establish=establish, **form.given)):
        said = _("De startafspraken staan vast. Beiden krijgen een mail.") if establish else _("Bewaard.")
        messages.success(request, said)
        return redirect("start_agreements", number=number)
    return render(request, "visits/start_edit.html", {"form": form, "placement": placement})


@require_safe
def start_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The agreements as PDF, once they stand."""
    found = StartAgreements.objects.visible_to(request.user).filter(established_on__isnull=False)
    related = ("student", "programme", "location", "supervisor", "teacher")
    kept = get_object_or_404(found.select_related(*(f"placement__{n}" for n in related)), placement__number=number)
    answer = HttpResponse(starting.pdf_of(kept), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="startafspraken.pdf"'
    return answer


def guidance_new(request: HttpRequest, number: str) -> HttpResponse:
    """Judge the guidance; earlier judgements stand below."""
    placement = seen(request, number)
    require(may_guide(request.user, placement))
    form = GuidanceForm(request.POST or None, initial={"on": clock.today()})
    deed = partial(guidance.judge, placement=placement, by=request.user)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: deed(**form.given)):
        messages.success(request, _("Het oordeel is bewaard."))
        return redirect("dossier", number=number)
    return render(request, "visits/guidance_new.html", {"form": form, "placement": placement})


def guidance_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One judgement with its scores, and what came of it."""
    found = GuidanceJudgement.objects.visible_to(request.user).select_related("by", "placement__student")
    judgement = get_object_or_404(found.select_related("placement__location"), pk=pk)
    placement = judgement.placement
    require(may_see_all(request.user, placement))
    now: dict[str, Any] = {name: getattr(judgement, name) for name in ("improved_on", "sbb_informed_on", "transfer_on")}
    form = ProceedForm(request.POST or None, initial=now)
    if request.method == "POST":
        require(may_guide(request.user, placement))
        deed = partial(guidance.proceed, judgement=judgement, by=request.user)
        if form.is_valid() and attempt(form, lambda: deed(**form.cleaned_data)):
            messages.success(request, _("Bewaard."))
            return redirect("guidance", pk=pk)
    context = {
        "judgement": judgement,
        "placement": placement,
        "scores": guidance.scored(judgement),
        "form": form if may_guide(request.user, placement) and not judgement.closed_on else None,
        "decides": may_manage(request.user, placement),
    }
    return render(request, "visits/guidance.html", context)
