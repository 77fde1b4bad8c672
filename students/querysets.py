"""Who may see which student."""

from typing import Any, Self

from django.db import models
from django.db.models import Q, Subquery

from bpv.core import text


class ProgrammeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Staff: the opleidingen of their teams."""
        return self.filter(team__in=user.roles.teams)


class StudentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Staff: students of their teams' programmes. A student: self. A praktijkopleider: none."""
        if user.roles.is_staff:
            enrolled = self.model.enrolments.rel.related_model.objects.filter(programme__team__in=user.roles.teams)
            return self.filter(pk__in=enrolled.values("student"))
        return self.filter(user=user)


class EnrolmentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Staff: enrolments in their teams' programmes. A student: the own ones."""
        if user.roles.is_staff:
            return self.filter(programme__team__in=user.roles.teams)
        return self.filter(student__user=user)

    def matching(self, typed: str) -> Self:
        """Those of whom every word begins a part of the name, the studentnummer or the class."""
        found = self
        for word in text.fold(typed).split():
            name = Q(student__sort_key__startswith=word) | Q(student__sort_key__contains=f" {word}")
            prefix = Q(student__prefix__istartswith=word) | Q(student__prefix__icontains=f" {word}")
            found = found.filter(name | prefix | Q(student__number__startswith=word) | Q(group__istartswith=word))
        return found


class WorkProcessQuerySet(models.QuerySet[Any]):
    def of_cohort(self, crebo: str, cohort: int) -> Self:
        """The werkprocessen of a crebo for a cohort: the version of the latest cohort up to and including it.

        A list that comes in for a later cohort leaves students of an earlier one with their own.
        """
        known = self.filter(crebo=crebo, cohort__lte=cohort)
        return self.filter(crebo=crebo, cohort=Subquery(known.order_by("-cohort").values("cohort")[:1]))
