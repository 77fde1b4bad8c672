"""Genuine or not (T19, R22): byte flips and attacks on a sealed document, with and without the check of its sha256."""

import io
import json
import random
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from agreements import keys, sealing, services, verifying
from agreements.models import Pok
from agreements.verifying import Verdict
from bpv.core import clock, documents, pdf
from tests.agreements.authorities import a_certificate
from tests.agreements.test_sealing import signed_by_everybody

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 3)
FLIPS, DEEP_FLIPS = 1000, 60


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture
def pok(seal_key) -> Pok:
    made = signed_by_everybody()
    sealing.seal_waiting(clock.now())
    return Pok.objects.get(pk=made.pk)


@pytest.fixture
def sealed(pok) -> bytes:
    return documents.read(pok.sealed)


def flipped(content: bytes, where: int, bit: int) -> bytes:
    return content[:where] + bytes([content[where] ^ (1 << bit)]) + content[where + 1 :]


def test_a_sealed_document_is_genuine(pok, sealed):
    answer = verifying.verify(sealed)
    assert (answer.verdict, answer.pok, answer.fault) == (Verdict.GENUINE, pok, "")


def test_no_byte_can_change(sealed):
    rng = random.Random(22)
    changed = [flipped(sealed, rng.randrange(len(sealed)), rng.randrange(8)) for _ in range(FLIPS)]
    assert {verifying.verify(content).verdict for content in changed} == {Verdict.NOT}


def test_no_byte_can_change_by_the_seal_alone(sealed):
    """Without the check of the sha256: the seal itself finds a change, except in the zeros that fill up its room."""
    first, second = byte_range(sealed)
    rng = random.Random(23)
    where = [*range(first), *range(second, len(sealed))]
    changed = [flipped(sealed, rng.choice(where), rng.randrange(8)) for _ in range(DEEP_FLIPS)]
    assert [content for content in changed if not verifying.examine(content).fault] == []


def byte_range(content: bytes) -> tuple[int, int]:
    """Where the seal begins and where it ends."""
    start = content.index(b"/ByteRange")
    numbers = content[content.index(b"[", start) + 1 : content.index(b"]", start)].split()
    return int(numbers[1]), int(numbers[2])


def saved(content: bytes, change: Any) -> bytes:
    """Written anew by another program after a change."""
    out = io.BytesIO()
    with pikepdf.open(BytesIO(content)) as file:
        change(file)
        file.save(out)
    return out.getvalue()


