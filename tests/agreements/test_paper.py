"""A round on paper: only a person's check of every signature on the original counts (POK-02, POK-08, POK-09)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from agreements import paper, services
from agreements.lifecycle import State, state_of
from agreements.models import Pok, Signature
from bpv.core import clock
from compliance import facts
from tests.builders import a_placement, a_pok, a_round

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 3)
PARTIES = ("student", "company", "school")


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def on_paper(leerweg="BOL"):
    return a_round(a_placement(leerweg=leerweg), mode="paper")


def received(pok):
    by = pok.offered_by
    paper.mark_sent(pok=pok, by=by, on=date(2026, 7, 28), today=TODAY)
    paper.receive_original(pok=pok, by=by, on=date(2026, 8, 3), channel="post", today=TODAY)
    return pok


def check(pok, days=date(2026, 8, 1), parties=PARTIES):
    signatures = {party: (f"Naam {party}", days) for party in parties}
    return paper.check_original(pok=pok, by=pok.offered_by, signatures=signatures, kept_at="Kast 3", today=TODAY)


def refused(deed):
    with pytest.raises(ValidationError) as fault:
        deed()
    return fault.value.message_dict if hasattr(fault.value, "error_dict") else fault.value.messages


def state(pok):
    return state_of(Pok.objects.get(pk=pok.pk), TODAY)


@pytest.mark.parametrize(("leerweg", "dossier"), [("BOL", "diplomadossier"), ("BBL", "bekostigingsdossier")])
def test_sent_received_checked_and_then_filed_by_hand(leerweg, dossier):
    pok = on_paper(leerweg)
    received(pok)
    assert (state(pok), Signature.objects.count()) == (State.OFFERED, 0)  # receiving alone does not count
    check(pok)
    pok.refresh_from_db()
    assert (state(pok), pok.seal_due_at, pok.sealed) == (State.SIGNED, None, None)
    assert sorted(pok.signatures.values_list("party", "method", "original_received_on")) == [
        (party, "paper", TODAY) for party in sorted(PARTIES)
    ]
    services.file_pok(pok=pok, by=pok.offered_by, on=TODAY)
    known = facts.facts_of(pok.placement).pok
    assert (known.signed_student, known.filed_on) == (date(2026, 8, 1), TODAY)
    assert Pok.objects.get().filed_in == dossier


def test_pok_08_not_before_the_original_is_there():
    pok = on_paper()
    assert refused(lambda: check(pok)) == ["Leg eerst vast wanneer het origineel is ontvangen."]


@pytest.mark.parametrize("parties", [(), ("student",), ("student", "company")])
def test_pok_02_every_signature_must_be_on_it(parties):
    pok = received(on_paper())
    assert refused(lambda: check(pok, parties=parties)) == ["Op het origineel moeten alle handtekeningen staan."]
    assert Signature.objects.count() == 0


def test_the_last_good_day_and_the_first_bad_one():
    by_day = {}
    for day in (date(2026, 8, 3), date(2026, 8, 4)):
        pok = received(on_paper())
        try:
            check(pok, days=day)
            by_day[day] = "done"
        except ValidationError as fault:
            by_day[day] = sorted(fault.message_dict)
    assert by_day == {date(2026, 8, 3): "done", date(2026, 8, 4): ["on_student"]}
    pok = on_paper()
    later = date(2026, 8, 4)
    future = ["Deze datum ligt in de toekomst."]
    assert refused(lambda: paper.mark_sent(pok=pok, by=pok.offered_by, on=later, today=TODAY)) == {"sent_on": future}
    receive = lambda on: paper.receive_original(pok=pok, by=pok.offered_by, on=on, channel="post", today=TODAY)  # noqa: E731
    assert refused(lambda: receive(later)) == {"received_on": future}
    paper.mark_sent(pok=pok, by=pok.offered_by, on=TODAY, today=TODAY)
    assert refused(lambda: receive(date(2026, 8, 2))) == {"received_on": ["Toen was het document nog niet verzonden."]}


def test_never_mixed_with_a_digital_round_and_not_without_a_round():
    words = ["Deze POK wordt op een andere manier getekend."]
    for pok in (a_round(), a_pok(a_placement())):
        assert refused(lambda pok=pok: paper.mark_sent(pok=pok, by=pok.offered_by, on=TODAY, today=TODAY)) == words


def test_what_was_taken_over_half_signed_is_finished_on_paper():
    pok = a_pok(a_placement(), {"student": date(2026, 7, 1)})
    pok.offered_by = pok.placement.teacher
    paper.receive_original(pok=pok, by=pok.offered_by, on=TODAY, channel="student", today=TODAY)
    check(pok, parties=("company", "school"))
    assert state(pok) == State.SIGNED


def test_the_page_asks_one_step_at_a_time(client):
    pok = on_paper()
    client.force_login(pok.offered_by)
    url = f"/pok/{pok.pk}/papier/"
    assert client.get(url).context["step"] == "send"
    assert client.post(url, {"sent_on": "2026-08-04"}).context["form"].errors == {
        "sent_on": ["Deze datum ligt in de toekomst."]
    }
    client.post(url, {"sent_on": "2026-08-03"})
    client.post(url, {"received_on": "2026-08-03", "channel": "person"})
    form = client.get(url).context["form"]
    assert [name for name in form.fields if name.startswith("on_")] == ["on_student", "on_company", "on_school"]
    given = {f"name_{party}": "Naam" for party in PARTIES} | {f"on_{party}": "2026-08-01" for party in PARTIES}
    assert client.post(url, given | {"kept_at": "Kast 3"}).status_code == 302
    assert (state(pok), client.get(url).context["form"]) == (State.SIGNED, None)


@pytest.mark.django_db(transaction=True)
def test_eight_checks_at_the_same_moment_keep_one():
    pok = received(on_paper())

    def one(_turn):
        try:
            with clock.moved(TODAY):
                check(pok)
            return "done"
        except ValidationError:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(one, range(8)))
    assert (answers, Signature.objects.count()) == (["done"] + ["refused"] * 7, 3)
