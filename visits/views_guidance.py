"""The judgement of the guidance by the leerbedrijf (S6.4)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from bpv.core import clock
from bpv.core.access import require
from bpv.core.forms import attempt
from placements.access import may_guide, may_manage, may_see_all
from visits import guidance
from visits.forms_guidance import GuidanceForm, ProceedForm
from visits.models import GuidanceJudgement
from visits.views_watch import guided


def guidance_new(request: HttpRequest, number: str) -> HttpResponse:
    """Judge the guidance; earlier judgements stand below."""
    placement = guided(request, number)
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
