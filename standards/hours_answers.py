"""What the hours of a bpv mean: the norm of the law, and three answers in place of one red mark (UUR-02, UUR-03)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from standards.bpv_hours import NONE, Tally
from standards.hours import Days, bbl_hours_needed, school_year
from standards.norms import BBL_SOURCE, bol_bpv_hours, norms_for

ENTREE = 1  # the level of an entree-opleiding


class Funding(StrEnum):
    """UUR-03, bekostiging: is the norm of the law met?"""

    NO_NORM = "no_norm"
    MET = "met"
    RUNNING = "running"
    SHORT = "short"


class Contract(StrEnum):
    """UUR-03, contract: may the leerbedrijf ask for the hours that are left?"""

    FULFILLED = "fulfilled"
    RUNNING = "running"
    MAY_HOLD = "may_hold"
    NO_POK = "no_pok"  # nothing was agreed with the leerbedrijf, or not by everybody


class Exam(StrEnum):
    """UUR-03, examinering: can the bpv be assessed?"""

    WHOLE = "whole"
    ENOUGH = "enough"
    NOT_ENOUGH = "not_enough"
    TO_SAY = "to_say"


@dataclass(frozen=True, slots=True)
class Answer:
    """Three answers in place of one red mark."""

    funding: Funding
    contract: Contract
    exam: Exam


def three_answers(
    *,
    is_fulfilled: bool,
    is_whole: bool,
    is_over: bool,
    needed: int | None,
    towards_norm: Decimal,
    norm_is_over: bool,
    assessable: bool | None,
) -> Answer:
    """UUR-03. `is_fulfilled`: as many hours were made as were planned; `is_whole`: all of the POK, and they count;
    `is_over`: the end of this placement. `needed` and `towards_norm` of what the norm is about (a BBL's school years, a
    whole BOL), `norm_is_over` its end. `assessable`: what was recorded.
    """
    if needed is None:
        funding = Funding.NO_NORM
    elif towards_norm >= needed:
        funding = Funding.MET
    else:
        funding = Funding.SHORT if norm_is_over else Funding.RUNNING
    contract = Contract.FULFILLED if is_fulfilled else Contract.MAY_HOLD if is_over else Contract.RUNNING
    said = {None: Exam.TO_SAY, True: Exam.ENOUGH, False: Exam.NOT_ENOUGH}[assessable]
    return Answer(funding, contract, Exam.WHOLE if is_whole and assessable is not False else said)


@dataclass(frozen=True, slots=True)
class Norm:
    """The least hours the law asks, of a school year (BBL) or of a whole BOL, beside what is planned and made.

    `year` is empty for a whole opleiding. It holds from a day on (BBL), or for cohorts from one on (BOL).
    """

    year: str
    needed: int
    planned: int
    made: Decimal
    is_over: bool
    source: str
    valid_from: date | None = None
    cohort_from: int | None = None

    @property
    def is_met(self) -> bool:
        """Enough confirmed hours that count."""
        return self.made >= self.needed


def bbl_norms(
    start: date, last_day: date, years: Mapping[str, Tally], today: date, beside: Iterable[Days] = ()
) -> list[Norm]:
    """Of each school year of a BBL; a part that is shorter than ten months asks for its share.

    A year is the student's, not the placement's (BBL-11): `years` has the hours of all placements together, `beside`
    the periods of the others.
    """
    others = list(beside)
    since, over = norms_for(start).valid_from, max([last_day, *(last for _first, last in others)]) < today
    return [
        Norm(
            year,
            needed,
            years[year].planned if year in years else 0,
            years[year].counted if year in years else NONE,
            over or year < school_year(today),
            BBL_SOURCE,
            valid_from=since,
        )
        for year, needed in bbl_hours_needed(start, last_day, others).items()
    ]


def bol_norms(level: int, years: int, cohort: int, total: Tally, is_over: bool) -> list[Norm]:
    """Of a whole BOL, by its duration and the cohort (UUR-02); none for an entree, the opleidingen of level 1."""
    found = bol_bpv_hours(years, cohort) if level > ENTREE else None
    if found is None:
        return []
    needed, table = found
    return [Norm("", needed, total.planned, total.counted, is_over, table.source, cohort_from=table.cohort_from)]


def answers_of(
    *, total: Tally, agreed: int, is_over: bool, norms: list[Norm], assessable: bool | None, has_pok: bool = True
) -> Answer:
    """UUR-03 of a placement with these norms: a surplus in one school year does not mend a shortage in another.

    `agreed`: all hours of the POK, also those after the last day of a bpv that ended early: without them somebody says
    whether it can be assessed.
    """
    answer = three_answers(
        is_fulfilled=total.made >= total.planned,
        is_whole=total.counted >= agreed,
        is_over=is_over,
        needed=sum(norm.needed for norm in norms) if norms else None,
        towards_norm=sum((min(norm.made, Decimal(norm.needed)) for norm in norms), NONE),
        norm_is_over=any(norm.is_over and not norm.is_met for norm in norms),
        assessable=assessable,
    )
    return answer if has_pok else replace(answer, contract=Contract.NO_POK)
