"""The bpv-lijn: the first page of the handbook for one placement (worked example of a BOL block)."""

from datetime import date

from standards import moments
from tests.standards.facts import END, START


def test_moments_of_a_bol_block_at_a_new_location() -> None:
    assert [(m.due, m.title, m.standard, m.rule) for m in moments("BOL", START, END, new_location=True)] == [
        (date(2026, 10, 12), "Start voorbereiding", "2", None),
        (date(2026, 12, 21), "Matching", "2.3", None),
        (date(2027, 1, 4), "Informatie nieuw leerbedrijf", "4", None),
        (date(2027, 1, 25), "Voorlichting praktijkopleider", "4", None),
        (date(2027, 1, 31), "POK compleet", "5", "S5"),
        (date(2027, 2, 1), "Start bpv", "1", None),
        (date(2027, 3, 1), "1e bpv-bezoek", "4.2", "S4.2-a"),
        (date(2027, 4, 17), "2e bpv-bezoek", "6.2", None),
        (date(2027, 6, 18), "SBB-enquête", "9", None),
        (date(2027, 7, 2), "Eindgesprek", "6.2", "S6.2-a"),
        (date(2027, 7, 30), "Evaluatie", "9", None),
    ]


def test_bbl_signs_before_the_start_and_files_in_the_second_week() -> None:
    planned = moments("BBL", date(2026, 8, 31), date(2027, 7, 9), new_location=False)
    assert [(m.due, m.code, m.rule) for m in planned if m.standard == "5"] == [
        (date(2026, 8, 30), "pok", "POK-03"),
        (date(2026, 9, 13), "pok_filed", "S5"),
    ]


def test_a_known_location_is_not_informed_as_new_and_has_a_contact_instead_of_a_visit() -> None:
    planned = {m.code: m for m in moments("BOL", START, END, new_location=False)}
    assert "new_company" not in planned
    assert (planned["first_contact"].title, planned["first_contact"].rule) == ("1e contact", "S4.2-b")


def test_codes_are_unique_and_in_order_of_date() -> None:
    for leerweg, end in (("BOL", END), ("BBL", END), ("BOL", date(2027, 2, 26)), ("BBL", START)):
        planned = moments(leerweg, START, end, new_location=True)
        assert len({m.code for m in planned}) == len(planned)
        assert [m.due for m in planned] == sorted(m.due for m in planned)
