"""The bpv-lijn: no label touches a label, a pole or today; the list holds the same moments."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance import lijn
from compliance.timescale import EDGES, Scale
from standards import moments

START, END = date(2026, 8, 31), date(2027, 2, 26)


def points(leerweg="BOL", start=START, end=END, state="coming", done_on=None):
    found = moments(leerweg, start, end, True)
    return [SimpleNamespace(moment=moment, state=state, word="komt nog", done_on=done_on) for moment in found]


def drawn(today, leerweg="BOL", **changes):
    values = {"start": START, "end": END, "today": today, "company": "Zorggroep Regge"} | changes
    return lijn.draw(points(leerweg, start=values["start"], end=values["end"]), **values)


def test_a_usual_bpv_is_drawn_with_all_its_moments():
    line = drawn(date(2026, 11, 23))
    assert len(line.marks) == len({point.moment.due for point in points()} - {START})
    assert [step.title for step in line.steps if step.kind == "phase"] == [
        "Voorbereiding",
        "Bpv bij Zorggroep Regge",
        "Afronding",
    ]


def test_the_list_holds_every_moment_in_the_order_of_time_and_today_between_them():
    line = drawn(date(2026, 11, 23))
    listed = [step for step in line.steps if step.kind == "moment"]
    assert sorted(step.title for step in listed) == sorted(point.moment.title for point in points())
    today = [step.kind for step in line.steps].index("today")
    before = {step.is_past for step in line.steps[:today] if step.kind == "moment"}
    after = {step.is_past for step in line.steps[today:] if step.kind == "moment"}
    assert (before, after) == ({True}, {False})


def handbook(leerweg, weeks):
    """The titles of the moments with their weeks from the start."""
    found = points(leerweg, START, START + timedelta(weeks=weeks))
    return [(point.moment.title, round((point.moment.due - START).days / 7, 1)) for point in found]


def test_the_moments_are_those_of_the_first_page_of_the_handbook():
    assert handbook("BOL", 26) == [
        ("Start voorbereiding", -16),
        ("Matching", -6),
        ("Informatie nieuw leerbedrijf", -4),
        ("Voorlichting praktijkopleider", -1),
        ("POK compleet", -0.1),
        ("Start bpv", 0),
        ("1e bpv-bezoek", 4),
        ("2e bpv-bezoek", 13),
        ("SBB-enquête", 24),
        ("Eindgesprek", 26),
        ("Evaluatie", 30),
    ]
    in_three_years = [
        ("Start voorbereiding", -16),
        ("Matching", -6),
        ("Informatie nieuw leerbedrijf", -4),
        ("Voorlichting praktijkopleider", -1),
        ("POK getekend", -0.1),
        ("Start bpv", 0),
        ("POK in dossier", 1.9),
        ("1e bpv-bezoek", 4),
        ("2e bpv-bezoek", 78),
        ("SBB-enquête", 154),
        ("Eindgesprek", 156),
        ("Evaluatie", 160),
    ]
    assert handbook("BBL", 156) == in_three_years


def test_moments_of_a_short_bpv_on_one_day_share_a_shape():
    line = drawn(START, end=START + timedelta(weeks=8))
    assert [mark.lines[0] for mark in line.marks if "+" in mark.lines[0]] == ["1e bpv-bezoek + 2e bpv-bezoek"]


def test_before_and_after_there_is_no_line_of_today():
    for today, past in ((START - timedelta(weeks=30), set()), (END + timedelta(weeks=30), {"past"})):
        line = drawn(today)
        assert (line.today_x, line.today_pole, [step for step in line.steps if step.kind == "today"]) == ("", "", [])
        assert {css for css, _x, _width in line.bands} == (past or {"next"})
        assert line.marks != []


def test_what_is_done_shows_the_day_it_was_done():
    found = points(state="done", done_on=date(2026, 8, 20))
    line = lijn.draw(found, start=START, end=END, today=date(2026, 11, 23))
    assert {mark.lines[1] for mark in line.marks} == {"do 20 aug"}
    moments_listed = {step.note for step in line.steps if step.kind == "moment" and step.title != "Start bpv"}
    assert moments_listed == {"gedaan op do 20 aug 2026"}
    assert drawn(date(2026, 11, 23)).marks[0].lines[1] == "uiterlijk ma 11 mei"


def test_a_drawing_without_far_labels_is_lower():
    line = drawn(START - timedelta(weeks=30), end=START + timedelta(weeks=52))
    top, height = (float(number) for number in (line.view.split()[1], line.view.split()[3]))
    highest = min(float(mark.text_y) for mark in line.marks) - 14
    lowest = max(float(mark.text_y) for mark in line.marks) - 14 + lijn.LABEL
    assert top < highest
    assert lowest < 302 + float(line.lower)
    assert height == 356 - top + float(line.lower)


@pytest.mark.parametrize("leerweg", ["BOL", "BBL"])
@pytest.mark.parametrize("weeks", [8, 20, 40, 156])
def test_short_or_long_there_is_a_drawing_on_every_day(leerweg, weeks):
    end = START + timedelta(weeks=weeks)
    days = [START + timedelta(days=days) for days in range(-120, weeks * 7 + 40, 19)]
    assert [day for day in days if not drawn(day, leerweg, end=end).marks] == []


@pytest.mark.parametrize("weeks", [3, 8, 26, 156])
def test_the_scale_goes_on_with_every_day_from_end_to_end(weeks):
    first, end = START - timedelta(weeks=16), START + timedelta(weeks=weeks)
    last = end + timedelta(weeks=4)
    for left, right in EDGES:
        scale = Scale(first, last, START, end, (left, right))
        found = [scale.x(first + timedelta(days=days)) for days in range((last - first).days + 1)]
        assert (found[0], round(found[-1], 6)) == (left, right)
        assert found == sorted(set(found))


def test_the_first_number_says_that_they_are_weeks():
    assert [text for _x, text, _css in drawn(START).weeks][:2] == ["week −16", "−12"]
    assert [css for _x, text, css in drawn(START).weeks if text == "0"] == ["zero"]


def test_numbers_are_written_with_a_point_whatever_the_locale():
    line = drawn(date(2026, 11, 23))
    assert [mark.x for mark in line.marks if "," in mark.x] == []


@given(
    start=st.dates(date(2024, 8, 1), date(2028, 1, 1)),
    weeks=st.integers(5, 160),
    offset=st.integers(-200, 1200),
    leerweg=st.sampled_from(["BOL", "BBL"]),
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_label_touches_a_label_a_pole_or_today(start, weeks, offset, leerweg):
    end, today = start + timedelta(weeks=weeks), start + timedelta(days=offset)
    found = sorted(points(leerweg, start, end), key=lambda point: point.moment.due)
    scale = Scale(found[0].moment.due, found[-1].moment.due, start, end, EDGES[0])
    marks = lijn.marks_of([point for point in found if point.moment.due != start], scale)
    today_x = scale.x(today)
    places = lijn.arrange(marks, today_x)
    boxes = [(mark, place, *mark.box(place)) for mark, place in zip(marks, places, strict=False)]
    for index, (mark, place, left, right) in enumerate(boxes):
        assert left >= 0
        assert right <= lijn.WIDTH
        assert not left < today_x < right
        for other, where, other_left, other_right in boxes[index + 1 :]:
            if where.side == place.side and where.tier == place.tier:
                assert right < other_left or other_right < left
            if where.side == place.side and where.tier > place.tier:
                assert not left < other.x < right
            if where.side == place.side and place.tier > where.tier:
                assert not other_left < mark.x < other_right


@pytest.mark.parametrize(
    ("name", "width", "shown"),
    [("Afronding", 100.0, "Afronding"), ("Bpv bij Zorggroep Regge", 100.0, "Bpv bij Zor…"), ("Afronding", 5.0, "…")],
)
def test_the_name_of_a_phase_stays_below_its_own_part_of_the_line(name, width, shown):
    assert lijn.shortened(name, width) == shown
