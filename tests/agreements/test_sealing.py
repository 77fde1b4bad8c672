"""One seal under what everybody signed, with its evidence inside; without key or timestamp it waits (T19, T20, R22)."""

import json
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from agreements import chain, keys, sealing, services, signing, verifying
from agreements.lifecycle import State, state_of
from agreements.models import Mode, Pok
from bpv.core import clock, documents
from bpv.core.models import AuditEvent, OutboxMail
from compliance import facts
from tests.builders import a_placement, a_user, sign_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 3)
PARTIES = ("student", "company", "school")


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def offered(leerweg: str = "BOL") -> Pok:
    """A real POK in its round."""
    placement = a_placement(leerweg=leerweg)
    by = a_user("coordinator", placement.team)
    fields = {name: getattr(placement, name) for name in ("start", "end", "hours_per_week", "hours_total")}
    made = services.make_pok(placement=placement, by=by, today=TODAY, hours={}, **fields)
    return signing.offer(pok=made, by=by, mode=Mode.DIGITAL, today=TODAY)


def signed_by_everybody(leerweg: str = "BOL") -> Pok:
    """A real POK, read and signed by all three."""
    pok = offered(leerweg)
    for party in PARTIES:
        sign_for(pok, party)
    return Pok.objects.get(pk=pok.pk)


def fresh(pok: Pok) -> Pok:
    return Pok.objects.get(pk=pok.pk)


@pytest.mark.parametrize(("leerweg", "dossier"), [("BOL", "diplomadossier"), ("BBL", "bekostigingsdossier")])
def test_sealed_filed_and_told_to_everybody_once(seal_key, leerweg, dossier):
    pok = signed_by_everybody(leerweg)
    assert state_of(pok, TODAY) == State.COMPLETE
    assert [sealing.seal_waiting(clock.now()) for _time in range(2)] == [1, 0]
    pok = fresh(pok)
    assert (state_of(pok, TODAY), pok.filed_on, pok.filed_in) == (State.FILED, TODAY, dossier)
    told = OutboxMail.objects.filter(kind="pok_sealed").values_list("to", flat=True)
    placement = pok.placement
    assert sorted(told) == sorted([placement.student.email, placement.supervisor.email, pok.offered_by.email])
    known = facts.facts_of(placement).pok
    assert (known.signed_student, known.signed_company, known.signed_school, known.filed_on) == (TODAY,) * 4
    assert AuditEvent.objects.filter(event="pok_sealed").count() == 1


def test_the_sealed_file_holds_the_signed_bytes_and_the_proof(seal_key):
    pok = signed_by_everybody()
    sealing.seal_waiting(clock.now())
    pok = fresh(pok)
    with pikepdf.open(BytesIO(documents.read(pok.sealed))) as file:
        files = {name: spec.get_file().read_bytes() for name, spec in file.attachments.items()}
        kinds = {name: str(spec.obj.AFRelationship) for name, spec in file.attachments.items()}
        assert bool(file.Root.MarkInfo.Marked) is True
        assert int(file.Root.Perms.DocMDP.Reference[0].TransformParams.P) == 1
    assert kinds == {"pok-ondertekend-origineel.pdf": "/Source", "bewijs.json": "/Data"}
    assert files["pok-ondertekend-origineel.pdf"] == documents.read(pok.document)
    proof = json.loads(files["bewijs.json"])
    assert proof["document"] == {"sha256": pok.document.sha256, "size": pok.document.size}
    assert [entry["party"] for entry in proof["signatures"]] == list(PARTIES)
    assert chain.is_intact(proof["events"]) is True
    text = json.dumps(proof)
    assert [word for word in ("192.0.2.7", "Browser") if word in text] == []


def test_the_page_of_evidence_is_plain_and_claims_no_more_than_is_true(seal_key):
    pok = signed_by_everybody()
    sealing.seal_waiting(clock.now())
    content = documents.read(fresh(pok).sealed)
    shown = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    text = " ".join(shown.stdout.decode().split())
    wanted = ["Bewijs van ondertekening", "elektronisch ondertekend en daarna verzegeld door de school", "3 aug 2026"]
    assert [word for word in wanted if word not in text] == []
    assert [word for word in ("geavanceerd", "gekwalificeerd", "192.0.2.7") if word in text.lower()] == []
    assert text.count(pok.document.sha256[:20]) == 1


def test_pdfsig_accepts_the_seal(seal_key, tmp_path):
    pok = signed_by_everybody()
    sealing.seal_waiting(clock.now())
    path = tmp_path / "pok.pdf"
    path.write_bytes(documents.read(fresh(pok).sealed))
    said = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
    wanted = ["Signature is Valid.", "Total document signed", "ETSI.CAdES.detached", "Voorbeeld ROC bpv zegel"]
    assert [word for word in wanted if word not in said] == []


def test_without_a_key_it_waits_and_says_why(settings, tmp_path):
    settings.SEAL_P12 = str(tmp_path / "none.p12")
    pok = signed_by_everybody()
    assert sealing.seal_waiting(clock.now()) == 0
    pok = fresh(pok)
    assert (state_of(pok, TODAY), pok.sealed) == (State.COMPLETE, None)
    assert pok.seal_error == "Er is geen zegelsleutel: manage.py make_seal_key, of SEAL_P12."
    assert pok.seal_due_at == clock.now() + timedelta(minutes=1)
    assert sealing.seal_waiting(clock.now()) == 0  # not before its time
    by = pok.offered_by
    assert list(sealing.stuck(by, clock.now() + timedelta(minutes=60))) == []
    assert list(sealing.stuck(by, clock.now() + timedelta(minutes=61))) == [pok]
    assert list(sealing.stuck(a_user("coordinator"), clock.now() + timedelta(minutes=61))) == []
    with clock.moved(clock.now() + timedelta(minutes=61)):
        client = Client()
        client.force_login(by)
        assert [(one.pk, one.seal_error) for one in client.get("/zegels/").context["poks"]] == [
            (pok.pk, pok.seal_error)
        ]
        shown = client.get("/").context["figures"]
    assert [(figure.label, figure.count) for figure in shown if figure.url == "/zegels/"] == [
        ("Wacht te lang op verzegeling", 1)
    ]


