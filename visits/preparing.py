"""Preparing a talk (BEG-04): both sides fill in the leidraad, blind until both are in (B1-01)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bpv.core import audit, clock
from placements.access import hold_open, is_student, is_supervisor, may_see_all
from standards.norms import norms_for
from visits import leidraad
from visits.models import ContactMoment, Party, Preparation, Talk

SCORES = {"o": 1, "v": 2, "g": 3}
BOTH = frozenset({Party.STUDENT, Party.COMPANY})


def due_on(talk: Talk) -> date:
    """The last good day of a preparation: a week before the talk (B1-02)."""
    return talk.on - timedelta(days=norms_for(talk.placement.start).preparation_due_days)


def begins_at(talk: Talk) -> datetime:
    """When a talk starts; without a time at the beginning of its day."""
    return datetime.combine(talk.on, talk.at or time.min, clock.AMSTERDAM)


def is_open(talk: Talk, submitted: set[str]) -> bool:
    """Whether both sides may be read: both are in, or the talk has started."""
    return submitted >= BOTH or clock.now() >= begins_at(talk)


def party_of(user: Any, talk: Talk) -> Party | None:
    """For which side this person prepares the talk."""
    if is_student(user, talk.placement):
        return Party.STUDENT
    return Party.COMPANY if is_supervisor(user, talk.placement) else None


def readable(user: Any, talk: Talk) -> list[Preparation]:
    """What this person may read now: the own one; of others what is handed in, for staff at once, else when open."""
    found = list(talk.preparations.select_related("by"))
    handed_in = {one.party for one in found if one.submitted_at}
    all_of_it = may_see_all(user, talk.placement) or is_open(talk, handed_in)
    own = party_of(user, talk)
    return [one for one in found if one.party == own or (all_of_it and one.submitted_at)]


def may_compare(user: Any, talk: Talk) -> bool:
    """Staff always; student and praktijkopleider when it is open."""
    if may_see_all(user, talk.placement):
        return True
    handed_in = set(talk.preparations.filter(submitted_at__isnull=False).values_list("party", flat=True))
    return party_of(user, talk) is not None and is_open(talk, handed_in)


def is_follow_up(talk: Talk) -> bool:
    """Whether there was a talk before this one: then the first prompt is asked (B2-01)."""
    return ContactMoment.objects.filter(placement=talk.placement, on__lt=talk.on).exists()


@transaction.atomic
def save(
    *, talk: Talk, by: Any, scores: dict[str, str], answers: dict[str, str], remarks: str, submit: bool
) -> Preparation:
    """Keep what one side filled in, or hand it in.

    Raises ValidationError when it was handed in, held or cancelled, and when the dossier is closed (S8-d).
    """
    locked = Talk.objects.select_for_update(of=("self",)).select_related("placement__programme").get(pk=talk.pk)
    hold_open(locked.placement)
    party = party_of(by, locked)
    if party is None:
        raise ValidationError(_("Alleen de student en de praktijkopleider bereiden dit gesprek voor."))
    if locked.state == Talk.State.CANCELLED or hasattr(locked, "contact"):
        raise ValidationError(_("Dit gesprek is al geweest of gaat niet door."), code="over")
    if locked.form is None:
        locked.form = leidraad.keep(leidraad.of_talk(locked))
        locked.save(update_fields=["form"])
    mine, _new = Preparation.objects.get_or_create(talk=locked, party=party, defaults={"by": by})
    if mine.submitted_at:
        raise ValidationError(_("Je hebt de voorbereiding al ingeleverd."), code="submitted")
    mine.scores, mine.answers, mine.remarks = scores, answers, remarks
    mine.by, mine.saved_at = by, clock.now()
    mine.submitted_at = clock.now() if submit else None
    mine.save()
    if submit:
        audit.record("talk_prepared", subject=locked, by=by, dossier=locked.placement_id, party=party.label)
    return mine


@dataclass(frozen=True)
class Line:
    """One item: both scores, whether they differ, and the scores of earlier talks."""

    group: str
    label: str
    student: str
    company: str
    before: list[tuple[date, str, str]]

    @property
    def differs(self) -> bool:
        """Both gave a score, and not the same."""
        return bool(self.student and self.company and self.student != self.company)

    @property
    def trend(self) -> str:
        """up, down or empty: what the praktijkopleider gives now, against the talk before."""
        earlier = next((company for _on, _student, company in reversed(self.before) if company), "")
        if not earlier or not self.company:
            return ""
        step = SCORES[self.company] - SCORES[earlier]
        return "up" if step > 0 else "down" if step < 0 else ""


def compared(talk: Talk, shown: list[Preparation]) -> list[Line]:
    """The items side by side, with the earlier talks of this placement in the order of time."""
    scores = {one.party: one.scores for one in shown}
    earlier = Talk.objects.filter(placement=talk.placement_id, on__lt=talk.on, contact__isnull=False)
    past = [
        (one.on, {p.party: p.scores for p in one.preparations.all() if p.submitted_at})
        for one in earlier.order_by("on").prefetch_related("preparations")
    ]
    return [
        Line(
            leidraad.shown(item["group"]),
            leidraad.shown(item["label"]),
            scores.get(Party.STUDENT, {}).get(item["key"], ""),
            scores.get(Party.COMPANY, {}).get(item["key"], ""),
            [
                (on, by.get(Party.STUDENT, {}).get(item["key"], ""), by.get(Party.COMPANY, {}).get(item["key"], ""))
                for on, by in past
            ],
        )
        for item in leidraad.of_talk(talk).items
    ]
