"""The gespreksverslag as PDF (document D23), in the language of who asks for it; the words are the bpv-docent's."""

from dataclasses import dataclass
from datetime import date

from bpv.core import documents
from bpv.core.clock import local_day
from placements.papers import Paper, head_of
from visits.models import ActionPoint, ContactMoment, Topic


@dataclass(frozen=True)
class Report(Paper):
    """All that the template reads. The note for school is not in it."""

    teacher: str
    occasion: str
    on: date
    kind: str
    with_student: bool
    with_supervisor: bool
    discussed: str
    topics: list[tuple[str, str]]
    agreed: str
    points: list[ActionPoint]
    goals_discussed: bool
    roles_discussed: bool
    confirmed_on: date | None
    corrected: int


def topics_of(contact: ContactMoment) -> list[tuple[str, str]]:
    """What was said per topic, in the order of BEG-05."""
    return [(str(topic.label), contact.topics[topic.value]) for topic in Topic if contact.topics.get(topic.value)]


def report_of(contact: ContactMoment) -> Report:
    """The report as it stands now."""
    placement = contact.placement
    return Report(
        head=head_of(placement),
        teacher=contact.teacher.full_name if contact.teacher else "",
        occasion=contact.get_occasion_display() if contact.occasion else "",
        on=contact.on,
        kind=contact.get_kind_display(),
        with_student=contact.with_student,
        with_supervisor=contact.with_supervisor,
        discussed=contact.discussed,
        topics=topics_of(contact),
        agreed=contact.agreed,
        points=list(contact.action_points.all()),
        goals_discussed=contact.goals_discussed,
        roles_discussed=contact.roles_discussed,
        confirmed_on=local_day(contact.confirmed_at) if contact.confirmed_at else None,
        corrected=contact.corrections.count(),
    )


def pdf_of(contact: ContactMoment) -> bytes:
    """The report as PDF/A and PDF/UA."""
    return documents.render("visits/pdf/report.html", report_of(contact))
