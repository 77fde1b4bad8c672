"""A message of somebody of the school to the student or the praktijkopleider of a placement."""

from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts import languages
from bpv.core import audit, mail
from placements.models import Placement


class Receivers(models.TextChoices):
    STUDENT = "student", _("Student")
    SUPERVISOR = "opleider", _("Praktijkopleider")
    BOTH = "beiden", _("Student en praktijkopleider")


WORDS = {Receivers.STUDENT: _("student"), Receivers.SUPERVISOR: _("praktijkopleider")}


@dataclass(frozen=True)
class Receiver:
    """Somebody with an address."""

    role: Receivers
    person: Any  # a Student or a Contact

    @property
    def language(self) -> str:
        """The own choice, or what the school knows of a praktijkopleider who never came in."""
        if self.person.user:
            return languages.of(self.person.user)
        return str(getattr(self.person, "language", languages.DUTCH))


def receivers_of(placement: Placement, wanted: str) -> list[Receiver]:
    """Those who are wanted and have an address."""
    people = [(Receivers.STUDENT, placement.student), (Receivers.SUPERVISOR, placement.supervisor)]
    return [
        Receiver(role, person)
        for role, person in people
        if wanted in (role, Receivers.BOTH) and person is not None and person.email
    ]


@transaction.atomic
def send_message(
    *, placement: Placement, by: Any, wanted: str, subject: str, text: str, key: str, students: list[str]
) -> list[Receiver]:
    """Queue the mails and record it in the dossier (only the subject); returns who gets one.

    The same `key` reaches an address once, however many of its students there are; `students` are named to a
    praktijkopleider, who has more.
    """
    receivers = receivers_of(placement, wanted)
    for receiver in receivers:
        about = context(receiver, by=by, subject=subject, text=text, students=students)
        to, language = receiver.person.email, receiver.language
        mail.queue("message", to=to, key=key, dossier=placement.pk, language=language, **about)
    if roles := [WORDS[receiver.role] for receiver in receivers]:
        audit.record("message_sent", subject=placement, by=by, dossier=placement.pk, to=roles, topic=subject)
    return receivers


def as_read(receiver: Receiver, *, by: Any, subject: str, text: str, students: list[str], school: str) -> str:
    """The text of the mail as this receiver will read it."""
    about = context(receiver, by=by, subject=subject, text=text, students=students)
    with override(receiver.language):
        return render_to_string("mail/message.txt", about | {"school_name": school}).strip()


def context(receiver: Receiver, *, by: Any, subject: str, text: str, students: list[str]) -> dict[str, Any]:
    """What the template of the mail needs."""
    named = students if receiver.role == Receivers.SUPERVISOR else []
    return {"person": receiver.person, "sender": by, "topic": subject, "text": text, "students": named}
