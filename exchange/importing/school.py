"""Every model that the files fill, in the order in which they are written."""

import secrets
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from accounts.models import College, Membership, Team, User
from agreements.models import Pok, PokLine, Signature
from bpv.core import text
from companies.models import Accreditation, Company, Contact, Location
from exchange.importing.register import Kept, Record, Values
from placements.models import Placement
from students.models import Enrolment, Programme, Student, WorkProcess
from visits.models import ContactMoment, HelpRequest

NAME = ("first_name", "prefix", "last_name")
ADDRESS = ("street", "house_number", "postcode", "city")


def by_name(values: Values) -> Values:
    """The sorting of a person."""
    return {"sort_key": text.name_key(values["first_name"], values["last_name"])[:220]}


def no_password() -> Values:
    """Comes in by link only, until a password is set."""
    return {"password": UNUSABLE_PASSWORD_PREFIX + secrets.token_urlsafe(30)}


def location_columns(values: Values) -> Values:
    """The sorting and search text of a location, as the model makes them."""
    location = Location(name=values["name"], sbb_id=values["sbb_id"], city=values["city"] or "")
    location.index()
    return {"sort_key": location.sort_key, "search": location.search}


class School:
    """The register: one `Kept` per model."""

    def __init__(self) -> None:
        self.colleges = Kept(College, ("name",), ("name",))
        self.teams = Kept(Team, ("name",), ("name", "college_id"))
        self.users = Kept(
            User,
            ("email",),
            ("email", *NAME, "phone", "staff_number", "reachability", "language"),
            derived=by_name,
            fresh=no_password,
            clears=("prefix",),
        )
        self.memberships = Kept(
            Membership, ("user_id", "role", "team_id"), ("user_id", "role", "team_id", "college_id")
        )
        self.programmes = Kept(
            Programme,
            ("crebo", "leerweg"),
            ("crebo", "leerweg", "name", "level", "years", "team_id", "vws", "bpv_hours"),
        )
        self.work_processes = Kept(WorkProcess, ("crebo", "cohort", "code"), ("crebo", "cohort", "code", "title"))
        self.students = Kept(
            Student,
            ("number",),
            ("number", "user_id", *NAME, "birth_date", "email", "mobile", *ADDRESS),
            derived=by_name,
            clears=("prefix",),
        )
        self.enrolments = Kept(
            Enrolment,
            ("student_id", "programme_id", "start"),
            ("student_id", "programme_id", "group", "cohort", "start", "end"),
        )
        self._groups: dict[str, dict[Any, list[Record]]] = {}
        self._companies()
        self._bpv()
        self._counted = self.all  # asked for once per row

    def _companies(self) -> None:
        self.companies = Kept(Company, ("kvk",), ("name", "kvk"))
        self.locations = Kept(
            Location,
            ("sbb_id",),
            ("sbb_id", "company_id", "name", "establishment_number", *ADDRESS, "country", "phone", "website"),
            derived=location_columns,
        )
        self.accreditations = Kept(
            Accreditation,
            ("location_id", "crebo", "granted_on"),
            ("location_id", "crebo", "granted_on", "withdrawn_on"),
        )
        self.contacts = Kept(
            Contact,
            ("location_id", "email"),
            (
                "location_id",
                "user_id",
                *NAME,
                "function",
                "email",
                "phone",
                "language",
                "is_supervisor",
                "is_mentor",
                "is_signatory",
            ),
            derived=by_name,
            clears=("prefix",),
        )

    def _bpv(self) -> None:
        self.placements = Kept(
            Placement,
            ("number",),
            (
                "number",
                "student_id",
                "enrolment_id",
                "programme_id",
                "team_id",
                "location_id",
                "start",
                "end",
                "hours_per_week",
                "hours_total",
                "keuzedelen",
                "supervisor_id",
                "teacher_id",
                "state",
            ),
        )
        self._poks()
        self._talks()

    def _poks(self) -> None:
        self.poks = Kept(
            Pok,
            ("number",),
            (
                "number",
                "version",
                "placement_id",
                "kind",
                "start",
                "end",
                "hours_per_week",
                "hours_total",
                "filed_on",
                "filed_in",
                "withdrawn_on",
                "document_id",
            ),
        )
        self.lines = Kept(PokLine, ("pok_id", "code"), ("pok_id", "code"))
        self.signatures = Kept(Signature, ("pok_id", "party"), ("pok_id", "party", "method", "signed_on", "signer"))

    def _talks(self) -> None:
        self.moments = Kept(
            ContactMoment,
            ("placement_id", "on", "kind", "discussed"),
            (
                "placement_id",
                "on",
                "kind",
                "with_student",
                "with_supervisor",
                "goals_discussed",
                "discussed",
                "agreed",
                "teacher_id",
            ),
        )
        self.requests = Kept(
            HelpRequest,
            ("number",),
            (
                "number",
                "placement_id",
                "kind",
                "sender",
                "topic",
                "received_at",
                "owner_id",
                "first_response_at",
                "responded_by",
            ),
        )

    @property
    def all(self) -> list[Kept]:
        """In the order of writing: what others point to first."""
        return [value for value in vars(self).values() if isinstance(value, Kept)]

    def grouped(self, name: str, by: Callable[[Record], Any]) -> dict[Any, list[Record]]:
        """Records of one model in groups, made once; whoever adds a record adds it to its group."""
        if name not in self._groups:
            groups: dict[Any, list[Record]] = {}
            for record in getattr(self, name).records:
                groups.setdefault(by(record), []).append(record)
            self._groups[name] = groups
        return self._groups[name]

    @cached_property
    def closed(self) -> set[int]:
        """Ids of the placements whose dossier is closed (S8-d)."""
        return set(Placement.objects.filter(closed_at__isnull=False).values_list("pk", flat=True))

    @property
    def writes(self) -> int:
        """How many changes were noted so far."""
        return sum(kept.writes for kept in self._counted)


def full_name(record: Any) -> str:
    """A person's name."""
    return text.full_name(record["first_name"], record["prefix"] or "", record["last_name"])
