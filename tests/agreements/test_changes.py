"""What belongs to a signed POK: an addendum for keuzedelen (KZD-02..KZD-04, KZD-07) and a rectification."""

import subprocess
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from agreements import changes, sealing, signing
from agreements.document import freeze
from agreements.lifecycle import State, state_of
from agreements.models import Mode, Pok
from bpv.core import clock, documents
from placements.models import Placement
from tests.builders import a_placement, a_pok, a_user, sign_for, signed_by_all

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 3)
WHY = "Een keuzedeel erbij"


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def a_main(**fields):
    placement = a_placement(keuzedelen=["K0067"])
    by = a_user("coordinator", placement.team)
    return a_pok(placement, made_by=by, **{"signed": signed_by_all(TODAY)} | fields)


def an_addendum(main, keuzedelen, **fields):
    return changes.make_addendum(
        pok=main, by=main.made_by, today=TODAY, keuzedelen=keuzedelen, **{"reason": WHY} | fields
    )


def text_of(pok, tmp_path):
    file = tmp_path / f"{pok.number}.pdf"
    file.write_bytes(documents.read(pok.document))
    said = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True)
    return " ".join(said.stdout.split())


def refused(deed):
    """The field and the words of the refusal."""
    with pytest.raises(ValidationError) as fault:
        deed()
    return fault.value.message_dict if hasattr(fault.value, "error_dict") else fault.value.messages


def test_an_addendum_is_a_document_of_its_own(tmp_path):
    main = a_main()
    freeze(main, TODAY)
    made = an_addendum(main, {"K0067": 240, "K0165": None})
    assert (made.number, made.version, made.kind, made.belongs_to) == (f"{main.number}-A1", 1, "addendum", main)
    assert made.particulars == {
        "reason": WHY,
        "old_keuzedelen": ["K0067"],
        "new_keuzedelen": ["K0067", "K0165"],
    }
    assert list(made.lines.values_list("code", "hours")) == [("K0067", 240), ("K0165", None)]
    said = text_of(made, tmp_path)
    wanted = [f"{main.number}, versie 1", "K0165", WHY, made.number]
    assert [word for word in wanted if word not in said] == []
    assert main.document.sha256 in said.replace(" ", "")
    assert an_addendum(main, {"K0165": 240}).number == f"{main.number}-A2"


@pytest.mark.parametrize(
    ("keuzedelen", "end"),
    [
        ({"K0067": 240}, None),  # nothing changes
        ({"K0067": 240}, date(2027, 2, 26)),  # the same last day
        ({}, date(2027, 2, 27)),  # longer, but for no keuzedeel
        ({"K0067": 240}, date(2027, 2, 25)),  # shorter is ending
        ({"K0067": 240, "K0165": 240}, date(2027, 2, 27)),  # a new one in a longer period is a POK of its own
    ],
)
def test_kzd_07_an_addendum_is_for_keuzedelen_only(keuzedelen, end):
    main = a_main()
    if not keuzedelen:
        Placement.objects.update(keuzedelen=[])
    refused(lambda: an_addendum(main, keuzedelen, end=end))
    assert Pok.objects.filter(belongs_to=main).count() == 0


def test_dates_are_refused_at_the_field():
    main = a_main()
    assert list(refused(lambda: an_addendum(main, {"K0067": 240}, end=date(2027, 2, 25)))) == ["end"]


@pytest.mark.parametrize("signed", [{}, {"student": TODAY}, {"student": TODAY, "company": TODAY}])
def test_only_with_a_signed_pok(signed):
    main = a_main(signed=signed)
    refused(lambda: an_addendum(main, {"K0067": 240, "K0165": 240}))
    assert Pok.objects.filter(belongs_to=main).count() == 0


def test_kzd_04_a_longer_end_moves_the_placement_when_everybody_signed():
    main = a_main()
    end = date(2027, 4, 23)
    made = an_addendum(main, {"K0067": 240}, end=end, hours_total=720)
    signing.offer(pok=made, by=main.made_by, mode=Mode.DIGITAL, today=TODAY)
    for party in ("student", "school"):
        sign_for(Pok.objects.get(pk=made.pk), party)
    placement = Placement.objects.get(pk=main.placement_id)
    assert (placement.end, placement.keuzedelen, placement.hours_total) == (date(2027, 2, 26), ["K0067"], 600)
    sign_for(Pok.objects.get(pk=made.pk), "company")
    placement.refresh_from_db()
    assert (placement.end, placement.keuzedelen, placement.hours_total) == (end, ["K0067"], 720)
    assert Pok.objects.get(pk=main.pk).end == date(2027, 2, 26)


def test_a_period_that_overlaps_is_refused_before_anybody_reads_it():
    main = a_main()
    placement = main.placement
    later = {"start": date(2027, 3, 1), "end": date(2027, 7, 9)}
    a_placement(student=placement.student, location=placement.location, programme=placement.programme, **later)
    assert list(refused(lambda: an_addendum(main, {"K0067": 240}, end=date(2027, 3, 1)))) == ["end"]
    assert an_addendum(main, {"K0067": 240}, end=date(2027, 2, 28)).end == date(2027, 2, 28)


def sealed_pok():
    main = a_main(signed={})
    freeze(main, TODAY)
    signing.offer(pok=main, by=main.made_by, mode=Mode.DIGITAL, today=TODAY)
    for party in ("student", "company", "school"):
        sign_for(Pok.objects.get(pk=main.pk), party, by=main.made_by if party == "school" else None)
    sealing.seal_waiting(clock.now())
    return Pok.objects.get(pk=main.pk)


def test_a_rectification_quotes_both_and_leaves_the_sealed_one_as_it_was(seal_key, tmp_path):
    main = sealed_pok()
    before = main.sealed.sha256
    words = {"old": "24 uur per week", "new": "32 uur per week", "why": "Verkeerd overgenomen"}
    made = changes.make_rectification(pok=main, by=main.made_by, today=TODAY, **words)
    assert (made.number, made.kind, made.particulars) == (f"{main.number}-R1", "rectification", words)
    said = text_of(made, tmp_path)
    assert [word for word in words.values() if word not in said] == []
    assert before in said.replace(" ", "")
    assert (Pok.objects.get(pk=main.pk).sealed.sha256, state_of(main, TODAY)) == (before, State.FILED)


def test_before_the_seal_there_is_a_new_version_instead():
    main = a_main()
    why = {"old": "a", "new": "b", "why": "c"}
    refused(lambda: changes.make_rectification(pok=main, by=main.made_by, today=TODAY, **why))
    assert Pok.objects.filter(belongs_to=main).count() == 0
