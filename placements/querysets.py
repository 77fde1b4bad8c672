"""Who may see which placement: everything that hangs below a placement asks here."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Q

from bpv.core import text

# More than a search ever shows. The limit makes the planner ask the index of words first, instead of walking
# the list in its order and reading the text of every row (at 200,000 rows: 290 ms against a few).
AS_MANY = 100_000


class PlacementQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """bpv-coördinator, bpv-docent, manager: placements of their teams (and a teacher's own elsewhere).

        Praktijkopleider: the own students. Student: the own bpv.
        """
        if user.roles.is_staff:
            return self.filter(Q(team__in=user.roles.teams) | Q(teacher=user))
        return self.filter(Q(supervisor__user=user) | Q(student__user=user))

    def active_on(self, day: date) -> Self:
        """Not cancelled and not over: running or still to come."""
        return self.exclude(state="cancelled").filter(end__gte=day).exclude(state="ended", ended_on__lt=day)

    def matching(self, typed: str) -> Self:
        """Those with words that begin as typed: student, number, leerbedrijf, place, class."""
        query = text.search_query(typed)
        if not query:
            return self
        words = SearchVector("search", config="simple")  # the indexed expression
        wanted = SearchQuery(query, search_type="raw", config="simple")
        found = self.model.objects.annotate(words=words).filter(words=wanted).order_by().values("pk")
        return self.filter(pk__in=found[:AS_MANY])

    def for_list(self) -> Self:
        """With what a row of a list shows."""
        return self.select_related("student", "programme", "location", "teacher", "team", "enrolment", "supervisor")


class OfPlacementQuerySet(models.QuerySet[Any]):
    """For models with a foreign key `placement`."""

    def visible_to(self, user: Any) -> Self:
        """Whoever may see the placement."""
        placements = self.model._meta.get_field("placement").related_model
        return self.filter(placement__in=placements.objects.visible_to(user))
