"""Who may see which leerbedrijf and which contact person."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from bpv.core import text


class LocationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Staff see all leerbedrijven (the register is the school's); a praktijkopleider the own ones."""
        if user.roles.knows_companies:
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

    def filtered(self, wanted: dict[str, str], day: date) -> Self:
        """The register as filtered: q, crebo (erkend for it on the day), erkenning, studenten."""
        found = self.matching(wanted["q"]) if "q" in wanted else self
        accreditations = found.model._meta.get_field("accreditations").related_model.objects
        here = accreditations.filter(location=OuterRef("pk"))
        standing = here.standing_on(day)
        if "crebo" in wanted:
            found = found.filter(Exists(standing.filter(crebo=wanted["crebo"])))
        match wanted.get("erkenning"):
            case "erkend":
                found = found.filter(Exists(standing))
            case "ingetrokken":
                found = found.filter(Exists(here.filter(withdrawn_on__lte=day)))
            case "geen":
                found = found.exclude(Exists(here))
        return found.filter(Exists(found.running_on(day))) if "studenten" in wanted else found

    def running_on(self, day: date) -> Any:
        """The placements at the location that run on the day, for a subquery."""
        placements = self.model._meta.get_field("placements").related_model.objects
        return placements.active_on(day).filter(location=OuterRef("pk"), start__lte=day)

    def with_students(self, day: date) -> Self:
        """Adds `students`: how many of the school are at the location on the day."""
        running = self.running_on(day).order_by().values("location")
        count = running.annotate(count=Count("student", distinct=True)).values("count")
        return self.annotate(students=Coalesce(Subquery(count), 0))


class AccreditationQuerySet(models.QuerySet[Any]):
    def standing_on(self, day: date) -> Self:
        """Granted on or before the day and not withdrawn by then (LB-02)."""
        return self.filter(granted_on__lte=day).exclude(withdrawn_on__lte=day)


class ContactQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Contact persons of the locations the user may see."""
        if user.roles.knows_companies:
            return self
        return self.filter(user=user)

    def for_location_of(self, placement: Any) -> Self:
        """Contact persons at the placement's location, praktijkopleiders first."""
        return self.filter(location=placement.location).order_by(F("is_supervisor").desc(), "sort_key")
