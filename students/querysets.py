"""Who may see which student."""

from typing import Any, Self

from django.db import models


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