def appended(content: bytes, change: Any) -> bytes:
    """An incremental update behind the seal."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(content))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def other_title(writer: Any) -> None:
    from pyhanko.pdf_utils import generic

    writer.set_info(writer.add_object(generic.DictionaryObject({generic.pdf_name("/Title"): generic.pdf_string("x")})))


def shadow(writer: Any) -> None:
    """A note laid over the first page."""
    from pyhanko.pdf_utils import generic

    name = generic.pdf_name
    note = generic.DictionaryObject(
        {
            name("/Type"): name("/Annot"),
            name("/Subtype"): name("/FreeText"),
            name("/Contents"): generic.pdf_string("900 uur"),
            name("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 500, 500)]),
        }
    )
    page, _resources = writer.find_page_for_modification(0)
    page.get_object()[name("/Annots")] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page.get_object())


def resealed(content: bytes, p12: bytes, *, settings: Any, folder: Any, certify: bool = True) -> bytes:
    """Sealed by somebody else, with a key of their own."""
    (folder / "other.p12").write_bytes(p12)
    before = settings.SEAL_P12
    settings.SEAL_P12 = str(folder / "other.p12")
    try:
        return sealing.certify(content) if certify else second(content)
    finally:
        settings.SEAL_P12 = before


def second(content: bytes) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    class Careless(signers.PdfSigner):
        """Does not mind that the first seal forbids it."""

        def _enforce_certification_constraints(self, reader: Any) -> None:
            return

    out = BytesIO()
    how = signers.PdfSignatureMetadata(field_name="Nog een")
    Careless(how, keys.signer()).sign_pdf(IncrementalPdfFileWriter(BytesIO(content)), output=out)
    return out.getvalue()


def forged_key(name: str) -> bytes:
    """A certificate that calls itself like ours."""
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only"), False
    )
    usage |= {"decipher_only": False, "digital_signature": True, "content_commitment": True}
    certificate, key = a_certificate(name, (x509.KeyUsage(**usage), True))
    return pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, NoEncryption())


def attachment(name: str, content: bytes) -> Any:
    def change(file: pikepdf.Pdf) -> None:
        file.attachments[name] = pikepdf.AttachedFileSpec(file, content)

    return change


def without_seal(file: pikepdf.Pdf) -> None:
    del file.Root.AcroForm
    del file.Root.Perms


def attacks(content: bytes, pok: Pok, settings: Any, folder: Any) -> dict[str, bytes]:
    plain = sealing.build(pok)
    settings.SEAL_PASSWORD = ""
    forger = forged_key("Voorbeeld ROC bpv zegel")
    other = signed_by_everybody()
    proof = json.dumps({"document": {"sha256": "0"}, "signatures": [], "events": []}).encode()
    foreign = [pdf.Attachment(sealing.SIGNED, documents.read(other.document), "x", "Source")]
    foreign.append(pdf.Attachment(sealing.PROOF, proof, "x"))
    swapped = pdf.make(documents.read(pok.source).decode(), foreign)
    return {
        "trailing bytes": content + b"\n%%EOF\n",
        "a line break": content + b"\n",
        "truncated": content[:-40],
        "written anew": saved(content, lambda file: None),
        "other original": saved(content, attachment(sealing.SIGNED, b"%PDF-1.7 other")),
        "other proof": saved(content, attachment(sealing.PROOF, proof)),
        "seal taken away": saved(content, without_seal),
        "never sealed": plain,
        "the signed original itself": documents.read(pok.document),
        "other title behind the seal": appended(content, other_title),
        "a note over the page": appended(content, shadow),
        "sealed by a forger of the same name": resealed(plain, forger, settings=settings, folder=folder),
        "a second signature on top": resealed(content, forger, settings=settings, folder=folder, certify=False),
        "our seal under swapped attachments": sealing.certify(swapped),
        "empty": b"",
        "no PDF": b"<html>POK</html>",
    }


@pytest.mark.filterwarnings("ignore:This document has 1 form widget")
def test_every_attack_is_refused(pok, sealed, settings, tmp_path):
    """Also without the check of the sha256: the seal, the root and the attachments find each of them."""
    found = attacks(sealed, pok, settings, tmp_path)
    assert [name for name, content in found.items() if verifying.verify(content).verdict != Verdict.NOT] == []
    assert [name for name, content in found.items() if not verifying.examine(content).fault] == []


def test_control_without_the_pinned_root_a_forger_passes(pok, sealed, settings, tmp_path):
    settings.SEAL_PASSWORD = ""
    (tmp_path / "other.p12").write_bytes(forger := forged_key("Voorbeeld ROC bpv zegel"))
    forged = resealed(sealing.build(pok), forger, settings=settings, folder=tmp_path)
    certificate = pkcs12.load_key_and_certificates(forger, None)[1]
    from cryptography.hazmat.primitives.serialization import Encoding

    (tmp_path / "root.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    assert verifying.examine(forged).fault == "the seal does not hold"
    settings.SEAL_ROOTS = str(tmp_path / "root.pem")
    assert verifying.examine(forged).fault == ""


def test_a_later_version_replaces_and_withdrawing_is_told(pok, sealed):
    Pok.objects.filter(pk=pok.pk).update(withdrawn_on=TODAY, withdrawn_reason="x")
    assert verifying.verify(sealed).verdict == Verdict.WITHDRAWN
    fields = {name: getattr(pok.placement, name) for name in ("start", "end", "hours_per_week", "hours_total")}
    services.make_pok(placement=pok.placement, by=pok.offered_by, today=TODAY, hours={}, **fields)
    assert verifying.verify(sealed).verdict == Verdict.REPLACED


def upload(client, content: bytes):
    return client.post("/echt/", {"file": SimpleUploadedFile("pok.pdf", content, "application/pdf")})


def test_the_page_says_it_without_names(client, pok, sealed):
    answer = upload(client, sealed)
    page = answer.content.decode()
    assert answer.context["answer"].verdict == Verdict.GENUINE
    student, contact = pok.placement.student, pok.placement.supervisor
    names = [student.last_name, student.number, contact.last_name, pok.placement.location.name]
    assert [name for name in names if name in page] == []
    assert upload(client, sealed + b" ").context["answer"].verdict == Verdict.NOT
    assert upload(client, b"").context["form"].errors != {}


def test_the_printed_code_says_how_it_stands_without_names(client, pok):
    page = client.get(f"/echt/{pok.code}/")
    assert (page.status_code, page.context["verdict"]) == (200, Verdict.GENUINE)
    assert [name for name in (pok.placement.student.last_name, "Bedrijf") if name in page.content.decode()] == []
    dashed = "-".join((pok.code[:4], pok.code[4:8], pok.code[8:])).lower()
    assert client.get(f"/echt/{dashed}/").status_code == 200
    assert client.get("/echt/AAAABBBBCCCC/").status_code == 404


def test_the_command_says_the_same(pok, sealed, tmp_path, capsys):
    path = tmp_path / "pok.pdf"
    path.write_bytes(sealed)
    call_command("verify_pok", str(path))
    assert capsys.readouterr().out == f"echt: {pok.number} versie 1\n"
    path.write_bytes(sealed + b"x")
    with pytest.raises(SystemExit) as end:
        call_command("verify_pok", str(path))
    assert (end.value.code, capsys.readouterr().out) == (1, "niet echt\n")
