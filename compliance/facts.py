"""From rows to what `standards` judges: a fixed number of queries for any number of placements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Min

from agreements.models import Pok
from bpv.core.clock import local_day
from companies.models import Accreditation
from compliance.facts_assessment import assessments
from compliance.models import Deviation
from placements.models import Placement, State
from standards import AccreditationFact, ContactFact, DeviationFact, PlacementFacts, PokFact, RequestFacts
from visits.models import ContactMoment, HelpRequest

BATCH = 1000


def facts_of(placement: Placement) -> PlacementFacts:
    """What is known about one placement."""
    return facts_of_many([placement])[placement.pk]


def facts_of_many(placements: Iterable[Placement]) -> dict[int, PlacementFacts]:
    """What is known about each placement, by its id."""
    found = {placement.pk: placement for placement in placements}
    poks, contacts = _poks(found), _contacts(found)
    deviations = _deviations(found)
    assessed = assessments(found)
    accreditations, first_starts = _accreditations(found.values()), _first_starts(found.values())
    return {
        pk: PlacementFacts(
            subject=placement.number,
            leerweg=placement.programme.leerweg,
            start=placement.start,
            end=placement.last_day,
            new_location=first_starts.get(_place(placement), placement.start) >= placement.start,
            pok=poks.get(pk),
            accreditations=tuple(accreditations[_place(placement)]),
            contacts=tuple(contacts[pk]),
            deviations=tuple(deviations[pk]),
            assessment=assessed.get(pk),
        )
        for pk, placement in found.items()
    }


def judged_placements() -> Any:
    """The placements the standards speak about: all but those that never came to be."""
    return Placement.objects.exclude(state=State.CANCELLED).select_related("programme")


def in_batches(ids: list[int]) -> Iterator[list[Placement]]:
    """Placements with these ids that are judged, a thousand at a time."""
    for index in range(0, len(ids), BATCH):
        yield list(judged_placements().filter(pk__in=ids[index : index + BATCH]))


def request_facts(request: HelpRequest) -> RequestFacts:
    """What is known about a question: Europe/Amsterdam days."""
    answered = request.first_response_at
    return RequestFacts(request.number, local_day(request.received_at), local_day(answered) if answered else None)


def _place(placement: Placement) -> tuple[int, str]:
    """Location and crebo: what makes an erkenning, and a leerbedrijf known."""
    return placement.location_id, placement.programme.crebo


def _poks(found: dict[int, Placement]) -> dict[int, PokFact]:
    live = Pok.objects.live().main().filter(placement__in=found).prefetch_related("signatures")
    facts = {}
    for pok in live:
        signed = {signature.party: signature.signed_on for signature in pok.signatures.all()}
        facts[pok.placement_id] = PokFact(
            signed.get("student"), signed.get("company"), signed.get("school"), pok.filed_on
        )
    return facts


def _contacts(found: dict[int, Placement]) -> dict[int, list[ContactFact]]:
    facts: dict[int, list[ContactFact]] = defaultdict(list)
    fields = ("placement", "on", "kind", "with_student", "with_supervisor", "goals_discussed")
    rows = ContactMoment.objects.filter(placement__in=found).order_by("on", "id").values_list(*fields)
    for placement, *rest in rows:
        facts[placement].append(ContactFact(*rest))
    return facts


def _deviations(found: dict[int, Placement]) -> dict[int, list[DeviationFact]]:
    facts: dict[int, list[DeviationFact]] = defaultdict(list)
    rows = Deviation.objects.filter(placement__in=found, accepted=True).order_by("decided_on", "id")
    for placement, *rest in rows.values_list("placement", "rule", "year", "decided_on"):
        facts[placement].append(DeviationFact(*rest))
    return facts


def _accreditations(placements: Iterable[Placement]) -> dict[tuple[int, str], list[AccreditationFact]]:
    facts: dict[tuple[int, str], list[AccreditationFact]] = defaultdict(list)
    rows = Accreditation.objects.filter(location__in={placement.location_id for placement in placements})
    for location, crebo, *dates in rows.order_by().values_list("location", "crebo", "granted_on", "withdrawn_on"):
        facts[location, crebo].append(AccreditationFact(*dates))
    return facts


def _first_starts(placements: Iterable[Placement]) -> dict[tuple[int, str], date]:
    """The first start of any placement of this crebo at this location: a later one finds a known leerbedrijf."""
    there = Placement.objects.exclude(state=State.CANCELLED)
    there = there.filter(location__in={placement.location_id for placement in placements})
    rows = there.order_by().values_list("location", "programme__crebo").annotate(first=Min("start"))
    return {(location, crebo): first for location, crebo, first in rows}
