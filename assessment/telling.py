"""Mails about opdrachten: what there is to do or to read, never what was written in it."""

from datetime import date
from typing import Any

from django.conf import settings

from accounts import languages
from assessment.models import AssignmentJudgement, HandedOut, Proposal
from bpv.core import mail
from placements.messages import Receivers, receivers_of
from placements.models import Placement


def of_handed_out(placement: Placement, made: list[HandedOut]) -> None:
    """The student hears what there is to do."""
    words = {"titles": [one.title for one in made], "due": made[0].due}
    _mail(placement, "assignment_handed_out", Receivers.STUDENT, f"{made[0].pk}", **words)


def of_submission(placement: Placement, today: date) -> None:
    """The praktijkopleider is asked to look: at most once a day for a student."""
    _mail(placement, "assignment_handed_in", Receivers.SUPERVISOR, f"{placement.pk}:{today}")


def of_judgement(placement: Placement, judgement: AssignmentJudgement) -> None:
    """The student hears that there is a judgement."""
    title = judgement.submission.handed_out.title
    _mail(placement, "assignment_assessed", Receivers.STUDENT, f"{judgement.pk}", title=title)


def of_decision(placement: Placement, proposal: Proposal) -> None:
    """The praktijkopleider hears whether the school takes the own opdracht over."""
    taken = proposal.state == Proposal.State.ACCEPTED
    _mail(placement, "assignment_decided", Receivers.SUPERVISOR, f"{proposal.pk}", proposal=proposal, taken=taken)


def of_proposal(placement: Placement, proposal: Proposal) -> None:
    """The bpv-docent hears that there is something to decide."""
    if teacher := placement.teacher:
        words = {"placement": placement, "proposal": proposal, "name": teacher.full_name}
        page = f"{settings.SITE_URL}/opdrachtvoorstellen/{proposal.pk}/"
        about = {"dossier": placement.pk, "language": languages.of(teacher)}
        mail.queue("assignment_proposed", to=teacher.email, key=f"{proposal.pk}", page=page, **about, **words)


def _mail(placement: Placement, kind: str, wanted: Receivers, key: str, **words: Any) -> None:
    page = f"{settings.SITE_URL}/link/?next=/plaatsingen/{placement.number}/opdrachten/"
    for receiver in receivers_of(placement, wanted):
        about = {"dossier": placement.pk, "language": receiver.language, "placement": placement}
        words |= {"page": page, "name": receiver.person.full_name}
        mail.queue(kind, to=receiver.person.email, key=key, **about, **words)
