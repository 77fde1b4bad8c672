"""May this person change what is known of this student?"""

from typing import Any

from students.models import Student


def may_manage(user: Any, student: Student) -> bool:
    """A bpv-coördinator of a team in which the student is enrolled."""
    return student.enrolments.filter(programme__team__in=user.roles.coordinator).exists()
