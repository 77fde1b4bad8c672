"""Findings follow their placement; the outcome exists once in Python (standards.outcome) and once here, as SQL."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When

from placements.models import Placement


def outcomes(today: date) -> dict[str, Q]:
    """standards.outcome(due, done_on, today, deviated_on) as conditions: exactly one holds for a finding."""
    done = Q(done_on__isnull=False, done_on__lte=today)
    undone = Q(done_on__isnull=True) | Q(done_on__gt=today)
    strict = Q(deviated_on__isnull=True) | Q(deviated_on__gt=today)
    return {
        "met": done & Q(done_on__lte=F("due")),
        "late": strict & done & Q(done_on__gt=F("due")),
        "missed": strict & undone & Q(due__lt=today),
        "open": strict & undone & Q(due__gte=today),
        "deviated": Q(deviated_on__lte=today) & (undone | Q(done_on__gt=F("due"))),
    }


class FindingQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Staff: findings of placements they may see. Others see theirs on the dossier, judged live."""
        if user.roles.is_staff:
            return self.filter(Q(team__in=user.roles.teams) | Q(teacher=user))
        return self.filter(placement__in=Placement.objects.visible_to(user))

    def current_on(self, day: date) -> Self:
        """Of placements that are still running or to come, or that ended recently."""
        return self.filter(active_until__gte=day)

    def with_outcome(self, today: date) -> Self:
        """Adds `outcome` as standards.outcome(due, done_on, today, deviated_on) gives it."""
        whens = [When(condition, then=Value(outcome)) for outcome, condition in outcomes(today).items()]
        return self.annotate(outcome=Case(*whens, output_field=models.CharField()))


class SavedFilterQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """The own ones and those shared with a team of the person."""
        return self.filter(Q(owner=user) | Q(team__in=user.roles.teams))


class BulkQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Who did it sees how it went."""
        return self.filter(by=user)
