"""The screens of changes and endings: what they advise, show first, refuse at the field, and do."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from agreements.models import Ending, Kind, Mode, Pok
from bpv.core import clock
from placements.models import Placement
from tests.builders import a_placement, a_pok, a_user, an_ending, signed_by_all

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 12)
ENDING = {"on": "2026-10-12", "reason": "guidance", "asked_by": "student", "culpable": "1"}


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture
def main(db):
    placement = a_placement(keuzedelen=["K0067"])
    by = a_user("coordinator", placement.team)
    return a_pok(placement, signed=signed_by_all(date(2026, 8, 3)), made_by=by)


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def boss(pok):
    return as_(pok.made_by)


def page(name, pok):
    return reverse(name, args=[pok.pk])


def errors(response):
    return sorted(response.context["form"].errors)


@pytest.mark.parametrize(
    ("asked", "answer", "leads_to"),
    [
        ({"change": "add"}, "addendum", "pok_addendum"),
        ({"change": "switch"}, "addendum", "pok_addendum"),
        ({"change": "add", "same_location": "0"}, "keuzedelen_pok", ""),
        ({"change": "finish", "end": "2027-03-26"}, "extension", "pok_addendum"),
        ({"change": "other"}, "end_and_new", "pok_end"),
        ({"change": "nothing"}, "nothing", ""),
    ],
)
def test_the_questions_lead_to_the_document_that_is_needed(main, asked, answer, leads_to):
    given = {"same_location": "1", "start": "2026-10-12", "end": "2027-02-26"} | asked
    shown = boss(main).get(reverse("pok_questions", args=[main.placement.number]), given)
    assert shown.context["advice"].answer == answer
    if leads_to:
        assert shown.context["url"].partition("?")[0] == page(leads_to, main)


def test_the_questions_are_filled_in_and_an_end_before_the_begin_is_refused_there(main):
    url = reverse("pok_questions", args=[main.placement.number])
    form = boss(main).get(url).context["form"]
    assert [form[name].value() for name in ("same_location", "start", "end")] == [
        "1",
        main.placement.start,
        main.placement.end,
    ]
    wrong = {"change": "add", "same_location": "1", "start": "2027-01-01", "end": "2026-12-31"}
    assert errors(boss(main).get(url, wrong)) == ["end"]


def test_an_addendum_shows_first_what_it_moves_and_then_is_sent(main):
    given = {"codes": "K0067", "hours": "240", "end": "2027-04-23", "hours_total": "720", "reason": "Nog niet af"}
    shown = boss(main).post(page("pok_addendum", main), given | {"voorbeeld": "1"})
    assert "Eindgesprek uiterlijk" in [effect.label for effect in shown.context["effects"]]
    assert Pok.objects.filter(belongs_to=main).count() == 0
    boss(main).post(page("pok_addendum", main), given)
    made = Pok.objects.get(belongs_to=main)
    assert (made.kind, made.mode, made.lapses_on) == (Kind.ADDENDUM, Mode.WINDOW, date(2026, 10, 26))


def test_an_addendum_is_signed_when_the_school_wants_that(main, settings):
    settings.ADDENDUM_SIGNED = True
    given = {"codes": "K0067, K0165", "end": "2027-02-26", "hours_total": "600", "reason": "Erbij"}
    boss(main).post(page("pok_addendum", main), given)
    assert Pok.objects.get(belongs_to=main).mode == Mode.DIGITAL


def test_what_is_wrong_stands_at_the_field(main):
    given = {"codes": "K0067", "end": "2027-02-25", "hours_total": "600", "reason": "Korter"}
    assert errors(boss(main).post(page("pok_addendum", main), given)) == ["end"]
    assert errors(boss(main).post(page("pok_end", main), ENDING | {"on": "2026-08-30"})) == ["on"]
    assert errors(boss(main).post(page("pok_end", main), ENDING | {"reason": ""})) == ["reason"]


def test_student_and_leerbedrijf_agree_or_object(main):
    given = {"codes": "K0067, K0165", "end": "2027-02-26", "hours_total": "600", "reason": "Erbij"}
    boss(main).post(page("pok_addendum", main), given)
    made = Pok.objects.get(belongs_to=main)
    student, company = (made.signatories.get(party=party).user for party in ("student", "company"))
    url, sha256 = page("pok_answer", made), {"sha256": made.document.sha256}
    assert errors(as_(company).post(url, sha256 | {"niet": "1", "text": ""})) == ["text"]
    as_(company).post(url, sha256 | {"niet": "1", "text": "Te veel uren"})
    as_(student).post(url, sha256)
    assert made.remarks.get().text == "Te veel uren"
    shown = boss(main).get(page("pok", made)).context
    assert (shown["state_word"], shown["lines"][1].word) == ("toegestuurd", "nog geen antwoord")
    assert sorted(made.signatures.values_list("party", flat=True)) == ["school", "student"]


def test_an_ending_shows_first_what_it_moves_and_then_is_done(main):
    shown = boss(main).post(page("pok_end", main), ENDING | {"voorbeeld": "1"})
    assert len(shown.context["effects"]) > 0
    assert Placement.objects.get().state == "planned"
    boss(main).post(page("pok_end", main), ENDING)
    made = Pok.objects.get(belongs_to=main)
    assert (made.kind, Placement.objects.get().state) == (Kind.ENDING, "ended")
    todo = [way.url for way in boss(main).get(page("pok", made)).context["later"]]
    assert todo == [page("pok_sbb", made), page("pok_further", made)]
    assert boss(main).get(page("pok", main)).context["later"] == []


def test_the_steps_after_an_ending_go_away_when_they_are_done(main):
    made = an_ending(main)
    late = {"on": "2026-10-13"}
    assert errors(boss(main).post(page("pok_sbb", made), late)) == ["on"]
    boss(main).post(page("pok_sbb", made), {"on": "2026-10-12"})
    assert Ending.objects.get().sbb_informed_on == TODAY
    boss(main).post(page("pok_further", made), {"text": "Elke maandag een gesprek."})
    assert boss(main).get(page("pok", made)).context["later"] == []
    assert Pok.objects.get(kind=Kind.FURTHER).mode == Mode.DIGITAL
