"""POKs follow their placement."""

from typing import Self

from placements.querysets import OfPlacementQuerySet


class PokQuerySet(OfPlacementQuerySet):
    def live(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)
