"""Which plan holds for whom; who may see which opdracht, and what lists and counts of them ask."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Min

from placements.querysets import OfPlacementQuerySet


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


class AssignmentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Staff: the catalogues of the opleidingen of their teams. Others read what was handed out to them."""
        return self.filter(programme__team__in=user.roles.teams)


class ProposalQuerySet(OfPlacementQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Staff who see the placement and its praktijkopleider; a student only meets what was taken over."""
        found = super().visible_to(user)
        return found if user.roles.is_staff else found.filter(placement__supervisor__user=user)


class HandedOutQuerySet(OfPlacementQuerySet):
    def for_page(self) -> Self:
        """With what the page of one opdracht shows."""
        related = ("student", "programme", "location", "enrolment", "supervisor", "teacher", "team")
        return self.select_related("handed_out_by", "proposal", *(f"placement__{name}" for name in related))

    def for_list(self) -> Self:
        """With what a row of the list shows: four more queries, however many rows."""
        return self.prefetch_related("work_processes", "submissions", "submissions__judgements", "fits")

    def unfinished(self) -> Self:
        """Not judged yet: nothing handed in, or nobody looked (Q-ST-10)."""
        return self.exclude(state="assessed")

    def first_days(self, placements: Iterable[int]) -> dict[int, date]:
        """The first day on which an opdracht was handed out, by placement (S7); one query."""
        found = self.filter(placement__in=placements).order_by().values("placement")
        return dict(found.annotate(first=Min("handed_out_on")).values_list("placement", "first"))


class OfEnrolmentQuerySet(models.QuerySet[Any]):
    """For models with a foreign key `enrolment`."""

    def visible_to(self, user: Any) -> Self:
        """Staff of the teams that give the opleiding; the student."""
        if user.roles.is_staff:
            return self.filter(enrolment__programme__team__in=user.roles.teams)
        return self.filter(enrolment__student__user=user)
