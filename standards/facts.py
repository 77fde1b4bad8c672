"""What is known about one placement or one request: the input of the checks.

All dates are calendar days in Europe/Amsterdam. Facts may lie in the future (a planned visit);
the checks leave out what is dated after the day they judge.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Leerweg = Literal["BOL", "BBL"]
ContactKind = Literal["on_site", "phone", "online"]


@dataclass(frozen=True, slots=True)
class ContactFact:
    """A contact moment that took place; the bpv-docent always took part."""

    on: date
    kind: ContactKind
    with_student: bool
    with_supervisor: bool
    goals_discussed: bool


@dataclass(frozen=True, slots=True)
class PokFact:
    """The POK of the placement: who signed when, and when it was filed in the dossier."""

    signed_student: date | None
    signed_company: date | None
    signed_school: date | None
    filed_on: date | None


@dataclass(frozen=True, slots=True)
class AccreditationFact:
    """One erkenning of the placement's location for the placement's crebo."""

    granted_on: date
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """A placement with all that the measured standards look at.

    `new_location`: no placement of this crebo at this location has an earlier start.
    """

    subject: str
    leerweg: Leerweg
    start: date
    end: date
    new_location: bool
    pok: PokFact | None
    accreditations: tuple[AccreditationFact, ...]
    contacts: tuple[ContactFact, ...]


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """A hulpvraag, klacht or melding: the days of receipt and of the first response."""

    subject: str
    received_on: date
    first_response_on: date | None
