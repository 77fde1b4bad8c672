"""A student's account, made when the student first asks for a link."""

from accounts.services import guest
from students.models import Student


def connect(email: str) -> None:
    """Give the one student with this address an account. An address of two students says nothing: nobody gets in."""
    found = list(Student.objects.select_for_update().filter(email__iexact=email)[:2])
    if len(found) == 1 and found[0].user_id is None:
        student = found[0]
        user = guest(email=email, first_name=student.first_name, prefix=student.prefix, last_name=student.last_name)
        if not Student.objects.filter(user=user).exists():
            student.user = user
            student.save(update_fields=["user"])
