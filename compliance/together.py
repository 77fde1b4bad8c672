"""Tasks that one deed does for many: one line with one button, and below it the names to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from compliance import presentation
from compliance.models import Deed
from compliance.worklist import WorkItem

# Kind of task -> the deed with many and its button.
DEEDS = {
    "make": (Deed.MAKE_POKS, gettext_lazy("POK's maken")),
    "offer": (Deed.OFFER_POKS, gettext_lazy("Laten tekenen")),
    "chase": (Deed.SEND_MESSAGE, gettext_lazy("Bericht sturen")),
    "teacher": (Deed.ASSIGN_TEACHER, gettext_lazy("Docent toewijzen")),
}
# Shown together, done one by one: a POK made on or after the start needs a reason of its own, a filed one its own day,
# signing has a page of its own for all that wait, and a plan is made once for an opleiding.
ONE_BY_ONE = ("make late", "file", "sign", "plan")
NAMED = 3  # leerbedrijven named in the line


@dataclass(frozen=True)
class Group:
    """Two or more tasks of one kind, the earliest first."""

    kind: str
    items: tuple[WorkItem, ...]

    @property
    def first(self) -> WorkItem:
        """The task that falls due first: it gives the line its date and its standard."""
        return self.items[0]

    @property
    def due(self) -> date:
        return self.first.due

    @property
    def deed(self) -> str:
        """What is posted to start the deed with many; empty when they are done one by one."""
        return str(DEEDS[self.kind][0]) if self.kind in DEEDS else ""

    @property
    def button(self) -> str:
        return str(DEEDS[self.kind][1]) if self.kind in DEEDS else ""

    @property
    def title(self) -> str:
        """What is to be done, for how many: `Maak 12 POK's`."""
        count = len(self.items)
        match self.kind:
            case "make" | "make late":
                text = ngettext("Maak %(count)s POK", "Maak %(count)s POK's", count)
            case "offer":
                text = ngettext("Laat %(count)s POK tekenen", "Laat %(count)s POK's tekenen", count)
            case "chase":
                text = ngettext("%(count)s POK wacht op anderen", "%(count)s POK's wachten op anderen", count)
            case "sign":
                text = ngettext("Teken %(count)s POK namens de school", "Teken %(count)s POK's namens de school", count)
            case "file":
                text = ngettext("Zet %(count)s POK in het dossier", "Zet %(count)s POK's in het dossier", count)
            case "plan":
                text = ngettext(
                    "Deel het beoordelingsplan van %(count)s student",
                    "Deel het beoordelingsplan van %(count)s studenten",
                    count,
                )
            case _:
                text = ngettext(
                    "Wijs een bpv-docent toe aan %(count)s student",
                    "Wijs een bpv-docent toe aan %(count)s studenten",
                    count,
                )
        return text % {"count": count}

    @property
    def meta(self) -> str:
        """The classes, and some of the leerbedrijven."""
        placements = [item.finding.placement for item in self.items]
        groups = sorted({placement.enrolment.group for placement in placements} - {""})
        companies = list(dict.fromkeys(placement.location.name for placement in placements))
        more = len(companies) - NAMED
        shown = companies[:NAMED]
        if more > 0:
            shown.append(
                ngettext("%(count)s ander leerbedrijf", "%(count)s andere leerbedrijven", more) % {"count": more}
            )
        return " · ".join(filter(None, (", ".join(groups), ", ".join(shown))))

    @property
    def state(self) -> str:
        """The worst of them."""
        return presentation.worst(item.state for item in self.items)

    @property
    def word(self) -> str:
        return self.first.word


def taken_together(items: Sequence[WorkItem], today: date) -> list[WorkItem | Group]:
    """The tasks in their order; those of one kind stand together where the first of them stood."""
    kinds: dict[Any, list[WorkItem]] = {}
    for index, item in enumerate(items):
        kind = "make late" if item.kind == "make" and item.finding.placement.start <= today else item.kind
        kinds.setdefault(kind if kind in DEEDS or kind in ONE_BY_ONE else index, []).append(item)
    return [Group(kind, tuple(found)) if len(found) > 1 else found[0] for kind, found in kinds.items()]


def tasks(lines: Sequence[WorkItem | Group]) -> int:
    """How many tasks stand in these lines."""
    return sum(len(line.items) if isinstance(line, Group) else 1 for line in lines)
