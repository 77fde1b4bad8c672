"""Which plan holds for whom."""

from typing import Any, Self

from django.db import models


class PlanQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Staff of the teams that give the opleiding."""
        return self.filter(programme__team__in=user.roles.teams)

    def published(self) -> Self:
        """What can be shared; the others are drafts."""
        return self.filter(published_at__isnull=False)

    def for_cohort(self, programme: int, cohort: int) -> Self:
        """Those that hold for a student of this cohort, the one that counts first."""
        return self.published().filter(programme=programme, cohort__lte=cohort).order_by("-cohort", "-version")


class OfEnrolmentQuerySet(models.QuerySet[Any]):
    """For models with a foreign key `enrolment`."""

    def visible_to(self, user: Any) -> Self:
        """Staff of the teams that give the opleiding; the student."""
        if user.roles.is_staff:
            return self.filter(enrolment__programme__team__in=user.roles.teams)
        return self.filter(enrolment__student__user=user)
