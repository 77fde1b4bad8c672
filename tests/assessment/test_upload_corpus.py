"""R12: hostile files through the page on which a student hands in: refused with the reason, or neutralised."""

import io
import json
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String
from PIL import Image

from assessment.models import Submission
from bpv.core import documents, gate, uploads
from tests.assessment.test_assignments import placement  # noqa: F401 - the fixture
from tests.builders import a_handed_out
from tests.core.test_uploads import (
    CANARY,
    a_large_png,
    a_pdf,
    a_picture,
    a_stream_bomb,
    action,
    an_attachment,
    root,
    script,
)
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db
TYPED = "Mijn lange uitwerking van stap 1."
MEMORY, SECONDS = 512 * 2**20, 5.0
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MEASURED = """
import json, resource, subprocess, sys
ended = subprocess.run([sys.executable, "-m", "bpv.core.gate"]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open({path!r}, "w") as file:
    json.dump([used.ru_maxrss * 1024, used.ru_utime + used.ru_stime], file)
sys.exit(1 if ended else 0)
"""


def a_zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def office(kind: str, *, macro: bool = False, content: bytes = b"<w/>") -> bytes:
    files = {"[Content_Types].xml": b"<Types/>", f"{kind}__document.xml": content}
    return a_zip(**files, **({f"{kind}__vbaProject.bin": b"\0macro"} if macro else {}))


def chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def pixel_flood(side: int = 20_000) -> bytes:
    """So many pixels, really there, in some fifty kilobytes."""
    header = side.to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0])
    rows = zlib.compress((b"\0" * (side // 8 + 1)) * side, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpg_flood() -> bytes:
    """A small JPG whose head says 20,000 by 20,000."""
    picture = a_picture()
    head = picture.index(b"\xff\xc0") + 5
    return picture[:head] + (20_000).to_bytes(2, "big") * 2 + picture[head + 4 :]


def many_spaces(size: int, level: int = 9) -> bytes:
    packer = zlib.compressobj(level)
    return b"".join([packer.compress(b" " * 2**20) for _part in range(size >> 20)]) + packer.flush()


def a_page_of(size: int, rounds: int = 1) -> bytes:
    """A PDF of some hundred kilobytes whose page unpacks to `size` bytes."""
    content = many_spaces(size)
    for _again in range(rounds - 1):
        content = zlib.compress(content, 9)
    return _a_page(content, pikepdf.Array([Name.FlateDecode] * rounds))


def letters_of(size: int) -> bytes:
    import base64

    packed = base64.a85encode(many_spaces(size)) + b"~>"
    return _a_page(packed, pikepdf.Array([Name.ASCII85Decode, Name.FlateDecode]))


def twice_as_letters(size: int) -> bytes:
    import base64

    packed = many_spaces(size).hex().encode() + b">"
    filters = [Name.ASCII85Decode, Name.ASCIIHexDecode, Name.FlateDecode]
    return _a_page(base64.a85encode(packed) + b"~>", pikepdf.Array(filters))


def a_strange_filter() -> bytes:
    return _a_page(many_spaces(2**20), pikepdf.Array([Name("/Fl")]))


@pytest.mark.parametrize(("packing", "kind"), [("/DCTDecode", "JPEG"), ("/JPXDecode", "JPEG2000")])
def test_a_scan_of_one_picture_is_taken(packing, kind):
    scan = a_picture_on_a_page(a_picture(kind), packing, 60)
    with pikepdf.open(io.BytesIO(gate.clean_pdf(scan))) as pdf:
        assert [*pdf.pages[0].get_images()] == ["/Im0"]


def test_a_page_that_was_not_packed_is_taken():
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].obj.Contents = pdf.make_indirect(pikepdf.Stream(pdf, b"BT ET"))
    pdf.save(plain := io.BytesIO(), compress_streams=False)
    assert gate.clean_pdf(plain.getvalue())[:5] == b"%PDF-"


def _a_page(content: bytes, filters: pikepdf.Array) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(pdf, b"")
        stream.write(content, filter=filters)
        pdf.pages[0].obj.Contents = pdf.make_indirect(stream)

    return a_pdf(change)


def a_picture_on_a_page(content: bytes, packing: str | list[str], side: int) -> bytes:
    """A scan as a scanner makes it: one picture on a page, of which the PDF says how large it is."""

    def change(pdf: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Image, Width=side, Height=side)
        names = [packing] if isinstance(packing, str) else packing
        stream.write(content, filter=pikepdf.Array([Name(name) for name in names]))
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=pdf.make_indirect(stream)))

    return a_pdf(change)


