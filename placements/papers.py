"""What every form of a placement begins with: who, where and when."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import get_language

from bpv.core import clock
from placements.models import Placement


@dataclass(frozen=True)
class Head:
    """Who, where and when; above each form."""

    school: str
    written_in: str
    student: str
    number: str
    group: str
    programme: str
    crebo: str
    leerweg: str
    location: str
    supervisor: str
    teacher: str
    start: date
    end: date
    made_on: date


def head_of(placement: Placement) -> Head:
    """Of a placement with its people (`for_list`), in the language of the request."""
    return Head(
        school=settings.SCHOOL_NAME,
        written_in=get_language() or settings.LANGUAGE_CODE,
        student=placement.student.full_name,
        number=placement.student.number,
        group=placement.enrolment.group,
        programme=placement.programme.name,
        crebo=placement.programme.crebo,
        leerweg=placement.programme.leerweg,
        location=placement.location.name,
        supervisor=placement.supervisor.full_name if placement.supervisor else "",
        teacher=placement.teacher.full_name if placement.teacher else "",
        start=placement.start,
        end=placement.last_day,
        made_on=clock.today(),
    )


@dataclass(frozen=True)
class Paper:
    """A form with a head; its template extends `placements/pdf/form.html`."""

    head: Head

    @property
    def school(self) -> str:
        """For the head of each page."""
        return self.head.school
