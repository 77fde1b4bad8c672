"""The eindoordeel: the school decides, the leerbedrijf heard and an interim assessment before it (S8-c, BEO-08..13)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment import hearing
from assessment.models import CompanyJudgement, Final, Interim, Score
from bpv.core import audit, clock
from placements.access import may_guide, may_manage, refuse_closed
from placements.models import Placement, Search
from placements.services import open_search

STUDENT, COMPANY = gettext_lazy("student"), gettext_lazy("praktijkopleider")


def current(placement: Placement) -> Final | None:
    """The decision that stands."""
    return Final.objects.filter(placement=placement, is_current=True).select_related("adopted_by").first()


def lacking(placement: Placement, day: date) -> list[str]:
    """What has to be there before the school decides, in words: an interim (S8-c), the leerbedrijf (BEO-09).

    `day`: of the eindgesprek. An interim was earlier, so that the student could do something with it (BEO-05).
    """
    found = []
    if not any(one.is_complete for one in Interim.objects.filter(placement=placement, held_on__lt=day)):
        found.append(_("Er is geen tussentijdse beoordeling die aan student en praktijkopleider is verteld."))
    judged = hearing.of(placement)
    if judged is None or not judged.submitted_at:
        found.append(_("Het leerbedrijf heeft nog geen oordeel gegeven."))
    return found


@transaction.atomic
def adopt(*, placement: Placement, by: Any, **fields: Any) -> Final:
    """Adopt the eindoordeel. `fields`: held_on, score, scores, text, difference, override.

    Without an interim assessment or without the leerbedrijf only a bpv-coördinator adopts, with a reason; against the
    leerbedrijf the school says why. A negative one opens the search for a second place (BEG-09).
    Raises ValidationError.
    """
    locked = _locked(placement, by)
    if current(locked):
        raise ValidationError(_("Er is al een eindbeoordeling. Maak een correctie."), code="adopted")
    made = Final(placement=locked, adopted_by=by, adopted_at=clock.now(), **fields)
    _require_ground(made, by)
    _keep(made)
    audit.record("assessment_decided", subject=made, by=by, dossier=locked.pk, result=Score(made.score).label)
    if not made.is_positive:
        _search_second_place(locked, by)
    return made


@transaction.atomic
def correct(*, placement: Placement, by: Any, correction: str, read: int | None = None, **fields: Any) -> Final:
    """The next version, with the reason. Both have to be told again when the result is another one.

    `read`: the version that was on the screen. Raises ValidationError when there is a newer one.
    """
    locked = _locked(placement, by)
    before = current(locked)
    if before is None:
        raise ValidationError(_("Er is nog geen eindbeoordeling om te corrigeren."))
    if read not in (None, before.version):
        raise ValidationError(_("Er is intussen een correctie gemaakt. Lees die eerst."), code="corrected")
    made = Final(placement=locked, adopted_by=by, adopted_at=clock.now(), correction=correction, **fields)
    made.version = before.version + 1
    if made.score == before.score:
        made.student_told_on, made.supervisor_told_on = before.student_told_on, before.supervisor_told_on
    had = before.override if made.score == before.score else ""  # another result needs a reason of its own
    made.override = made.override or had
    _require_ground(made, by, had=had)
    Final.objects.filter(pk=before.pk).update(is_current=False)
    _keep(made)
    label = Score(made.score).label
    audit.record("assessment_corrected", subject=made, by=by, dossier=locked.pk, version=made.version, result=label)
    if before.is_positive and not made.is_positive:
        _search_second_place(locked, by)
    return made


@transaction.atomic
def tell(*, final: Final, by: Any, on: date, student: bool, supervisor: bool, read: int | None = None) -> Final:
    """Write down that the result was told orally, to whom and when (BEO-12); `read`: the version on the screen.

    Raises ValidationError.
    """
    locked = Final.objects.select_for_update(of=("self",)).select_related("placement").get(pk=final.pk)
    if not may_guide(by, locked.placement):
        raise PermissionDenied
    refuse_closed(locked.placement)
    if not locked.is_current or read not in (None, locked.version):
        raise ValidationError(_("Deze eindbeoordeling is gecorrigeerd. Vertel de nieuwe."))
    if not clock.local_day(locked.adopted_at) <= on <= clock.today():
        raise ValidationError({"on": _("Kies een dag vanaf de vaststelling tot en met vandaag.")})
    told = []
    if student and not locked.student_told_on:
        locked.student_told_on = on
        told.append(STUDENT)
    if supervisor and not locked.supervisor_told_on:
        locked.supervisor_told_on = on
        told.append(COMPANY)
    if told:
        locked.save(update_fields=["student_told_on", "supervisor_told_on"])
        audit.record("assessment_told", subject=locked, by=by, dossier=locked.placement_id, to=told, on=on)
    return locked


def _require_ground(made: Final, by: Any, *, had: str = "") -> None:
    """S8-c and BEO-09, and a reason when the school judges otherwise."""
    if made.held_on > clock.today():
        raise ValidationError({"held_on": _("Deze datum ligt in de toekomst.")})
    if made.held_on < made.placement.start:
        raise ValidationError({"held_on": _("Toen was de bpv nog niet begonnen.")})
    missing = [] if had else lacking(made.placement, made.held_on)
    if missing and not may_manage(by, made.placement):
        ask = _("Alleen de bpv-coördinator kan toch vaststellen, met een reden.")
        raise ValidationError(" ".join([*missing, ask]), code="lacking")
    if missing and not made.override:
        raise ValidationError({"override": " ".join([*missing, _("Geef de reden om toch vast te stellen.")])})
    judged = hearing.of(made.placement)
    if judged and judged.submitted_at and _differs(made, judged) and not made.difference:
        raise ValidationError({"difference": _("De school oordeelt anders dan het leerbedrijf. Schrijf op waarom.")})


def _differs(made: Final, judged: CompanyJudgement) -> bool:
    return made.score != judged.score


def searches_on(placement: Placement) -> bool:
    """Whether the search for a second place runs although the result that opened it was corrected (BEG-09)."""
    made = current(placement)
    running = Search.objects.filter(after=placement, closed_on=None, kind=Search.Kind.REPLACEMENT)
    return bool(made and made.is_positive and running.exists())


def _search_second_place(placement: Placement, by: Any) -> None:
    """BEG-09: after a negative eindoordeel the school makes an effort for a second place."""
    about = {"enrolment": placement.enrolment, "after": placement, "by": by, "on": clock.today()}
    open_search(kind=Search.Kind.REPLACEMENT, reason="Eindoordeel bpv onvoldoende", **about)


def _keep(made: Final) -> None:
    made.full_clean(exclude=["placement", "adopted_by", "student_told_on", "supervisor_told_on"])
    made.save()


def _locked(placement: Placement, by: Any) -> Placement:
    locked = Placement.objects.select_for_update(of=("self",)).select_related("enrolment").get(pk=placement.pk)
    if not may_guide(by, locked):
        raise PermissionDenied
    refuse_closed(locked)
    return locked
