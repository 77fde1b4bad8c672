"""What is known about one placement or one request: the input of the checks.

All dates are calendar days in Europe/Amsterdam. Facts may lie in the future (a planned visit, an announced
withdrawal); `known_on` leaves out what is dated after the day asked about.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Self

Leerweg = Literal["BOL", "BBL"]
ContactKind = Literal["on_site", "phone", "online"]


def _until(day: date | None, today: date) -> date | None:
    return day if day is not None and day <= today else None


@dataclass(frozen=True, slots=True)
class ContactFact:
    """A contact moment; the bpv-docent always took part."""

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

    def known_on(self, today: date) -> Self:
        """The POK as it was at the end of this day."""
        return type(self)(
            _until(self.signed_student, today),
            _until(self.signed_company, today),
            _until(self.signed_school, today),
            _until(self.filed_on, today),
        )


@dataclass(frozen=True, slots=True)
class AccreditationFact:
    """One erkenning of the placement's location for the placement's crebo."""

    granted_on: date
    withdrawn_on: date | None

    def known_on(self, today: date) -> Self:
        """The erkenning without a withdrawal that was still to come."""
        return replace(self, withdrawn_on=_until(self.withdrawn_on, today))


@dataclass(frozen=True, slots=True)
class DeviationFact:
    """An accepted reason not to do what a rule asks (S6.2-d); `year` as in standards.periods.Period."""

    rule: str
    year: int
    accepted_on: date


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
    deviations: tuple[DeviationFact, ...] = ()

    def known_on(self, today: date) -> Self:
        """The facts dated up to and including this day; contacts in order of date."""
        contacts = (contact for contact in self.contacts if contact.on <= today)
        return replace(
            self,
            pok=self.pok.known_on(today) if self.pok else None,
            accreditations=tuple(a.known_on(today) for a in self.accreditations if a.granted_on <= today),
            contacts=tuple(sorted(contacts, key=lambda contact: contact.on)),
            deviations=tuple(deviation for deviation in self.deviations if deviation.accepted_on <= today),
        )


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """A hulpvraag, klacht or melding: the days of receipt and of the first response."""

    subject: str
    received_on: date
    first_response_on: date | None

    def known_on(self, today: date) -> Self:
        """The request without a response that was still to come."""
        return replace(self, first_response_on=_until(self.first_response_on, today))
