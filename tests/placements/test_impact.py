"""What a change of dates or hours moves, before it is done."""

from dataclasses import replace
from datetime import date

from placements.impact import Period, impact

BEFORE = Period("BOL", date(2026, 8, 31), date(2027, 2, 26), 600)


def of(after):
    return [(effect.label, effect.old, effect.new) for effect in impact(BEFORE, after)]


def test_nothing_moves_without_a_change():
    assert of(BEFORE) == []


def test_a_later_end_moves_the_talks_and_the_hours_of_a_next_school_year():
    found = {label: (old, new) for label, old, new in of(Period("BOL", BEFORE.start, date(2027, 9, 3), 760))}
    talks = {"Tweede gesprek", "Eindgesprek uiterlijk"}
    assert talks <= set(found)
    assert found["Eindgesprek uiterlijk"] == ("vr 26 feb 2027", "vr 3 sep 2027")
    years = {label: pair for label, pair in found.items() if label.startswith("Uren in")}
    assert sorted(years) == ["Uren in 2026-2027", "Uren in 2027-2028"]
    assert years["Uren in 2027-2028"][0] == ""
    assert sum(int(new) for _old, new in years.values()) == 760
    assert "Eerste contact uiterlijk" not in found


def test_vak_01_a_longer_bpv_has_no_hours_in_the_summer_break():
    before = Period("BOL", date(2027, 6, 1), date(2027, 7, 9), 143, [(date(2027, 7, 10), date(2027, 8, 22))])
    effects = impact(before, replace(before, end=date(2027, 10, 31), hours=400))
    years = [(effect.label, effect.old, effect.new) for effect in effects if effect.label.startswith("Uren in")]
    assert years == [("Uren in 2027-2028", "", "257")]


def test_only_other_hours_move_only_hours():
    assert of(Period("BOL", BEFORE.start, BEFORE.end, 480)) == [("Uren in 2026-2027", "600", "480")]


def test_an_early_last_day_moves_no_deadline_before_the_start():
    found = {label for label, _old, _new in of(Period("BOL", BEFORE.start, date(2026, 10, 12), 600))}
    assert "Eindgesprek uiterlijk" in found
    assert not {label for label in found if "POK" in label}
