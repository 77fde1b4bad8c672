"""The bpv-lijn: no label touches a label, a pole or today; the list holds the same moments."""

from datetime import date, timedelta
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance import lijn
from standards import moments

START, END = date(2026, 8, 31), date(2027, 2, 26)


def points(leerweg="BOL", start=START, end=END, state="coming"):
    found = moments(leerweg, start, end, True)
    return [SimpleNamespace(moment=moment, state=state, word="komt nog") for moment in found]


def drawn(today, **changes):
    values = {"start": START, "end": END, "today": today, "company": "Zorggroep Regge"} | changes
    return lijn.draw(points(start=values["start"], end=values["end"]), **values)


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
    scale = lijn.Scale(found[0].moment.due, found[-1].moment.due)
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
