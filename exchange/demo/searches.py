"""Students of BBL without a place in every state of the search, made by the real deeds."""

from datetime import date, timedelta

from accounts.models import Role, User
from bpv.core import clock
from placements import searching, services
from placements.models import Search
from students.models import Enrolment

AT_MOST = 12
DONE = (
    "Drie leerbedrijven gebeld; één wil kennismaken.",
    "Sollicitatiebrief samen nagekeken en verstuurd.",
    "Op Stagemarkt.nl gezocht binnen 20 kilometer en vier plekken doorgegeven.",
    "Kennismaking gehad. Het leerbedrijf laat deze week iets weten.",
)
AGREEMENTS = (
    "De student solliciteert elke week bij ten minste drie leerbedrijven.\n"
    "De bpv-coördinator belt het eigen netwerk en vraagt SBB om een plek.\n"
    "We spreken elkaar elke maandag om 9.00 uur over hoe het gaat.\n"
    "Is er op 31 december geen plek, dan bespreken we de overstap naar de BOL-variant."
)


def searches(today: date) -> None:
    """Of six that have no placement one is not searched for yet; the others are on their way."""
    without = Enrolment.objects.filter(programme__leerweg="BBL", placements=None, end__gte=today)
    found = without.select_related("programme__team", "student__user").order_by("student__number")
    for index, enrolment in enumerate(found[:AT_MOST]):
        if index % 6:
            _search(enrolment, index, today)


def _search(enrolment: Enrolment, index: int, today: date) -> None:
    by = User.objects.filter(memberships__role=Role.COORDINATOR, memberships__team=enrolment.programme.team).first()
    if by is None:
        return
    opened = today - timedelta(days=40 + index)
    with clock.moved(clock.at(opened, 10)):
        search = services.open_search(enrolment=enrolment, kind=Search.Kind.WITHOUT, by=by, on=opened)
    for number, text in enumerate(DONE[: index % 4 + 1]):
        on = opened + timedelta(days=7 * (number + 1))
        who = enrolment.student.user if number % 2 and enrolment.student.user else by
        with clock.moved(clock.at(on, 11)):
            searching.add_step(search=search, by=who, on=on, text=text)
    if index % 3 == 0:
        return
    wrote = opened + timedelta(days=5)
    with clock.moved(clock.at(wrote, 14)):
        searching.write_agreements(search=search, by=by, text=AGREEMENTS, today=wrote)
        search.refresh_from_db()
        searching.agree(search=search, by=by, seen=searching.digest(search), today=wrote)
    if index % 3 == 1 and enrolment.student.user:
        with clock.moved(clock.at(wrote + timedelta(days=1), 19)):
            student, seen = enrolment.student.user, searching.digest(search)
            searching.agree(search=search, by=student, seen=seen, today=wrote + timedelta(days=1))
