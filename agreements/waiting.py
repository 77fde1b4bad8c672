"""What waits for a signature: the lists of somebody who signs for the school."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from agreements.models import Mode, Party, Pok, Signatory, Signature
from placements.models import Placement


def for_school(user: Any, today: date) -> QuerySet[Pok]:
    """Offered digitally in the teams this person leads, and the school has not signed; the earliest start first."""
    open_rounds = Pok.objects.live().filter(
        placement__team__in=user.roles.coordinator,
        mode=Mode.DIGITAL,
        offered_at__isnull=False,
        complete_at=None,
        refused_at=None,
        lapses_on__gte=today,
    )
    asked = open_rounds.filter(signatories__party=Party.SCHOOL).exclude(signatures__party=Party.SCHOOL)
    return asked.order_by("start", "placement__sort_key", "pk")


def to_answer(user: Any, today: date) -> list[Pok]:
    """Changes that were sent to this person and are not answered yet, the first day to end first."""
    sent = Pok.objects.live().filter(mode=Mode.WINDOW, complete_at=None, lapses_on__gte=today, signatories__user=user)
    found = sent.exclude(signatures__recorded_by=user).order_by("lapses_on", "number")
    return list(found.select_related("placement__student", "placement__location"))


def signed_by(user: Any) -> list[Pok]:
    """What this person signed last, the newest first."""
    found = Pok.objects.filter(signatures__recorded_by=user, signatures__signed_at__isnull=False)
    return list(found.select_related("placement__student").order_by("-signatures__signed_at")[:20])


def narrowed(found: QuerySet[Pok], *, words: str = "", group: str = "", last: bool = False) -> QuerySet[Pok]:
    """Those with these words, of this class, and with `last` only those for which the school is the last to sign."""
    if words:
        found = found.filter(placement__in=Placement.objects.matching(words))
    if group:
        found = found.filter(placement__enrolment__group=group)
    if last:
        done = Signature.objects.filter(pok=OuterRef("pok"), party=OuterRef("party"))
        others = Signatory.objects.filter(pok=OuterRef("pk")).exclude(party=Party.SCHOOL)
        found = found.filter(~Exists(others.filter(~Exists(done))))
    return found


def groups(found: QuerySet[Pok]) -> list[str]:
    """The classes in a list."""
    values = found.order_by("placement__enrolment__group").values_list("placement__enrolment__group", flat=True)
    return list(values.distinct())


def for_list(found: QuerySet[Pok]) -> QuerySet[Pok]:
    """With what a row shows."""
    related = ("placement__student", "placement__location", "placement__enrolment", "document")
    return found.select_related(*related).prefetch_related("signatures", "signatories")
