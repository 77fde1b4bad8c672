"""Deeds with hours: written by the student, confirmed or sent back by the leerbedrijf, decided about by the school."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bpv.core import audit, clock
from placements import timesheet
from placements.access import is_student, is_supervisor, may_confirm_hours, may_decide_hours, refuse_closed
from placements.models import Absence, Decision, HoursDay, HoursDecision, HoursWeek, Placement, Way, WeekState
from standards.norms import norms_for

QUARTER = Decimal("0.25")


@dataclass(frozen=True)
class DayInput:
    """What is entered for one day."""

    on: date
    worked: Decimal = Decimal(0)
    absent: Decimal = Decimal(0)
    absence: str = ""
    note: str = ""
    deliberate: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing was entered."""
        return not (self.worked or self.absent or self.absence)


@transaction.atomic
def write(
    *,
    placement: Placement,
    monday: date,
    days: Iterable[DayInput],
    hand_in: bool,
    by: Any,
    today: date,
    reason: str = "",
) -> HoursWeek:
    """Keep a week, or hand it in. The same once more changes nothing; a confirmed week gets a next version (UUR-02).

    Raises ValidationError at `worked_0` … `worked_6` and their like (0: Monday), or at `reason`. PermissionDenied for
    others than the student.
    """
    locked = _locked(placement)
    if not is_student(by, locked):
        raise PermissionDenied
    given = [day for day in days if not day.is_empty]
    _refuse_days(locked, monday, given, today)
    kept = timesheet.newest(timesheet.versions([locked]).filter(monday=monday)).get(monday)
    same = kept is not None and _contents(kept) == sorted(astuple(day) for day in given)
    wanted = WeekState.HANDED_IN if hand_in else WeekState.DRAFT
    if kept and same and (kept.state in (wanted, WeekState.CONFIRMED)):
        return kept
    if hand_in:
        _refuse_handing_in(locked, monday, given, today)
    week = _version(locked, monday, kept, reason)
    _move(week, wanted)
    week.revision += 0 if same or week.pk is None else 1
    week.full_clean(exclude=["placement", "settled_by"])
    week.save()
    week.days.all().delete()
    HoursDay.objects.bulk_create(HoursDay(week=week, **vars(day)) for day in given)
    if hand_in and week.version > 1:
        audit.record("hours_corrected", subject=week, by=by, dossier=locked.pk, week=week.number, reason=week.reason)
    elif hand_in:
        audit.record("hours_handed_in", subject=week, by=by, dossier=locked.pk, week=week.number)
    return week


def _locked(placement: Placement) -> Placement:
    """The placement under its lock. Raises ValidationError when the dossier is closed or no hours are kept."""
    related = ("student", "supervisor", "programme")
    locked = Placement.objects.select_for_update(of=("self",)).select_related(*related).get(pk=placement.pk)
    refuse_closed(locked)
    if not timesheet.registers(locked):
        raise ValidationError(_("Deze opleiding houdt geen uren bij."))
    return locked


def _version(placement: Placement, monday: date, kept: HoursWeek | None, reason: str) -> HoursWeek:
    """The row to write in: a new week, the open one, or after a confirmed one the next version."""
    if kept is None:
        return HoursWeek(placement=placement, monday=monday)
    if kept.state != WeekState.CONFIRMED:
        kept.reason = reason if kept.version > 1 and reason else kept.reason
        return kept
    if not reason.strip():
        raise ValidationError({"reason": _("Deze week is bevestigd. Schrijf op waarom je iets verandert.")})
    return HoursWeek(placement=placement, monday=monday, version=kept.version + 1, reason=reason)


def _move(week: HoursWeek, wanted: WeekState) -> None:
    """A week that came back keeps saying why until it is handed in again."""
    week.saved_at = clock.now()
    if week.state == WeekState.SENT_BACK and wanted == WeekState.DRAFT:
        return
    week.state, week.answer, week.settled_at, week.settled_by = wanted, "", None, None
    week.handed_in_at = clock.now() if wanted == WeekState.HANDED_IN else None


def _contents(week: HoursWeek) -> list[tuple[Any, ...]]:
    found = (DayInput(d.on, d.worked, d.absent, d.absence, d.note, d.deliberate) for d in week.days.all())
    return sorted(astuple(day) for day in found)


def _refuse_days(placement: Placement, monday: date, given: list[DayInput], today: date) -> None:
    """Each day by itself: inside the bpv, not to come, quarters, not more than a day, and deliberate in a holiday."""
    known = {day.on: day for day in timesheet.days_of(placement, monday, today)}
    errors: dict[str, str] = {}
    for day in given:
        index, about = day.on.weekday(), known[day.on]
        at = "worked" if day.worked else "absent"
        most = norms_for(day.on).day_hours_at_most
        if about.closed:
            errors[f"{at}_{index}"] = about.closed
        elif day.worked % QUARTER or day.absent % QUARTER or min(day.worked, day.absent) < 0:
            errors[f"{at}_{index}"] = _("Vul hele uren of kwartieren in, zoals 7,5 of 7,75.")
        elif day.worked + day.absent > most:
            errors[f"{at}_{index}"] = _("Op een dag kunnen ten hoogste %(most)s uur staan.") % {"most": most}
        elif day.absent and not day.absence:
            errors[f"absence_{index}"] = _("Kies waarom je er niet was.")
        elif day.absence and not day.absent:
            errors[f"absent_{index}"] = _("Vul in hoeveel uur je er niet was.")
        elif day.absence == Absence.OTHER and not day.note:
            errors[f"note_{index}"] = _("Schrijf op waarom je er niet was.")
        elif about.asks and day.worked and not day.deliberate:
            errors[f"deliberate_{index}"] = _("Deze dag is vrij. Vink aan dat je hier volgens afspraak werkte.")
    if errors:
        raise ValidationError(errors)


