"""The pieces of the dossier page, as its reader sees them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from compliance import presentation
from compliance.actions import Action
from standards import Explanation, Finding
from standards.deadlines import Moment
from standards.handbook import RULES
from standards.words import long_date
from visits.models import HelpRequest


@dataclass(frozen=True)
class Judged:
    """A finding as the reader sees it, with why and what can be done."""

    finding: Finding
    state: str
    word: str
    explanation: Explanation
    action: Action | None
    question: HelpRequest | None
    turn: str  # whose it is, when it is late and another's

    @property
    def title(self) -> str:
        """The rule's name (of a school year), or the question."""
        if self.question:
            return self.question.topic
        name, year = RULES[self.finding.rule].name, self.finding.year
        return _("%(rule)s, schooljaar %(year)s") % {"rule": name, "year": f"{year}-{year + 1}"} if year else name

    @property
    def standard(self) -> str:
        return presentation.standard_of(self.finding.rule)

    @property
    def note(self) -> str:
        """When it was done, or until when and what is left."""
        source = presentation.source_of(self.finding.rule)
        if self.finding.done_on:
            when = _("gedaan op %(day)s") % {"day": long_date(self.finding.done_on)}
        elif self.finding.deviated_on:
            when = _("akkoord op %(day)s") % {"day": long_date(self.finding.deviated_on)}
        else:
            when = _("uiterlijk %(day)s") % {"day": long_date(self.finding.due)}
        return " · ".join(filter(None, (source, when, self.turn)))

    @property
    def is_waiting(self) -> bool:
        """Something can still be done."""
        return self.state in presentation.WAITING

    facts = property(lambda self: self.explanation.facts)
    why = property(lambda self: self.explanation.sentence)
    section = property(lambda self: self.explanation.section)
    todo = property(lambda self: self.explanation.todo)
    deed = property(lambda self: self.title if self.question else str(presentation.NEXT[self.finding.rule]))
    action_url = property(lambda self: self.action.url if self.action else "")
    action_label = property(lambda self: self.action.label if self.action else "")


@dataclass(frozen=True)
class Point:
    """A moment of the bpv-lijn with how it stands."""

    moment: Moment
    state: str
    word: str
    done_on: date | None

    @property
    def is_waiting(self) -> bool:
        """Still to be done."""
        return self.state in presentation.WAITING


@dataclass(frozen=True)
class Stored:
    """A document of the dossier, and where who may read it downloads it."""

    title: str
    on: date
    url: str


@dataclass(frozen=True)
class Sign:
    """Somebody who signs, or the dossier in which the POK is kept."""

    who: str
    state: str
    note: str
