"""Who may see which placement: everything that hangs below a placement asks here."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import F, Q

from bpv.core import text


class IsOneOf(models.Lookup):
    """`id = ANY(ARRAY(SELECT …))`: what is found first, as an array, and then looked up by its key."""

    lookup_name = "is_one_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Both sides as they are."""
        left, of_left = self.process_lhs(compiler, connection)
        right, of_right = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", [*of_left, *of_right]


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
        """Those with words that begin as typed: student, number, leerbedrijf, place, class.

        As an array that is asked of the index of words first. As a condition, or as a subquery, the planner expects a
        fiftieth of all rows and reads the text, or the whole table, of rows in the order of the list.
        """
        query = text.search_query(typed)
        if not query:
            return self
        words = SearchVector("search", config="simple")  # the indexed expression
        wanted = SearchQuery(query, search_type="raw", config="simple")
        found = self.model.objects.annotate(words=words).filter(words=wanted).order_by().values("pk")
        return self.filter(IsOneOf(F("pk"), ArraySubquery(found)))

    def for_list(self) -> Self:
        """With what a row of a list shows."""
        return self.select_related("student", "programme", "location", "teacher", "team", "enrolment", "supervisor")


class OfPlacementQuerySet(models.QuerySet[Any]):
    """For models with a foreign key `placement`."""

    def visible_to(self, user: Any) -> Self:
        """Whoever may see the placement."""
        placements = self.model._meta.get_field("placement").related_model
        return self.filter(placement__in=placements.objects.visible_to(user))


class SearchQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Staff: of their teams' programmes. A student: the own one. A praktijkopleider: none."""
        if user.roles.is_staff:
            return self.filter(enrolment__programme__team__in=user.roles.teams)
        return self.filter(enrolment__student__user=user)