def jpg_with_comment(comment: bytes) -> bytes:
    picture = a_picture()
    return picture[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + picture[2:]


def photo_with_place(kind: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    exif.get_ifd(0x8825)[1] = "N"
    return a_picture(kind, exif=exif)


def named_file(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=pikepdf.Array([])))


HTML = b"<!doctype html><html><script>alert(1)</script></html>"
ZIP = a_zip(**{"x.txt": CANARY})
XFA = Dictionary(XFA=String("<xdp/>"), Fields=pikepdf.Array([]))

# name -> (the file, the reason); made only when the test runs
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "pixel flood": (pixel_flood, "pixels"),
    "pixel flood without data": (lambda: a_large_png(20_000), "pixels"),
    "jpg that says 20,000 x 20,000": (jpg_flood, "pixels"),
    "xlsx of 200 MB": (lambda: office("xl", content=b" " * (200 * 2**20)), "office"),
    "pdf page of 300 MB": (lambda: a_page_of(300 * 2**20), "large"),
    "pdf page packed twice": (lambda: a_page_of(300 * 2**20, 2), "large"),
    "pdf page packed as letters": (lambda: letters_of(300 * 2**20), "large"),
    "pdf page packed as letters twice": (lambda: twice_as_letters(300 * 2**20), "large"),
    "pdf page in an unknown packing": (a_strange_filter, "large"),
    "pdf with a fax of 20,000 x 20,000": (lambda: a_picture_on_a_page(b"\0", "/CCITTFaxDecode", 20_000), "large"),
    "pdf with a jbig2 of 20,000 x 20,000": (lambda: a_picture_on_a_page(b"\0", "/JBIG2Decode", 20_000), "large"),
    "pdf with a jpg that is larger than it says": (lambda: a_picture_on_a_page(jpg_flood(), "/DCTDecode", 60), "large"),
    "pdf with such a jpg packed once more": (
        lambda: a_picture_on_a_page(zlib.compress(jpg_flood()), ["/FlateDecode", "/DCTDecode"], 60),
        "large",
    ),
    "pdf with a jpg that is none": (lambda: a_picture_on_a_page(HTML, "/DCTDecode", 60), "broken"),
    "pdf objects of 2 GB": (a_stream_bomb, "large or broken"),
    "nested zip": (lambda: a_zip(**{"a.zip": a_zip(**{"b.zip": ZIP})}), "kind"),
    "zip before a pdf": (lambda: ZIP + a_pdf(), "kind"),
    "html before a jpg": (lambda: HTML + a_picture(), "kind"),
    "pdf with javascript": (lambda: a_pdf(root("/Names", Dictionary(JavaScript=Dictionary()))), "active"),
    "pdf with a script on opening": (lambda: a_pdf(root("/OpenAction", script())), "active"),
    "pdf with launch": (lambda: a_pdf(root("/OpenAction", action("Launch", F=String("cmd.exe")))), "active"),
    "pdf with an attachment": (lambda: a_pdf(an_attachment), "active"),
    "pdf with a list of attachments": (lambda: a_pdf(named_file), "active"),
    "pdf with xfa": (lambda: a_pdf(root("/AcroForm", XFA)), "active"),
    "encrypted pdf": (lambda: a_pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "encrypted"),
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "kind"),
    "html": (lambda: HTML, "kind"),
    "html that begins as a jpg": (lambda: b"\xff\xd8\xff" + HTML, "broken"),
    "eicar": (lambda: EICAR, "kind"),
    "nothing": (lambda: b"", "empty"),
    "gif": (lambda: a_picture("GIF"), "kind"),
    "tiff": (lambda: a_picture("TIFF"), "kind"),
    "bmp": (lambda: a_picture("BMP"), "kind"),
    "docx": (lambda: office("word"), "office"),
    "docm": (lambda: office("word", macro=True), "office"),
    "xlsx": (lambda: office("xl"), "office"),
    "xlsm": (lambda: office("xl", macro=True), "office"),
    "pptx": (lambda: office("ppt"), "office"),
    "pptm": (lambda: office("ppt", macro=True), "office"),
    "doc of before 2007": (lambda: gate.OLD_OFFICE + b"\0" * 999, "office"),
    "odt": (lambda: a_zip(mimetype=b"") + b"mimetypeapplication/vnd.oasis.opendocument.text", "office"),
    "heic": (lambda: b"\0\0\0\x18ftypheic" + b"\0" * 99, "heic"),
    "mp4": (lambda: b"\0\0\0\x18ftypisom" + b"\0" * 99, "kind"),
    "exe": (lambda: b"MZ" + b"\0" * 99, "kind"),
    "half a pdf": (lambda: a_pdf()[:200], "broken"),
    "half a jpg": (lambda: a_picture()[:150], "broken"),
    "half a png": (lambda: a_picture("PNG", (300, 300))[:60], "broken"),
    "more than 10 MB": (lambda: b"%PDF-1.7\n" + b"0" * uploads.LARGEST, "size"),
}
NEUTRALISED: dict[str, Callable[[], bytes]] = {
    "pdf and zip": lambda: a_pdf() + ZIP + CANARY,
    "jpg and html": lambda: jpg_with_comment(CANARY + HTML),
    "png and pdf": lambda: a_picture("PNG") + a_pdf() + CANARY,
    "eicar behind a pdf": lambda: a_pdf() + EICAR + CANARY,
    "eicar in the comment of a jpg": lambda: jpg_with_comment(EICAR + CANARY),
    "jpg that says where it was taken": photo_with_place,
    "png that says where it was taken": lambda: photo_with_place("PNG"),
    "pdf that says who made it": lambda: a_pdf(lambda pdf: pdf.docinfo.__setitem__("/Author", String(CANARY.decode()))),
}
NAMES = ["a" * 251 + ".png", "../../../etc/passwd", "..\\..\\boot.ini", "a\0b.png", "\u202egnp.exe", "=cmd|x.png"]
LEFT = [CANARY, b"<script", b"EICAR", b"PK\x03\x04", b"GPS"]


