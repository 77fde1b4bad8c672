"""The catalogue is complete, in handbook order, and every rule measures something in it."""

import re
from dataclasses import replace
from datetime import date

import pytest

from standards import CATALOGUE, RULES, norms
from standards.norms import EDITIONS, norms_for

CODES = """
S1 S1-a S1-b S1-c S1-d S1-e S1-f S1-g S1-h S1-i
S2 S2.1 S2.1-01 S2.1-02 S2.1-03 S2.1-04 S2.1-05 S2.1-06 S2.1-07 S2.1-08 S2.1-09 S2.1-10 S2.1-11 S2.1-12 S2.1-13
S2.2 S2.3 S2.3-a S2.3-b S2.3-c S2.3-d
S3 S3.1 S3.1a S3.1b S3.2 S3.2-a S3.2-b S3.2-c S3.2-d
S4 S4-x S4.1 S4.2 S4.2-a S4.2-b S4.2-c S4.2-d
S5 S5-BIJL S5-BOL S5-BBL POK-03 LB-02
S6 S6.1 S6.1-a S6.1-b S6.1-c S6.1-d S6.2 S6.2-a S6.2-b S6.2-c S6.2-d S6.3 S6.4 S6.4-a S6.4-b
S7 S8 S8-a S8-b S8-c S8-d BEO-06 BEO-09 BEO-12 S9 S9-a S9-b
"""
FORBIDDEN = re.compile(r"[Ll]eermeester|[Pp]raktijkbegeleider|[Pp]raktijkdocent|\bBPV\b|\b[Ss]tages?\b|OnStage")


def test_every_standard_and_sub_standard_in_handbook_order() -> None:
    assert [standard.code for standard in CATALOGUE] == CODES.split()


def test_rules_in_their_order() -> None:
    first = ["POK-03", "S5", "LB-02", "S4.2-a", "S4.2-b", "S6.2-a", "S6.2-b", "S6.1-c"]
    assert list(RULES) == [*first, "S7", "S8-a", "S8-b", "BEO-06", "BEO-09", "S8-c", "BEO-12", "S8-d"]
    assert [rule.code for rule in RULES.values()] == list(RULES)


def test_every_rule_measures_a_standard_and_every_measure_is_a_rule() -> None:
    assert {standard.measured_by for standard in CATALOGUE} - {None} == set(RULES)
    assert {rule.standard for rule in RULES.values()} <= {standard.code for standard in CATALOGUE}


def test_titles_are_different_short_and_in_the_agreed_words() -> None:
    titles = [standard.title for standard in CATALOGUE] + [rule.name for rule in RULES.values()]
    assert len(set(titles)) == len(titles)
    assert [title for title in titles if len(title) > 75] == []
    words = titles + [rule.sentence for rule in RULES.values()]
    assert [text for text in words if FORBIDDEN.search(text)] == []


def test_a_placement_is_judged_by_the_edition_valid_on_its_start(monkeypatch: pytest.MonkeyPatch) -> None:
    current = EDITIONS[-1]
    stricter = replace(current, edition="volgende", valid_from=date(2027, 8, 1), first_contact_days=21)
    monkeypatch.setattr(norms, "EDITIONS", (current, stricter))
    assert norms_for(date(2027, 7, 31)) is current
    assert norms_for(date(2027, 8, 1)) is stricter
    assert norms_for(date(2020, 1, 1)) is current