def _refuse_handing_in(placement: Placement, monday: date, given: list[DayInput], today: date) -> None:
    if not timesheet.may_hand_in(placement, monday, today):
        raise ValidationError(_("Deze week is nog niet om. Bewaar de uren en dien de week vrijdag in."))
    expected = [day for day in timesheet.days_of(placement, monday, today) if not day.closed and not day.asks]
    if not given and any(day.index <= timesheet.FRIDAY for day in expected):
        raise ValidationError(_("Er staat nog niets. Vul je uren in, of waarom je er niet was."))


@transaction.atomic
def confirm(*, placement: Placement, seen: Mapping[int, int], by: Any, way: str = "") -> list[HoursWeek]:
    """Confirm these weeks; `seen`: id -> the revision that was read. What is confirmed already stays and is no fault.

    Raises ValidationError when one changed meanwhile, or when the school does not say how it was heard (`way`).
    """
    locked = _locked(placement)
    if not may_confirm_hours(by, locked):
        raise PermissionDenied
    own = is_supervisor(by, locked)
    if not own and way not in (Way.PHONE, Way.TALK, Way.PAPER):
        raise ValidationError({"way": _("Kies hoe het leerbedrijf de uren bevestigde.")})
    found = HoursWeek.objects.select_for_update(of=("self",)).filter(placement=locked, pk__in=seen)
    open_ones = [week for week in found if week.state != WeekState.CONFIRMED]
    changed = [week for week in open_ones if week.state != WeekState.HANDED_IN or week.revision != seen[week.pk]]
    if changed:
        numbers = ", ".join(str(week.number) for week in changed)
        message = _("De student heeft week %(weeks)s intussen gewijzigd. Kijk die opnieuw na.")
        raise ValidationError(message % {"weeks": numbers}, code="changed")
    for week in open_ones:
        week.state, week.way, week.settled_by, week.settled_at = (
            WeekState.CONFIRMED,
            Way.OWN if own else way,
            by,
            clock.now(),
        )
        week.full_clean(exclude=["placement", "settled_by"])
        week.save()
    if open_ones:
        numbers = ", ".join(str(week.number) for week in open_ones)
        how = Way(open_ones[0].way).label
        audit.record("hours_confirmed", subject=open_ones[0], by=by, dossier=locked.pk, weeks=numbers, where=how)
    return open_ones


@transaction.atomic
def send_back(*, week: HoursWeek, reason: str, by: Any) -> HoursWeek:
    """The student has to look at this week again. Raises ValidationError: it does not wait for confirmation."""
    locked = _locked(week.placement)
    if not may_confirm_hours(by, locked):
        raise PermissionDenied
    found = HoursWeek.objects.select_for_update(of=("self",)).get(pk=week.pk)
    if found.state == WeekState.SENT_BACK and found.answer == reason:
        return found
    if found.state != WeekState.HANDED_IN:
        raise ValidationError(_("Deze week wacht niet op bevestiging."))
    found.state, found.answer, found.settled_by, found.settled_at = WeekState.SENT_BACK, reason, by, clock.now()
    found.full_clean(exclude=["placement", "settled_by"])
    found.save()
    audit.record("hours_sent_back", subject=found, by=by, dossier=locked.pk, week=found.number, reason=reason)
    return found


@transaction.atomic
def decide(
    *, placement: Placement, kind: str, answer: str, text: str, by: Any, today: date, before: date | None = None
) -> HoursDecision:
    """What was decided about hours, with the reason (T3, UUR-03, UUR-05); the same once more is the same decision.

    `before`: for days before the POK was complete, the day it was. PermissionDenied by kind, see `may_decide_hours`.
    """
    locked = _locked(placement)
    if not may_decide_hours(by, locked, kind):
        raise PermissionDenied
    said = {"kind": kind, "answer": answer, "text": text, "before": before}
    newest = HoursDecision.objects.filter(placement=locked, kind=kind).first()
    if newest and all(getattr(newest, name) == value for name, value in said.items()):
        return newest
    made = HoursDecision(placement=locked, on=today, by=by, **said)
    made.full_clean(exclude=["placement", "by"])
    made.save()
    words = {"kind": Decision(kind).label, "answer": HoursDecision.Answer(answer).label}
    audit.record("hours_decided", subject=made, by=by, dossier=locked.pk, **words)
    return made
