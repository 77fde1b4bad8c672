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
class InterimFact:
    """A tussentijdse beoordeling: when the talk was, and when student and praktijkopleider were told (BEO-06)."""

    held_on: date
    student_told_on: date | None
    supervisor_told_on: date | None

    def known_on(self, today: date) -> Self:
        """Without having told somebody what was still to be told."""
        told = _until(self.student_told_on, today), _until(self.supervisor_told_on, today)
        return type(self)(self.held_on, *told)

    @property
    def complete_on(self) -> date | None:
        """The day on which it was held and told to both; None before that."""
        if self.student_told_on is None or self.supervisor_told_on is None:
            return None
        return max(self.held_on, self.student_told_on, self.supervisor_told_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentFacts:
    """What was done for the assessment of a placement, each on its day (standards 7 and 8).

    `plan_in_guides_on`: a plan was shared that stands in the studiehandleiding and in the bpv-gids. `adopted_on`: the
    school adopted the eindbeoordeling, `overridden_on` when that was done with a reason for what was not there, and the
    two days after it are when the result that stands was told.
    """

    goals_set_on: date | None = None
    assignment_given_on: date | None = None
    plan_student_informed_on: date | None = None
    plan_supervisor_informed_on: date | None = None
    plan_in_guides_on: date | None = None
    interims: tuple[InterimFact, ...] = ()
    company_heard_on: date | None = None
    adopted_on: date | None = None
    overridden_on: date | None = None
    student_told_on: date | None = None
    supervisor_told_on: date | None = None
    closed_on: date | None = None

    def known_on(self, today: date) -> Self:
        """What was done up to and including this day; interims in order of date."""
        held = sorted((i for i in self.interims if i.held_on <= today), key=lambda interim: interim.held_on)
        return type(self)(
            goals_set_on=_until(self.goals_set_on, today),
            assignment_given_on=_until(self.assignment_given_on, today),
            plan_student_informed_on=_until(self.plan_student_informed_on, today),
            plan_supervisor_informed_on=_until(self.plan_supervisor_informed_on, today),
            plan_in_guides_on=_until(self.plan_in_guides_on, today),
            interims=tuple(interim.known_on(today) for interim in held),
            company_heard_on=_until(self.company_heard_on, today),
            adopted_on=_until(self.adopted_on, today),
            overridden_on=_until(self.overridden_on, today),
            student_told_on=_until(self.student_told_on, today),
            supervisor_told_on=_until(self.supervisor_told_on, today),
            closed_on=_until(self.closed_on, today),
        )


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """A placement with all that the measured standards look at.

    `new_location`: no placement of this crebo at this location has an earlier start. `assessment`: None when the
    school did not keep its assessments here yet; then standards 7 and 8 do not speak.
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
    assessment: AssessmentFacts | None = None

    def known_on(self, today: date) -> Self:
        """The facts dated up to and including this day; contacts in order of date."""
        contacts = (contact for contact in self.contacts if contact.on <= today)
        return replace(
            self,
            pok=self.pok.known_on(today) if self.pok else None,
            accreditations=tuple(a.known_on(today) for a in self.accreditations if a.granted_on <= today),
            contacts=tuple(sorted(contacts, key=lambda contact: contact.on)),
            deviations=tuple(deviation for deviation in self.deviations if deviation.accepted_on <= today),
            assessment=self.assessment.known_on(today) if self.assessment else None,
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
