"""Who is away and who stands in (out of office): what comes in meanwhile is the stand-in's."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Absence, User
from bpv.core import audit

ANSWER = ("teacher", "coordinator")  # the roles that answer questions


def answering_for(person: User | None, day: date) -> User | None:
    """The person, or who stands in on this day; a stand-in who is away too passes it on, a circle ends at the first."""
    seen: set[int] = set()
    first = person
    while person and person.pk not in seen:
        seen.add(person.pk)
        away = Absence.objects.filter(user=person, first__lte=day, last__gte=day).select_related("stand_in").first()
        if away is None:
            return person
        person = away.stand_in
    return first


def of_teams(user: Any) -> QuerySet[User]:
    """Colleagues for whom this person enters an absence: the own teams' for a bpv-coördinator, else only oneself."""
    if not user.roles.coordinator:
        return User.objects.filter(pk=user.pk)
    return colleagues(user.roles.coordinator) | User.objects.filter(pk=user.pk).distinct()


def colleagues(teams: Any) -> QuerySet[User]:
    """Who answers questions in these teams."""
    found = User.objects.filter(is_active=True, memberships__role__in=ANSWER, memberships__team__in=teams)
    return found.distinct()


def visible_to(user: Any) -> QuerySet[Absence]:
    """The own ones, and those of the teams one leads."""
    return Absence.objects.filter(user__in=of_teams(user)).select_related("user", "stand_in")


@transaction.atomic
def enter(*, absence: Absence, by: Any) -> Absence:
    """Keep an absence. Raises ValidationError at the field."""
    absence.full_clean()
    absence.save()
    about = {"name": absence.user.full_name, "stand_in": absence.stand_in.full_name, "on": absence.first}
    audit.record("absence_entered", subject=absence, by=by, **about)
    return absence


@transaction.atomic
def remove(*, absence: Absence, by: Any) -> None:
    """Somebody is not away after all; what was handed over stays with the stand-in."""
    about = {"name": absence.user.full_name, "on": absence.first}
    audit.record("absence_removed", subject=absence, by=by, **about)
    absence.delete()
