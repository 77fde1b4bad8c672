"""Judging the guidance by the leerbedrijf (S6.4, BEG-16), and the way when it is not good enough."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpv.core import audit
from placements.access import hold_open, may_manage
from placements.models import Placement
from visits.models import GuidanceJudgement

Verdict = GuidanceJudgement.Verdict
POINTS = {  # the ten of BEG-16
    "introduces": gettext_lazy("Leidt de student in het bedrijf in"),
    "plans": gettext_lazy("Helpt bij het plan van aanpak"),
    "knowledge": gettext_lazy("Reikt vakkennis aan"),
    "climate": gettext_lazy("Zorgt voor een goed leerklimaat"),
    "insight": gettext_lazy("Heeft zicht op wat de student kan"),
    "development": gettext_lazy("Zet aan tot ontwikkeling"),
    "conditions": gettext_lazy("Zorgt voor tijd, plek en middelen"),
    "talks": gettext_lazy("Voert geregeld een begeleidingsgesprek"),
    "reflection": gettext_lazy("Stelt vragen om op terug te kijken"),
    "assesses": gettext_lazy("Beoordeelt op wat vooraf is gezegd"),
}


@transaction.atomic
def judge(*, placement: Placement, by: Any, **fields: Any) -> GuidanceJudgement:
    """Write down a judgement; `fields`: on, scores, verdict, explanation, improvement, improve_by.

    Raises ValidationError: an improvement has words and a day (S6.4-a), and the dossier is open (S8-d).
    """
    hold_open(placement)
    made = GuidanceJudgement(placement=placement, by=by, **fields)
    made.full_clean(exclude=["placement", "by", "scores", "sbb_informed_by"])
    made.save()
    verdict = Verdict(made.verdict).label
    audit.record("guidance_judged", subject=made, by=by, dossier=placement.pk, result=verdict)
    return made


@transaction.atomic
def proceed(*, judgement: GuidanceJudgement, by: Any, close: bool, **dates: date | None) -> GuidanceJudgement:
    """What came of it; `dates`: improved_on, sbb_informed_on, transfer_on.

    That SBB is told and that the student goes elsewhere are decided by the bpv-coördinator (T32). A clearly
    insufficient guidance is not closed without both (S6.4-b). In a closed dossier nothing comes of it any more (S8-d).
    """
    hold_open(judgement.placement)
    locked = GuidanceJudgement.objects.select_for_update(of=("self",)).select_related("placement").get(pk=judgement.pk)
    if locked.closed_on:
        raise ValidationError(_("Dit oordeel is afgerond."), code="closed")
    decided = ("sbb_informed_on", "transfer_on")
    if any(dates[name] != getattr(locked, name) for name in decided) and not may_manage(by, locked.placement):
        raise ValidationError(_("De bpv-coördinator besluit over SBB en over een andere plek."), code="coordinator")
    if dates["sbb_informed_on"] and locked.sbb_informed_on is None:
        locked.sbb_informed_by = by
    for name, day in dates.items():
        setattr(locked, name, day)
    locked.closed_on = max(day for day in (locked.on, *dates.values()) if day) if close else None
    locked.full_clean(exclude=["placement", "by", "scores", "sbb_informed_by"])
    locked.save()
    audit.record("guidance_followed_up", subject=locked, by=by, dossier=locked.placement_id)
    return locked


def scored(judgement: GuidanceJudgement) -> list[tuple[str, str]]:
    """The ten points with their scores."""
    return [(str(label), judgement.scores.get(point, "")) for point, label in POINTS.items()]


def suggested(scores: dict[str, str]) -> str:
    """What the scores point to; the person decides: any o is something to improve, half of them is failing."""
    poor = sum(score == "o" for score in scores.values())
    return Verdict.GOOD if not poor else Verdict.FAILING if poor * 2 >= len(POINTS) else Verdict.IMPROVE
