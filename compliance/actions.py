"""The one deed that brings a finding further, for whoever may do it."""

from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.lifecycle import State, open_parties, state_of
from agreements.models import Mode, Party, Pok
from compliance.presentation import PAGES
from placements.access import may_guide, may_manage
from placements.models import Placement
from visits.access import may_answer
from visits.models import HelpRequest

PLANNED_AHEAD = ("S8-a", "S8-b")  # by the bpv-coördinator, whether or not there is a bpv-docent


class Action(NamedTuple):
    """A button: a verb, where it goes, and the kind of deed, by which tasks are taken together."""

    label: str
    url: str
    kind: str = ""


def action_for(
    user: Any,
    rule: str,
    placement: Placement,
    pok: Pok | None,
    question: HelpRequest | None = None,
    *,
    today: date,
) -> Action | None:
    """The button for this rule, or None when the deed is not this person's to do. `pok` with who signs and signed."""
    if rule in ("POK-03", "S5"):
        return _pok(placement, pok, today) if may_manage(user, placement) else None
    if rule == "LB-02":
        sbb_id = placement.location.sbb_id
        url = reverse("accreditation_check", args=[sbb_id])
        return Action(_("Erkenning nakijken"), url) if may_manage(user, placement) else None
    if rule == "S6.1-c":
        if question is None or not may_answer(user, question):
            return None
        return Action(_("Beantwoorden"), reverse("request", args=[question.number]))
    if not may_guide(user, placement):
        return None
    if rule in PLANNED_AHEAD:
        return _on_own_page(rule, placement)
    if placement.teacher_id is None and may_manage(user, placement) and placement.last_day >= today:
        return Action(_("Docent toewijzen"), reverse("placement_teacher", args=[placement.number]), "teacher")
    if rule in PAGES:
        return _on_own_page(rule, placement)
    return Action(_("Gesprek vastleggen"), reverse("contact_log", args=[placement.number]))


def _on_own_page(rule: str, placement: Placement) -> Action:
    """A rule of the assessment has its own page in the dossier; the plan of many is one matter (S8-a, S8-b)."""
    name, label = PAGES[rule]
    return Action(str(label), reverse(name, args=[placement.number]), "plan" if rule in PLANNED_AHEAD else "")


def _pok(placement: Placement, pok: Pok | None, today: date) -> Action:
    """What the bpv-coördinator does next; `chase`: it waits for others, who can be called or mailed."""
    if pok is None:
        return Action(_("POK maken"), reverse("pok_new", args=[placement.number]), "make")
    page = reverse("pok", args=[pok.pk])
    match state_of(pok, today):
        case State.CONCEPT:
            return Action(_("POK laten tekenen"), page, "offer")
        case State.REFUSED | State.LAPSED:
            return Action(_("Nieuwe versie maken"), page)
        case State.OFFERED if pok.mode == Mode.PAPER:
            return Action(_("Origineel controleren"), page)
        case State.OFFERED if pok.mode == Mode.DIGITAL and open_parties(pok) == (Party.SCHOOL,):
            return Action(_("Tekenen namens de school"), page, "sign")
        case State.OFFERED | State.COMPLETE:
            return Action(_("POK bekijken"), page, "chase" if pok.mode == Mode.DIGITAL else "")
        case _:
            return Action(_("POK in dossier zetten"), reverse("pok_file", args=[pok.pk]), "file")
