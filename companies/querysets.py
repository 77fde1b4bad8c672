"""Who may see which leerbedrijf and which contact person."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import F

from bpv.core import text


class LocationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Staff see all leerbedrijven (the register is the school's); a praktijkopleider the own ones."""
        if user.roles.is_staff:
            return self
        return self.filter(contacts__user=user).distinct()

    def matching(self, typed: str) -> Self:
        """Those with words that begin as typed, in name, place or leerbedrijf-ID."""
        query = text.search_query(typed)
        if not query:
            return self
        words = SearchVector("search", config="simple")  # the indexed expression
        wanted = SearchQuery(query, search_type="raw", config="simple")
        return self.annotate(words=words).filter(words=wanted)


class AccreditationQuerySet(models.QuerySet[Any]):
    def standing_on(self, day: date) -> Self:
        """Granted on or before the day and not withdrawn by then (LB-02)."""
        return self.filter(granted_on__lte=day).exclude(withdrawn_on__lte=day)


class ContactQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Contact persons of the locations the user may see."""
        if user.roles.is_staff:
            return self
        return self.filter(user=user)

    def for_location_of(self, placement: Any) -> Self:
        """Contact persons at the placement's location, praktijkopleiders first."""
        return self.filter(location=placement.location).order_by(F("is_supervisor").desc(), "sort_key")