def test_it_is_tried_again_without_end_ever_more_slowly(settings, tmp_path, seal_key):
    settings.SEAL_P12 = str(tmp_path / "none.p12")
    pok = signed_by_everybody()
    pauses = []
    for hours in (0, 1, 24 * 30):
        with clock.moved(clock.now() + timedelta(hours=hours)):
            sealing.seal_waiting(clock.now())
            pauses.append(fresh(pok).seal_due_at - clock.now())
    assert pauses == [timedelta(minutes=1), timedelta(minutes=30), timedelta(minutes=30)]
    settings.SEAL_P12 = str(seal_key / "seal.p12")
    with clock.moved(clock.now() + timedelta(days=31)):
        assert sealing.seal_waiting(clock.now()) == 1
    assert fresh(pok).seal_error == ""


@pytest.mark.django_db(transaction=True)
def test_two_workers_give_one_seal(seal_key):
    poks = [signed_by_everybody() for _ in range(2)]

    def work(_worker: int) -> int:
        try:
            with clock.moved(TODAY):
                return sealing.seal_waiting(clock.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(work, range(3))) == 2
    assert AuditEvent.objects.filter(event="pok_sealed").count() == 2
    assert OutboxMail.objects.filter(kind="pok_sealed").count() == 6
    assert [fresh(pok).sealed is None for pok in poks] == [False, False]


class Authority(BaseHTTPRequestHandler):
    """A timestamp authority; `answer` gives the body for a request."""

    answer: Any = None

    def do_POST(self) -> None:
        body = type(self).answer(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200 if body else 503)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args: Any) -> None:
        """Not on the screen of the tests."""


@contextmanager
def authority(answer: Any) -> Iterator[str]:
    handler = type("Handler", (Authority,), {"answer": staticmethod(answer)})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def good(root: Path) -> Any:
    """Answers as a timestamp authority does, with a certificate of its own, written as trusted root."""
    from asn1crypto import pem, tsp
    from pyhanko.sign.timestamps import DummyTimeStamper

    from tests.agreements.authorities import a_timestamp_key

    certificate, key, others = a_timestamp_key()
    root.write_bytes(pem.armor("CERTIFICATE", certificate.dump()))
    stamper = DummyTimeStamper(tsa_cert=certificate, tsa_key=key, certs_to_embed=others)
    return lambda body: stamper.request_tsa_response(tsp.TimeStampReq.load(body)).dump()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_with_an_authority_the_seal_holds_a_timestamp(seal_key, settings, tmp_path):
    pok = signed_by_everybody()
    with authority(good(tmp_path / "tsa.pem")) as url:
        settings.TSA_URL = url
        assert sealing.seal_waiting(clock.now()) == 0  # not an authority that is trusted
        settings.TSA_ROOTS = str(tmp_path / "tsa.pem")
        Pok.objects.update(seal_due_at=clock.now())
        assert sealing.seal_waiting(clock.now()) == 1
    content = documents.read(fresh(pok).sealed)
    found = verifying.examine(content)
    assert (found.fault, found.timestamped) == ("", True)
    assert verifying.verify(content).verdict == "echt"


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize(
    "answer", [lambda _body: None, lambda _body: b"garbage", lambda body: body], ids=["error", "garbage", "echo"]
)
def test_t20_a_bad_authority_seals_nothing(seal_key, settings, answer):
    pok = signed_by_everybody()
    with authority(answer) as url:
        settings.TSA_URL = url
        assert sealing.seal_waiting(clock.now()) == 0
    assert (fresh(pok).sealed, fresh(pok).seal_error == "") == (None, False)


def test_t20_an_authority_that_is_away_or_slow_seals_nothing(seal_key, settings):
    settings.TSA_SECONDS = 1
    pok = signed_by_everybody()
    settings.TSA_URL = "http://127.0.0.1:9/"
    assert sealing.seal_waiting(clock.now()) == 0
    silent = threading.Event()
    with authority(lambda _body: silent.wait(3) and None) as url:
        settings.TSA_URL = url
        with clock.moved(clock.now() + timedelta(hours=1)):
            assert sealing.seal_waiting(clock.now()) == 0
        silent.set()
    assert fresh(pok).sealed is None


def test_a_key_is_made_once_and_kept_from_others(settings, tmp_path):
    settings.SEAL_P12, settings.SEAL_ROOTS = str(tmp_path / "a" / "seal.p12"), str(tmp_path / "a" / "ca.pem")
    call_command("make_seal_key")
    before = keys.files().p12.read_bytes()
    assert [oct(path.stat().st_mode & 0o777) for path in (keys.files().p12, keys.files().password)] == ["0o600"] * 2
    with pytest.raises(CommandError):
        call_command("make_seal_key")
    assert keys.files().p12.read_bytes() == before


def test_what_is_not_what_was_signed_is_not_kept(seal_key, monkeypatch):
    """The file is read back before it is stored: a wrong attachment is found."""
    pok = signed_by_everybody()
    monkeypatch.setattr(verifying, "is_whole", lambda proof, original: False)
    assert sealing.seal_waiting(clock.now()) == 0
    assert fresh(pok).seal_error == "het zegel klopt niet: the proof does not belong to the document"
