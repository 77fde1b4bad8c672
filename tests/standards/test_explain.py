"""Every finding can say why: the facts, the rule, the section and what is left to do."""

from datetime import date

import pytest

from standards import AccreditationFact, Finding, PlacementFacts, RequestFacts, judge_placement, judge_request, why
from standards.words import days, long_date
from tests.standards.facts import START, a_contact, a_placement, a_pok

TODAY = date(2027, 2, 8)


def explained(rule: str, facts: PlacementFacts, today: date = TODAY) -> tuple[dict[str, str], str]:
    [finding] = [finding for finding in judge_placement(facts, today=today) if finding.rule == rule]
    explanation = why(rule, facts, finding, today)
    return dict(explanation.facts), explanation.todo


@pytest.mark.parametrize(("day", "text"), [(date(2026, 8, 31), "ma 31 aug 2026"), (date(2027, 3, 7), "zo 7 mrt 2027")])
def test_long_date(day: date, text: str) -> None:
    assert long_date(day) == text


def test_days_in_words() -> None:
    assert [days(1), days(0), days(8)] == ["1 dag", "0 dagen", "8 dagen"]


def test_pok_03_names_who_still_has_to_sign() -> None:
    facts = a_placement(pok=a_pok(student=date(2027, 1, 4)))
    assert explained("POK-03", facts) == (
        {
            "Start": "ma 1 feb 2027",
            "Getekend door student": "ma 4 jan 2027",
            "Getekend door leerbedrijf": "nog niet",
            "Getekend door school": "nog niet",
            "Uiterlijk": "zo 31 jan 2027",
            "Stand": "nog niet gedaan, 8 dagen te laat",
        },
        "Laat de POK nog tekenen door leerbedrijf en school.",
    )


def test_pok_03_without_pok_says_to_make_one() -> None:
    assert explained("POK-03", a_placement())[1] == "Maak de POK en laat student, leerbedrijf en school tekenen."


@pytest.mark.parametrize(("leerweg", "dossier"), [("BOL", "diplomadossier"), ("BBL", "bekostigingsdossier")])
def test_s5_names_the_dossier_of_the_leerweg(leerweg: str, dossier: str) -> None:
    signed = date(2027, 1, 4)
    facts = a_placement(leerweg=leerweg, pok=a_pok(signed, signed, signed))
    assert explained("S5", facts)[1] == f"Zet de getekende POK in het {dossier}."


def test_s5_filed_late_says_by_how_much() -> None:
    seen, todo = explained("S5", a_placement(pok=a_pok(filed=date(2027, 2, 3))))
    assert (seen["Stand"], todo) == ("3 dagen te laat: wo 3 feb 2027", "Je hoeft niets meer te doen.")


def test_lb_02_shows_a_withdrawal() -> None:
    facts = a_placement(accreditations=(AccreditationFact(date(2020, 5, 1), START),))
    seen, todo = explained("LB-02", facts)
    assert seen["Erkenning"] == "sinds vr 1 mei 2020, ingetrokken per ma 1 feb 2027"
    assert todo == "Vraag SBB naar de erkenning, of zoek een ander erkend leerbedrijf."


def test_s4_2_a_shows_why_a_visit_does_not_count() -> None:
    facts = a_placement(new_location=True, contacts=(a_contact(date(2027, 2, 3), supervisor=False),))
    seen, todo = explained("S4.2-a", facts)
    assert seen["wo 3 feb 2027"] == "bezoek op locatie, zonder de praktijkopleider"
    assert seen["Stand"] == "nog niet gedaan, nog 21 dagen"
    assert todo == "Plan een bezoek op locatie, samen met de praktijkopleider."


def test_s4_2_b_shows_what_was_discussed() -> None:
    facts = a_placement(contacts=(a_contact(date(2027, 2, 3), "phone", goals=True),))
    seen, todo = explained("S4.2-b", facts)
    assert seen["wo 3 feb 2027"] == "telefonisch, leerdoelen besproken"
    assert (seen["Stand"], todo) == ("op tijd: wo 3 feb 2027", "Je hoeft niets meer te doen.")


def test_s6_2_a_counts_and_says_who_was_absent() -> None:
    contacts = (a_contact(date(2027, 2, 3)), a_contact(date(2027, 2, 4), "online", student=False, supervisor=False))
    seen, todo = explained("S6.2-a", a_placement(contacts=contacts))
    assert seen["wo 3 feb 2027"] == "bezoek op locatie, telt mee"
    assert seen["do 4 feb 2027"] == "online, telt niet mee: zonder student en praktijkopleider"
    assert seen["Telt mee"] == "1 van 3"
    assert todo == "Houd nog 2 gesprekken met student en praktijkopleider erbij, en leg ze vast."


@pytest.mark.parametrize("rule", ["S6.2-a", "S6.2-b"])
def test_s6_2_after_the_period_asks_for_the_reason(rule: str) -> None:
    seen, todo = explained(rule, a_placement(), date(2027, 7, 3))
    assert seen["Stand"] == "nog niet gedaan, 1 dag te laat"
    assert todo == "De periode is voorbij. Leg vast waarom het niet is gelukt."


def test_s6_1_c_on_its_last_day(free_days: frozenset[date]) -> None:
    facts = RequestFacts("H1", date(2026, 4, 2), None)
    [finding] = judge_request(facts, today=date(2026, 4, 9), free_days=free_days)
    explanation = why("S6.1-c", facts, finding, date(2026, 4, 9))
    assert dict(explanation.facts)["Stand"] == "nog niet gedaan, vandaag is de laatste dag"
    assert explanation.todo == "Geef een eerste reactie."
    assert explanation.section == "3.2, standaard 6.1"


def test_facts_after_the_day_are_not_shown() -> None:
    facts = a_placement(contacts=(a_contact(date(2027, 2, 9)),), pok=a_pok(filed=date(2027, 2, 9)))
    assert explained("S6.2-a", facts)[0]["Telt mee"] == "0 van 3"
    assert explained("S5", facts)[0]["In het diplomadossier"] == "nog niet"


def test_a_rule_does_not_explain_other_facts() -> None:
    with pytest.raises(TypeError, match="S5 does not speak about RequestFacts"):
        why("S5", RequestFacts("H1", START, None), Finding("S5", "H1", START, None), TODAY)
