"""The numbers of the standards, per edition. A placement is judged by the edition valid on its start date.

This is the only place where a number of days, hours or contacts stands.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Norms:
    """One edition of the numbers. Days are calendar days unless the name says workdays."""

    edition: str
    valid_from: date

    # The planning on the first page of the handbook, counted from the start (week 0) or the end.
    preparation_days_before: int
    matching_days_before: int
    new_company_informed_days_before: int
    supervisor_informed_days_before: int
    survey_days_before_end: int
    evaluation_days_after_end: int

    # POK-03 and S5
    pok_signed_days_before: int
    bol_filed_days_before: int
    bbl_filed_days_after: int

    # The round of signing: how long it lasts, and on which workdays before the start is reminded of it
    round_days: int
    round_days_after_start: int
    reminder_workdays_before: tuple[int, ...]
    reminder_workdays_after: int  # once the start has passed: every so many workdays
    reminder_pause_workdays: int  # at least this long after the invitation and between two reminders
    reminders_at_most: int
    reminder_widens_workdays_before: int  # from here the coordinator is told as well

    answer_workdays: int  # to say that a change which was sent is not right (T16)
    summer_weeks: int  # in which the bpv pauses, unless agreed otherwise (VAK-01)

    # S4.2: a contact counts from `contact_window_days_before` the start
    first_contact_days: int
    contact_window_days_before: int

    # S6.2, per bpv-periode
    contacts_per_period: int
    contacts_on_site: int
    period_joined_days: int  # a part of a BBL's school year that is shorter belongs to the one beside it

    # BEG-04: a talk is proposed so many days before it is due; VB-04: the planning is there so long before the start
    talk_days_before_due: int
    talks_proposed_days_before: int

    # S6.1-a: nobody spoke with student or praktijkopleider for so long
    silence_days: int
    watch_weeks: int  # BEG-09: with a vinger aan de pols, unless agreed otherwise

    # B1-02: the preparation of a talk is asked, and due, so many days before it
    preparation_asked_days: int
    preparation_due_days: int

    # S8-a, T-04: the plan of the assessment is shared so many days before the start
    plan_shared_days_before: int

    # BEO-06: the three are asked to prepare the interim assessment so many days before it is due
    interim_asked_days: int

    # BEO-09: the leerbedrijf is asked for its judgement, and reminded, so many days before the end
    judgement_asked_days: tuple[int, ...]

    # S8-a and S8-b: before the start; S8-c and BEO-12: the eindgesprek is held by the end, adopting and telling follow
    procedure_days_before: int
    final_days_after_end: int
    result_told_days_after_end: int

    # S6.1-c
    response_workdays: int
    response_attention_workdays: int

    # VEI-08: so many complaints about one leerbedrijf in so many days are a pattern
    complaints_repeated: int
    complaints_days: int

    # BBL: hours per school year; a part of a year that is shorter than so many months asks for its share
    bbl_hours_per_school_year: int
    bbl_full_year_months: int

    # Hours a day of somebody of 18 or older at most; of who is younger a day and a week (Arbeidstijdenwet)
    day_hours_at_most: int
    minor_day_hours: int
    minor_week_hours: int

    # BBL-05: help to another opleiding, from the day of the decision
    bbl_support_days: int

    # LB-03: how old a look at Stagemarkt may be when a POK is offered
    accreditation_check_days: int

    # VEI: fewer reports than this are not counted out loud
    small_count: int

    # What falls due within this number of days is shown as "binnenkort".
    soon_days: int


EDITIONS: tuple[Norms, ...] = (
    Norms(
        edition="Standaarden bpv vanaf schooljaar 2024-2025",
        valid_from=date(2024, 8, 1),
        preparation_days_before=16 * 7,
        matching_days_before=6 * 7,
        new_company_informed_days_before=4 * 7,
        supervisor_informed_days_before=1 * 7,
        survey_days_before_end=2 * 7,
        evaluation_days_after_end=4 * 7,
        pok_signed_days_before=1,
        bol_filed_days_before=1,
        bbl_filed_days_after=13,
        round_days=30,
        round_days_after_start=28,
        reminder_workdays_before=(15, 10, 5, 3, 1),
        reminder_workdays_after=5,
        reminder_pause_workdays=2,
        reminders_at_most=8,
        reminder_widens_workdays_before=5,
        answer_workdays=10,
        summer_weeks=6,
        first_contact_days=4 * 7,
        contact_window_days_before=16 * 7,
        contacts_per_period=3,
        contacts_on_site=1,
        period_joined_days=8 * 7,
        talk_days_before_due=7,
        talks_proposed_days_before=6 * 7,
        silence_days=10 * 7,
        watch_weeks=2,
        preparation_asked_days=14,
        preparation_due_days=7,
        plan_shared_days_before=4 * 7,
        interim_asked_days=14,
        judgement_asked_days=(14, 7, 2),
        procedure_days_before=1,
        final_days_after_end=14,
        result_told_days_after_end=14,
        response_workdays=3,
        response_attention_workdays=2,
        bbl_hours_per_school_year=610,
        day_hours_at_most=12,
        minor_day_hours=9,
        minor_week_hours=45,
        bbl_support_days=8 * 7,
        bbl_full_year_months=10,
        accreditation_check_days=30,
        complaints_repeated=2,
        complaints_days=365,
        small_count=5,
        soon_days=14,
    ),
)


def norms_for(start: date) -> Norms:
    """The edition valid on this day. What is older than the oldest edition known is judged by that one."""
    valid = [edition for edition in EDITIONS if edition.valid_from <= start]
    return max(valid or EDITIONS[:1], key=lambda edition: edition.valid_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class BolHours:
    """The least bpv hours of a BOL over the whole opleiding, by its duration in years (UUR-02), for some cohorts."""

    cohort_from: int
    cohort_until: int | None  # None: until further notice
    hours: dict[int, int]
    source: str


BOL_HOURS: tuple[BolHours, ...] = (
    BolHours(
        cohort_from=2014,
        cohort_until=None,
        hours={1: 250, 2: 450, 3: 900, 4: 1350},
        source="WEB art. 7.2.7 lid 3",
    ),
)
BBL_SOURCE = "WEB art. 7.2.7 lid 4"


def bol_bpv_hours(years: int, cohort: int) -> tuple[int, BolHours] | None:
    """The hours a BOL of so many years asks of this cohort, and the table they stand in; None when there is no norm.

    A cohort older than the oldest table is judged by that one.
    """
    valid = [table for table in BOL_HOURS if table.cohort_from <= cohort]
    table = max(valid or BOL_HOURS[:1], key=lambda table: table.cohort_from)
    if table.cohort_until is not None and cohort > table.cohort_until:
        return None
    return (table.hours[years], table) if years in table.hours else None