@pytest.fixture
def handed(placement):  # noqa: F811
    return a_handed_out(placement)


@pytest.fixture
def used(monkeypatch, tmp_path):
    """What the gate's own process took: a process between measures this one child and nothing else."""
    path = tmp_path / "used.json"
    monkeypatch.setattr(uploads, "COMMAND", ["-c", MEASURED.format(path=str(path))])
    return lambda: json.loads(path.read_text()) if path.exists() else [0, 0.0]


def send(handed, content, name="werk.pdf"):
    """The form as a browser sends it, with the name as it is."""
    border = b"--grens"
    parts = [
        b'Content-Disposition: form-data; name="text"\r\n\r\n' + TYPED.encode(),
        b'Content-Disposition: form-data; name="file"; filename="' + name.encode() + b'"\r\n'
        b"Content-Type: application/pdf\r\n\r\n" + content,
    ]
    body = b"".join(border + b"\r\n" + part + b"\r\n" for part in parts) + border + b"--\r\n"
    client = logged_in(handed.placement.student.user)
    page = f"/opdrachten/{handed.pk}/inleveren/"
    return client.generic("POST", page, body, content_type="multipart/form-data; boundary=grens")


def said(answer):
    """The codes at the file field; None when it was taken."""
    return [fault.code for fault in answer.context["form"].errors.as_data()["file"]] if answer.context else None


