"""Judging what was handed in, by those the handbook allows (ROL-BEO-2), and how well it fits practice (OPD-07)."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment import telling
from assessment.assignments import current_of, locked
from assessment.models import AssignmentJudgement, HandedOut, PracticeFit, Role, Score, Submission
from bpv.core import audit, clock
from placements.access import is_student, is_supervisor, may_see_all
from placements.models import Placement

Party = PracticeFit.Party


def roles_of(user: Any, placement: Placement) -> list[Role]:
    """In which roles this person may judge (ROL-BEO-2).

    The praktijkopleider also enters for a werkbegeleider whom the leerbedrijf appoints (ROL-BEO-3). A vakdocent is
    another bpv-docent of the team. Somebody with two roles at school judges in the one that is nearest to the student.
    """
    if is_supervisor(user, placement):
        return [Role.SUPERVISOR, Role.DAILY]
    if placement.teacher_id == user.pk:
        return [Role.TEACHER]
    if placement.team_id in user.roles.coordinator:
        return [Role.COORDINATOR]
    return [Role.SUBJECT] if placement.team_id in user.roles.teacher else []


@transaction.atomic
def assess(
    *, handed: HandedOut, by: Any, version: int, score: str, feedback: str, role: str = "", assessor: str = ""
) -> AssignmentJudgement:
    """Judge the version that was read. `role` and `assessor` are for the leerbedrijf: who judges there.

    Raises ValidationError: nothing handed in, a newer version came meanwhile, a werkbegeleider without a name, or an
    onvoldoende without a word. PermissionDenied for others than the five of the handbook.
    """
    placement = locked(handed.placement_id)
    roles = roles_of(by, placement)
    if not roles or (role and role not in roles):
        raise PermissionDenied
    current = current_of(handed)
    submission = _to_judge(current, version)
    as_role = Role(role or roles[0])
    if as_role == Role.DAILY and not assessor.strip():
        raise ValidationError({"assessor": _("Vul de naam in van de werkbegeleider die beoordeelt.")})
    name = assessor.strip() if as_role == Role.DAILY else by.full_name
    made = AssignmentJudgement(
        submission=submission, role=as_role, assessor=name, score=score, feedback=feedback, by=by
    )
    submission.judgements.filter(role=as_role, by=by, replaced_at=None).update(replaced_at=clock.now())
    made.full_clean(exclude=["submission", "by", "replaced_at"])
    made.save()
    current.state, current.score = HandedOut.State.ASSESSED, counting(submission).score
    current.save()
    about = {"title": current.title, "result": Score(made.score).label, "role": as_role.label}
    audit.record("assignment_assessed", subject=current, by=by, dossier=placement.pk, **about)
    telling.of_judgement(placement, made)
    return made


def _to_judge(handed: HandedOut, version: int) -> Submission:
    newest = handed.submissions.first()
    if newest is None or handed.state == HandedOut.State.OPEN:
        raise ValidationError(_("Er is nog niets ingeleverd."), code="nothing")
    if newest.version != version:
        raise ValidationError(_("Er is intussen een nieuwe versie ingeleverd. Lees die eerst."), code="newer")
    return newest


def counting(submission: Submission) -> AssignmentJudgement:
    """The judgement that counts: the newest of the school, which decides; without one the newest of the leerbedrijf."""
    standing = list(submission.judgements.filter(replaced_at=None))
    return next((one for one in standing if not one.of_company), standing[0])


def party_of(user: Any, placement: Placement) -> Party | None:
    """As which side this person says how well an opdracht fits practice."""
    if is_student(user, placement):
        return Party.STUDENT
    return Party.SUPERVISOR if is_supervisor(user, placement) else None


@transaction.atomic
def rate_fit(*, handed: HandedOut, by: Any, score: int) -> PracticeFit:
    """Say how well it fits practice; until both sides did it can be changed (OPD-07).

    Raises ValidationError: nothing was handed in yet, or both have answered.
    """
    placement = locked(handed.placement_id)
    party = party_of(by, placement)
    if party is None:
        raise PermissionDenied
    if not current_of(handed).submissions.exists():
        raise ValidationError(_("Dat kan zodra er iets is ingeleverd."), code="nothing")
    given = {one.party: one for one in PracticeFit.objects.filter(handed_out=handed)}
    if len(given) == len(Party):
        raise ValidationError(_("Jullie hebben allebei al geantwoord."), code="both")
    kept = given.get(party) or PracticeFit(handed_out=handed, party=party)
    kept.score, kept.by, kept.at = score, by, clock.now()
    kept.full_clean(exclude=["handed_out", "by"])
    kept.save()
    audit.record("assignment_fit_rated", subject=handed, by=by, dossier=placement.pk, title=handed.title)
    return kept


def readable_fits(user: Any, handed: HandedOut) -> list[PracticeFit]:
    """Staff read both; student and praktijkopleider only the own one until both have answered."""
    found = list(handed.fits.all())
    if may_see_all(user, handed.placement) or len(found) == len(Party):
        return found
    return [one for one in found if one.party == party_of(user, handed.placement)]
