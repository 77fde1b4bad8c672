"""What a person's memberships come down to: sets of team ids, one per role."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Roles:
    """Team ids in which the person has each role (a college counts for all its teams).

    The studentenadministratie sees POKs and what is filed, not the dossiers: it is no part of `teams`.
    Nor is the vertrouwenscontactpersoon, who only sees the reports that were told to that person.
    """

    teacher: frozenset[int] = frozenset()
    coordinator: frozenset[int] = frozenset()
    manager: frozenset[int] = frozenset()
    administration: frozenset[int] = frozenset()
    confidant: frozenset[int] = frozenset()

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, int | None, int | None]]) -> Self:
        """From rows (role, team id, team id by way of the college)."""
        teams: dict[str, set[int]] = {name: set() for name in cls.__dataclass_fields__}
        for role, team, by_college in rows:
            teams[role].update(found for found in (team, by_college) if found)
        return cls(**{role: frozenset(found) for role, found in teams.items()})

    @property
    def teams(self) -> frozenset[int]:
        """All teams of which the person may see placements."""
        return self.teacher | self.coordinator | self.manager

    @property
    def only_administration(self) -> bool:
        """Nothing but studentenadministratie: no placements, so none of the pages about them."""
        return bool(self.administration) and not self.teams

    @property
    def only_confidant(self) -> bool:
        """Nothing but vertrouwenscontactpersoon: the reports that were told to this person, and nothing else."""
        return bool(self.confidant) and not self.teams and not self.administration

    @property
    def knows_companies(self) -> bool:
        """Who works with leerbedrijven: everyone at school but who is only vertrouwenscontactpersoon."""
        return bool(self.teams or self.administration)

    @property
    def is_staff(self) -> bool:
        """True for anyone who works at the school."""
        return bool(self.teams or self.administration or self.confidant)
