"""T26, R12: what strangers upload is known by its content, opened under limits, and kept only when written anew."""

import io
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from bpv.core import gate
from bpv.core.uploads import LARGEST, cleaned

CANARY = b"Kanarieplaats"


def a_pdf(change: Callable[[pikepdf.Pdf], object] = lambda pdf: None, pages: int = 1, **saving) -> bytes:
    pdf = pikepdf.new()
    for _page in range(pages):
        pdf.add_blank_page()
    change(pdf)
    out = io.BytesIO()
    pdf.save(out, **saving)
    return out.getvalue()


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **saving) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind, **saving)
    return out.getvalue()


def root(key: str, value) -> Callable[[pikepdf.Pdf], object]:
    return lambda pdf: pdf.Root.__setitem__(key, value)


def script(**fields) -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"), **fields)


def action(name: str, **fields) -> Dictionary:
    return Dictionary(S=Name(f"/{name}"), **fields)


def on_page(**fields) -> Callable[[pikepdf.Pdf], object]:
    def change(pdf: pikepdf.Pdf) -> None:
        annotation = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **fields)
        pdf.pages[0].obj.Annots = Array([annotation])

    return change


def an_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["virus.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ")


def deeply_hidden(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.PieceInfo = Dictionary(X=Array([Array([Dictionary(Y=script())])]))


def a_large_png(side: int) -> bytes:
    """A header that says so many pixels; a bomb has a few bytes of data."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    header = side.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


def a_stream_bomb() -> bytes:
    """An object stream of two gigabytes in two megabytes."""
    packer = zlib.compressobj(9)
    data = b"".join([packer.compress(b" " * 2**24) for _part in range(128)]) + packer.flush()
    head = b"%PDF-1.5\n"
    objects = b"1 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(data)
    tail = b"\nendstream endobj\ntrailer<</Root 2 0 R/Size 3>>\nstartxref\n0\n%%EOF"
    return head + objects + data + tail


REFUSED = {
    "html": (b"<html><script>alert(1)</script>", "kind"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "kind"),
    "zip": (b"PK\x03\x04" + b"0" * 99, "kind"),
    "exe": (b"MZ" + b"0" * 99, "kind"),
    "gif": (a_picture("GIF"), "kind"),
    "tiff": (a_picture("TIFF"), "kind"),
    "html before a pdf": (b"<html>" + a_pdf(), "kind"),
    "space before a pdf": (b" " + a_pdf(), "kind"),
    "only a head": (b"%PDF-1.7\n", "broken"),
    "half a pdf": (a_pdf()[:200], "broken"),
    "no pages": (a_pdf(pages=0), "broken"),
    "half a jpg": (a_picture()[:150], "broken"),
    "half a png": (a_picture("PNG", (300, 300))[:60], "broken"),
    "jpg that is html": (b"\xff\xd8\xff<html>", "broken"),
    "png bomb": (a_large_png(50_000), "pixels"),
    "encrypted": (a_pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "encrypted"),
    "encrypted for owners": (a_pdf(encryption=pikepdf.Encryption(owner="a", user="")), "encrypted"),
    "script on opening": (a_pdf(root("/OpenAction", script())), "active"),
    "launch on opening": (a_pdf(root("/OpenAction", action("Launch", F=String("cmd.exe")))), "active"),
    "link on opening": (a_pdf(root("/OpenAction", action("URI", URI=String("http://x.example")))), "active"),
    "more actions": (a_pdf(root("/AA", Dictionary(WC=script()))), "active"),
    "page action": (a_pdf(lambda pdf: pdf.pages[0].obj.__setitem__("/AA", Dictionary(O=script()))), "active"),
    "named scripts": (a_pdf(root("/Names", Dictionary(JavaScript=Dictionary(Names=Array([]))))), "active"),
    "attachment": (a_pdf(an_attachment), "active"),
    "form": (a_pdf(root("/AcroForm", Dictionary(Fields=Array([])))), "active"),
    "xfa": (a_pdf(root("/AcroForm", Dictionary(XFA=String("<xdp/>")))), "active"),
    "script in a note": (a_pdf(on_page(Subtype=Name.Text, A=script())), "active"),
    "launch in a button": (a_pdf(on_page(Subtype=Name.Text, A=action("Launch"))), "active"),
    "film": (a_pdf(on_page(Subtype=Name("/RichMedia"))), "active"),
    "attached to a page": (a_pdf(on_page(Subtype=Name("/FileAttachment"))), "active"),
    "submit": (a_pdf(on_page(Subtype=Name.Text, A=action("SubmitForm"))), "active"),
    "another file": (a_pdf(on_page(Subtype=Name.Text, A=action("GoToR"))), "active"),
    "deeply hidden": (a_pdf(deeply_hidden), "active"),
    "too many pages": (a_pdf(pages=gate.PAGES + 1), "pages"),
    "empty": (b"", "empty"),
    "too large": (b"%PDF-1.7\n" + b"0" * LARGEST, "size"),
}  # fmt: skip


def upload(content: bytes, name: str = "scan.pdf"):
    return cleaned(SimpleUploadedFile(name, content, content_type="application/pdf"))


@pytest.mark.parametrize("name", REFUSED)
def test_r12_refused_with_the_reason(name):
    content, code = REFUSED[name]
    with pytest.raises(ValidationError) as fault:
        upload(content)
    assert fault.value.code == code


def test_t26_a_stream_that_grows_to_gigabytes_does_no_harm():
    with pytest.raises(ValidationError) as fault:
        upload(a_stream_bomb())
    assert fault.value.code in ("broken", "large")


def test_t26_what_takes_too_much_memory_ends_with_its_own_process(monkeypatch):
    """The control of the limit: a picture of 36 million pixels does not fit in half of it."""
    content = a_picture("PNG", (6000, 6000))
    assert upload(content).extension == "png"
    import bpv.core.uploads as uploads

    small = "import bpv.core.gate as g; g.MEMORY = 120 * 2**20; g.main()"
    monkeypatch.setattr(uploads, "COMMAND", ["-c", small])
    with pytest.raises(ValidationError) as fault:
        upload(content)
    assert fault.value.code in ("large", "broken")


@pytest.mark.parametrize("name", ["scan.pdf", "scan.pdf.exe", "../../etc/passwd", "\u202egnp.exe", "a\0b", ""])
def test_the_name_and_the_type_that_came_along_mean_nothing(name):
    found = upload(a_picture("PNG"), name or "x")
    assert (found.extension, found.media_type) == ("png", "image/png")


def test_a_scan_passes_and_opens_where_a_scanner_says():
    def change(pdf):
        pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
        pdf.docinfo["/Author"] = String("Kanarieplaats")
        on_page(Subtype=Name.Link, A=action("URI", URI=String("https://x.example")))(pdf)

    found = upload(a_pdf(change, pages=gate.PAGES))
    with pikepdf.open(io.BytesIO(found.content)) as pdf:
        assert (len(pdf.pages), "/OpenAction" in pdf.Root, list(pdf.pages[0].obj.Annots)) == (gate.PAGES, False, [])
    assert CANARY not in found.content


def test_a_link_goes_with_the_script_in_it():
    found = upload(a_pdf(on_page(Subtype=Name.Link, A=script())))
    assert (b"JavaScript" in found.content, b"alert" in found.content) == (False, False)


def test_what_hangs_behind_a_pdf_is_gone():
    found = upload(a_pdf() + b"PK\x03\x04" + CANARY)
    assert (CANARY in found.content, found.content.startswith(b"%PDF-")) == (False, True)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_keeps_its_picture_and_loses_where_it_was_taken(kind):
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it a quarter
    exif[0x010E] = CANARY.decode()
    exif.get_ifd(0x8825)[1] = "N"
    content = a_picture(kind, exif=exif)
    assert CANARY in content
    found = upload(content + CANARY)
    with Image.open(io.BytesIO(found.content)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((40, 60), {})
    assert CANARY not in found.content


@pytest.mark.parametrize("name", ["script on opening", "attachment", "deeply hidden"])
def test_control_without_the_look_inside_it_passes(monkeypatch, name):
    monkeypatch.setattr(gate, "_is_active", lambda found: False)
    assert gate.clean(REFUSED[name][0])[0] == "pdf"
