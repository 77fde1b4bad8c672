"""A change that was sent: ten workdays to answer, then silence makes it final (T16)."""

import subprocess
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from agreements import chain, changes, returning, sealing, verifying, window
from agreements.lifecycle import State, state_of
from agreements.models import Pok
from bpv.core import clock, documents
from bpv.core.models import FreeDay, OutboxMail
from placements.models import Placement
from tests.builders import a_placement, a_pok, a_user, signed_by_all

pytestmark = pytest.mark.django_db
SENT = date(2026, 9, 1)  # a Tuesday
CLIENT = {"ip": "192.0.2.7", "agent": "Browser"}


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(SENT):
        yield


def an_addendum():
    placement = a_placement(keuzedelen=["K0067"])
    by = a_user("coordinator", placement.team)
    main = a_pok(placement, signed=signed_by_all(date(2026, 8, 3)), made_by=by)
    wanted = {"K0067": 240, "K0165": 240}
    made = changes.make_addendum(pok=main, by=by, today=SENT, keuzedelen=wanted, reason="Erbij")
    return window.send(pok=made, by=by, today=SENT)


def fresh(pok):
    return Pok.objects.get(pk=pok.pk)


def confirm(pok, party):
    by = pok.signatories.get(party=party).user
    return window.confirm(pok=pok, by=by, sha256=pok.document.sha256, client=CLIENT)


def object_to(pok, party="company"):
    by = pok.signatories.get(party=party).user
    return window.object_to(pok=pok, by=by, text="De uren kloppen niet.", client=CLIENT)


def test_the_school_agrees_by_sending_it():
    pok = an_addendum()
    kept = pok.signatures.get()
    assert (kept.party, kept.method, kept.signed_on, kept.sha256) == (
        "school",
        "confirmed",
        SENT,
        pok.document.sha256,
    )
    assert (kept.signed_at, kept.recorded_by) == (clock.now(), pok.offered_by)
    assert [link["event"] for link in chain.as_list(pok)] == ["offered", "confirmed"]


@pytest.mark.parametrize(
    ("sent", "free", "last"),
    [
        (date(2026, 9, 1), [], date(2026, 9, 15)),  # over two weekends
        (date(2026, 9, 4), [], date(2026, 9, 18)),  # sent on a Friday
        (date(2026, 9, 5), [], date(2026, 9, 18)),  # sent on a Saturday
        (date(2026, 9, 1), [date(2026, 9, 10)], date(2026, 9, 16)),  # a free day between
        (date(2026, 9, 1), [date(2026, 9, 12)], date(2026, 9, 15)),  # a free Saturday takes none
    ],
)
def test_the_tenth_workday_after_sending_is_the_last(sent, free, last):
    for day in free:
        FreeDay.objects.get_or_create(date=day, defaults={"name": "vrij"})
    assert window.last_day(sent, date(2026, 8, 31)) == last


def test_on_the_last_good_day_it_waits_and_on_the_day_after_it_is_final():
    pok = an_addendum()
    last = date(2026, 9, 15)
    with clock.moved(last):
        assert (window.close_windows(clock.now()), state_of(fresh(pok), last)) == (0, State.OFFERED)
    after = last + timedelta(days=1)
    with clock.moved(after):
        assert (window.close_windows(clock.now()), state_of(fresh(pok), after)) == (1, State.COMPLETE)
        assert window.close_windows(clock.now()) == 0
    closed = pok.events.get(event="window_closed")
    assert closed.data == {"silent": ["student", "company"]}
    assert chain.is_intact(chain.as_list(pok))


def test_on_the_last_good_day_one_may_answer_and_on_the_day_after_not():
    pok = an_addendum()
    with clock.moved(date(2026, 9, 15)):
        assert confirm(pok, "student").method == "confirmed"
    with clock.moved(date(2026, 9, 16)), pytest.raises(ValidationError) as fault:
        confirm(pok, "company")
    assert fault.value.code == "late"


