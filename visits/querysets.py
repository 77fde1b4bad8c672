"""Who may see which talk, question, report and turn of the achterwacht."""

from datetime import date
from typing import Any, Self

from django.db.models import Q, QuerySet

from placements.querysets import OfPlacementQuerySet


class HelpRequestQuerySet(OfPlacementQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Staff who see the placement, and the owner. A student or praktijkopleider: what the own side asked."""
        if user.roles.is_staff:
            return self.filter(Q(placement__team__in=user.roles.teams) | Q(placement__teacher=user) | Q(owner=user))
        return self.filter(
            Q(sender="student", placement__student__user=user) | Q(sender="company", placement__supervisor__user=user)
        )

    def unanswered(self) -> Self:
        """Without a first response."""
        return self.filter(first_response_at__isnull=True)

    def for_list(self) -> Self:
        """With what a row of the inbox shows."""
        return self.select_related("placement__student", "placement__location", "owner")


class TalkQuerySet(OfPlacementQuerySet):
    def standing(self) -> Self:
        """Not cancelled."""
        return self.exclude(state="cancelled")

    def to_come(self) -> Self:
        """Standing, and not held yet."""
        return self.standing().filter(contact__isnull=True)

    def for_list(self) -> Self:
        """With what a row of a planning shows."""
        return self.select_related("placement__student", "placement__location", "placement__supervisor")


class ActionPointQuerySet(OfPlacementQuerySet):
    def open(self) -> Self:
        """Neither done nor dropped."""
        return self.filter(done_on__isnull=True, dropped=False)


class IncidentQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Only who reported it and the person it was told to: no role opens a report (VEI-02, VEI-06).

        Who left the school reads nothing any more: nobody without an account comes this far.
        """
        return self.filter(Q(reported_by=user) | Q(owner=user))


class DutyQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Staff with a team of the college; student and praktijkopleider see the number on their own page."""
        return self.filter(college__teams__in=user.roles.teams).distinct()

    def covering(self, first: date, last: date) -> Self:
        """Turns that touch these days."""
        return self.filter(starts_at__date__lte=last, ends_at__date__gte=first)
