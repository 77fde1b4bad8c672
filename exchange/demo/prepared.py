"""What a school has in order before it makes POKs, and a few things it has not: bijlagen, looked up, parents, TWV."""

from datetime import date, timedelta

from accounts.models import Role, User
from agreements.annexes import save_annex, standard_texts
from companies.models import Accreditation, AccreditationCheck
from placements.models import Placement
from students.models import Guardian, Programme, Student, WorkPermit

# Days since somebody looked on Stagemarkt, by turn; None: nobody did.
LOOKED_UP = (3, 8, 12, 45, 17, 21, None, 26)
PERMITS = (WorkPermit.State.NEEDED, WorkPermit.State.GRANTED, WorkPermit.State.EXEMPT)


def prepare(today: date) -> None:
    """A bijlage for every opleiding; most erkenningen looked up lately, most parents of minors known."""
    for programme in Programme.objects.all():
        save_annex(programme=programme, by=_coordinator(programme), **standard_texts(today))
    _look_up(today)
    coming = Student.objects.filter(placements__start__gt=today).distinct().order_by("number")
    minors = [student for student in coming if student.age_on(today) < 18]
    Guardian.objects.bulk_create(
        Guardian(student=student, name=f"M. {student.last_name}", email=f"ouder{student.number}@post.example")
        for index, student in enumerate(minors)
        if index % 4
    )
    _permit(today)


def _coordinator(programme: Programme) -> User | None:
    members = User.objects.filter(memberships__team=programme.team_id, memberships__role=Role.COORDINATOR)
    return members.order_by("staff_number").first()


def _look_up(today: date) -> None:
    coordinator = User.objects.filter(memberships__role=Role.COORDINATOR).order_by("staff_number").first()
    if coordinator is None:
        return
    standing = Accreditation.objects.filter(withdrawn_on=None).order_by("location__sbb_id", "crebo")
    found = []
    for index, accreditation in enumerate(standing):
        days = LOOKED_UP[index % len(LOOKED_UP)]
        if days is not None:
            on = today - timedelta(days=days)
            about = {"location_id": accreditation.location_id, "crebo": accreditation.crebo}
            found.append(AccreditationCheck(**about, on=on, by=coordinator, accredited=True))
    AccreditationCheck.objects.bulk_create(found)


def _permit(today: date) -> None:
    """Three students for whom the school looked whether a TWV is needed: one each of what can be."""
    coming = Placement.objects.filter(start__gt=today, teacher__isnull=False).order_by("number")
    for placement, state in zip(coming.select_related("programme")[3:9:2], PERMITS, strict=False):
        WorkPermit.objects.create(
            student_id=placement.student_id,
            state=state,
            valid_until=placement.end - timedelta(days=14) if state == WorkPermit.State.GRANTED else None,
            checked_on=today - timedelta(days=5),
            checked_by=_coordinator(placement.programme) or placement.teacher,
        )
