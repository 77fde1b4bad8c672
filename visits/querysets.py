"""Who may see which question."""

from typing import Any, Self

from django.db.models import Q

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
