"""Every party clicks eight times at once, over HTTP: one signature each, one seal, one mail each (T17, R22).

STORM=200 for the large one: that many POKs.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client

from agreements import chain, sealing, signing
from agreements.lifecycle import State, state_of
from agreements.models import Pok, Signature, SigningEvent
from bpv.core import clock, mail
from bpv.core.models import AuditEvent, MailState, OutboxMail
from tests.agreements.test_sealing import PARTIES, offered
from tests.agreements.test_signing_pages import COMPANY, PASSWORD, SCHOOL, STUDENT, fresh_client
from tests.core.conftest import smtp  # noqa: F401 - fixture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.filterwarnings("ignore::ResourceWarning")]
HOW_MANY = int(os.environ.get("STORM", "6"))
TIMES = 8
TODAY = date(2026, 8, 3)
GIVEN = {"student": STUDENT, "company": COMPANY, "school": SCHOOL}
TOKEN = "b" * 32


@pytest.fixture(autouse=True)
def _day(settings):
    settings.ACCOUNT_RATE_LIMITS = False
    with clock.moved(TODAY):
        yield


def session_of(pok: Pok, party: str) -> str:
    """The cookie of who signs for the party; the school gave its password a moment ago."""
    signer = pok.signatories.filter(party=party).first()
    user = (signer and signer.user) or pok.offered_by
    if party == "school":
        user.set_password(PASSWORD)
        user.save()
        return str(fresh_client(user).cookies["sessionid"].value)
    client = Client()
    client.force_login(user)
    return str(client.cookies["sessionid"].value)


def click(host: str, pok: Pok, party: str, session: str) -> int:
    """The sign page is sent; gives the status."""
    line = HTTPConnection(host, timeout=120)
    values = GIVEN[party] | {"sha256": pok.document.sha256, "csrfmiddlewaretoken": TOKEN}
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
    }
    try:
        line.request("POST", f"/pok/{pok.pk}/tekenen/", urlencode(values), headers)
        return line.getresponse().status
    finally:
        line.close()


def at_once(jobs: Iterable[Callable[[], Any]]) -> list[Any]:
    """Eight at a time, each with a connection of its own."""

    def one(job: Callable[[], Any]) -> Any:
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as pool:
        return list(pool.map(one, jobs))


def storm(url: str, how_many: int) -> tuple[list[Pok], Counter[int]]:
    """Everybody of every POK signs eight times at once; the POKs and how often each status came."""
    poks = [offered() for _ in range(how_many)]
    host = urlsplit(url).netloc
    clicks = [(pok, party, session_of(pok, party)) for pok in poks for party in PARTIES]
    jobs = [lambda one=one: click(host, *one) for one in clicks for _time in range(TIMES)]
    return poks, Counter(at_once(jobs))


def test_one_signature_a_party_one_seal_one_mail_each(live_server, seal_key, smtp):  # noqa: F811
    poks, statuses = storm(live_server.url, HOW_MANY)
    assert statuses == Counter({302: HOW_MANY * len(PARTIES) * TIMES})
    pairs = Counter(Signature.objects.values_list("pok", "party"))
    assert pairs == Counter((pok.pk, party) for pok in poks for party in PARTIES)
    assert SigningEvent.objects.filter(event="complete").count() == HOW_MANY
    assert AuditEvent.objects.filter(event="pok_signed").count() == HOW_MANY * len(PARTIES)
    assert [chain.is_intact(chain.as_list(pok)) for pok in poks] == [True] * HOW_MANY
    while any(at_once(lambda: sealing.seal_waiting(clock.now()) for _worker in range(TIMES))):
        pass
    seals = Counter(AuditEvent.objects.filter(event="pok_sealed").values_list("subject_id", flat=True))
    assert seals == Counter(pok.pk for pok in poks)
    assert {state_of(Pok.objects.get(pk=pok.pk), TODAY) for pok in poks} == {State.FILED}
    at_once(mail.deliver_waiting for _worker in range(TIMES))
    everybody = Counter(OutboxMail.objects.filter(kind="pok_sealed").values_list("to", flat=True))
    subjects = set(OutboxMail.objects.filter(kind="pok_sealed").values_list("subject", flat=True))
    arrived = Counter(message["To"] for message in smtp.received if message["Subject"] in subjects)
    assert set(everybody.values()) == {1}
    assert (len(everybody), arrived) == (HOW_MANY * len(PARTIES), everybody)
    assert set(OutboxMail.objects.values_list("state", flat=True)) == {MailState.SENT}


def test_control_without_the_lock_the_storm_goes_wrong(live_server, monkeypatch):
    """Each signs the row as it was read before: a click fails, a POK is never complete, or its chain breaks."""
    monkeypatch.setattr(
        signing, "locked", lambda pok: Pok.objects.select_related("placement", "document").get(pk=pok.pk)
    )
    for _round in range(20):
        poks, statuses = storm(live_server.url, 4)
        complete = {state_of(Pok.objects.get(pk=pok.pk), TODAY) for pok in poks} == {State.COMPLETE}
        if not complete or set(statuses) != {302}:
            return
    pytest.fail("without the lock nothing went wrong")