def within_bounds(used):
    memory, seconds = used()
    return (memory < MEMORY, seconds < SECONDS) == (True, True) or (memory >> 20, seconds)


@pytest.mark.parametrize("name", REFUSED)
def test_r12_refused_at_the_field_and_what_was_typed_stays(handed, used, name):
    make, code = REFUSED[name]
    answer = send(handed, make())
    assert (answer.status_code, Submission.objects.count()) == (200, 0)
    assert said(answer)[0] in code.split(" or ")
    page = answer.content.decode()
    shown = answer.context["form"].errors["file"][0]
    assert (f"{TYPED}</textarea>" in page, page.count(shown) >= 1, 'id="id_file_error"' in page) == (True, True, True)
    assert within_bounds(used) is True


@pytest.mark.parametrize("name", NEUTRALISED)
def test_r12_neutralised(handed, used, name):
    assert send(handed, NEUTRALISED[name]()).status_code == 302
    kept = documents.read(Submission.objects.get().document)
    assert [word for word in LEFT if word in kept] == []
    if kept.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(kept)) as pdf:
            assert (len(pdf.pages), dict(pdf.docinfo)) == (1, {})
    else:
        with Image.open(io.BytesIO(kept)) as picture:
            assert (picture.size, dict(picture.getexif())) == ((60, 40), {})
    assert within_bounds(used) is True


@pytest.mark.parametrize("name", NAMES)
def test_r12_the_name_that_came_along_is_not_kept(handed, settings, name):
    assert send(handed, a_picture("PNG"), name).status_code == 302
    document = Submission.objects.get().document
    assert (document.filename, document.media_type) == (f"opdracht-{handed.pk}-versie-1.png", "image/png")
    kept = [path for path in Path(settings.DOCUMENTS).rglob("*") if path.is_file()]
    assert kept == [documents.path_of(document.sha256)]


def test_control_without_the_look_a_script_is_kept(handed, monkeypatch):
    blind = "import bpv.core.gate as g; g._is_active = lambda found: False; g.main()"
    monkeypatch.setattr(uploads, "COMMAND", ["-c", blind])
    assert send(handed, REFUSED["pdf with launch"][0]()).status_code == 302
    assert b"Launch" in documents.read(Submission.objects.get().document)


def test_control_without_the_count_a_bomb_is_kept(handed, monkeypatch):
    blind = "import bpv.core.gate as g; g._refuse_bombs = lambda pdf: None; g.main()"
    monkeypatch.setattr(uploads, "COMMAND", ["-c", blind])
    assert send(handed, REFUSED["pdf page of 300 MB"][0]()).status_code == 302


def test_control_without_the_count_of_pixels_a_flood_takes_its_memory(handed, monkeypatch, tmp_path):
    path = tmp_path / "used.json"
    bare = "import bpv.core.gate as g; g.MEMORY = 4 * 2**30; g.PIXELS = 10**9; g.main()"
    measured = MEASURED.format(path=str(path)).replace('"-m", "bpv.core.gate"', f'"-c", {bare!r}')
    monkeypatch.setattr(uploads, "COMMAND", ["-c", measured])
    send(handed, pixel_flood())
    assert json.loads(path.read_text())[0] > MEMORY


def test_control_the_measure_sees_what_a_process_takes(tmp_path):
    import subprocess

    path = tmp_path / "used.json"
    taking = MEASURED.format(path=str(path)).replace('"-m", "bpv.core.gate"', '"-c", "x = bytearray(300 * 2**20)"')
    subprocess.run([sys.executable, "-c", taking], check=True)
    assert 300 * 2**20 < json.loads(path.read_text())[0] < 400 * 2**20