def test_it_is_final_at_once_when_both_agree():
    pok = an_addendum()
    confirm(pok, "company")
    assert state_of(fresh(pok), SENT) == State.OFFERED
    confirm(pok, "student")
    assert state_of(fresh(pok), SENT) == State.COMPLETE
    assert fresh(pok).placement.keuzedelen == ["K0067", "K0165"]


def test_nobody_agrees_twice_or_for_another():
    pok = an_addendum()
    confirm(pok, "student")
    with pytest.raises(ValidationError) as fault:
        confirm(pok, "student")
    assert fault.value.code == "party"


def test_other_bytes_are_refused():
    pok = an_addendum()
    with pytest.raises(ValidationError):
        window.confirm(pok=pok, by=pok.signatories.get(party="student").user, sha256="0" * 64, client=CLIENT)
    assert pok.signatures.count() == 1


def test_an_objection_keeps_it_from_being_final_and_tells_the_school():
    pok = an_addendum()
    remark = object_to(pok)
    assert (remark.kind, remark.party) == ("objection", "company")
    assert OutboxMail.objects.filter(kind="pok_sent_back").count() == 1
    with clock.moved(date(2026, 9, 16)):
        assert window.close_windows(clock.now()) == 0
    assert fresh(pok).complete_at is None


@pytest.mark.parametrize(("accepted", "closed"), [(False, 1), (True, 0)])
def test_what_the_school_turned_down_no_longer_stops_it_what_it_found_right_does(accepted, closed):
    pok = an_addendum()
    remark = object_to(pok)
    returning.settle(remark=remark, by=pok.offered_by, accepted=accepted, answer="Zo is het afgesproken.")
    with clock.moved(date(2026, 9, 16)):
        assert window.close_windows(clock.now()) == closed


def test_what_ended_meanwhile_does_not_change_any_more():
    an_addendum()
    Placement.objects.update(state="ended", ended_on=date(2026, 9, 11), reason="anders")
    with clock.moved(date(2026, 9, 16)):
        assert window.close_windows(clock.now()) == 1
    assert Placement.objects.get().keuzedelen == ["K0067"]


def test_one_that_cannot_be_final_does_not_hold_up_the_others():
    stuck, other = an_addendum(), an_addendum()
    Placement.objects.filter(pk=stuck.placement_id).update(hours_per_week=0)
    with clock.moved(date(2026, 9, 16)):
        assert window.close_windows(clock.now()) == 1
    assert [fresh(pok).complete_at is None for pok in (stuck, other)] == [True, False]


def test_a_closed_window_is_sealed_with_the_confirmations_there_are(seal_key):
    pok = an_addendum()
    confirm(pok, "student")
    with clock.moved(date(2026, 9, 16)):
        window.close_windows(clock.now())
        assert sealing.seal_waiting(clock.now()) == 1
    sealed = fresh(pok)
    found = verifying.examine(documents.read(sealed.sealed))
    assert (found.fault, sorted(found.parties)) == ("", ["school", "student"])


def test_the_evidence_claims_no_signatures_that_were_not_given(seal_key, tmp_path):
    pok = an_addendum()
    with clock.moved(date(2026, 9, 16)):
        window.close_windows(clock.now())
        sealing.seal_waiting(clock.now())
    file = tmp_path / "sealed.pdf"
    file.write_bytes(documents.read(fresh(pok).sealed))
    said = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True)
    page = " ".join(said.stdout.partition("Bewijs van toesturen")[2].split())
    assert [word for word in ("elektronisch ondertekend", "Wie tekende", "getekend") if word in page] == []
    assert page.count("uitdrukkelijk akkoord gegeven: student, leerbedrijf.") == 1
    mails = OutboxMail.objects.filter(kind="pok_sealed")
    assert {mail.subject for mail in mails} == {f"{pok.number} is definitief"}
