"""POKs follow their placement; who is asked to sign one sees that one too."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from placements.models import Placement
from placements.querysets import OfPlacementQuerySet


class PokQuerySet(OfPlacementQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Whoever may see the placement, the studentenadministratie of its team, and who is asked to sign."""
        placements = Q(placement__in=Placement.objects.visible_to(user))
        if user.roles.is_staff:
            return self.filter(placements | Q(placement__team__in=user.roles.administration))
        asked = self.model._meta.get_field("signatories").related_model.objects
        return self.filter(placements | Exists(asked.filter(pok=OuterRef("pk"), user=user)))

    def live(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)

    def main(self) -> Self:
        """POKs themselves, without what belongs to them."""
        return self.filter(belongs_to__isnull=True)


class OfPokQuerySet(models.QuerySet[Any]):
    """For models with a foreign key `pok`."""

    def visible_to(self, user: Any) -> Self:
        """Whoever may see the POK."""
        poks = self.model._meta.get_field("pok").related_model
        return self.filter(pok__in=poks.objects.visible_to(user))
