"""A process of its own that opens a stranger's file, under a limit of memory and time: `python -m bpv.core.gate`.

The bytes come in on stdin; out goes one line with the kind (`pdf`, `jpg`, `png`) or `refused CODE`, then the cleaned
bytes. A file that is too much for it kills this process and not the site. What passes was written anew: a PDF without
anything but its pages, a picture without what the camera knew about the place.
"""

import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

MEMORY = 640 * 2**20  # bytes of address space, the libraries included
SECONDS = 10  # of processor time
PAGES = 40
OBJECTS = 20_000
PIXELS = 40_000_000  # A3 at 400 dpi is 31 million
SIDE = 2480  # pixels: A4 at 300 dpi; a larger picture is made smaller
UNPACKED = PIXELS * 3  # bytes in one stream of a PDF: a picture of that many pixels
UNPACKED_ALL = 2**30  # bytes in all of them
GROWS = {"/RunLengthDecode": 64, "/LZWDecode": 2800}  # how much these grow at most
WITH_A_HEAD = {"/DCTDecode": "JPEG", "/JPXDecode": "JPEG2000"}
AS_LETTERS = frozenset({"/ASCII85Decode", "/ASCIIHexDecode"})
FILTERS = AS_LETTERS | set(GROWS) | {"/FlateDecode", "/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"}
ACTIVE = frozenset(
    {
        *("/JavaScript", "/JS", "/AA", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA"),
        *("/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Movie", "/Sound", "/Rendition", "/Screen", "/3D"),
        *("/AcroForm", "/Filespec", "/FileAttachment"),
    }
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # doc, xls, ppt
OFFICE = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis.opendocument")  # docx, xlsx, pptx; odt, ods, odp
HEIC = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})  # photos of a phone
NAMING = ("/S", "/Type", "/Subtype")  # the keys under which such a name stands as a value


class Refused(Exception):
    """Not a file to keep; the argument says why in one word."""


def main() -> None:
    """Read, clean, write; exit 0 also for what is refused."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        kind, content = clean(sys.stdin.buffer.read())
    except Refused as refused:
        kind, content = f"refused {refused}", b""
    except MemoryError:
        kind, content = "refused large", b""
    sys.stdout.buffer.write(kind.encode() + b"\n" + content)


def clean(content: bytes) -> tuple[str, bytes]:
    """The kind by what the file is, and the bytes written anew. Raises Refused."""
    if content.startswith(b"%PDF-"):
        return "pdf", clean_pdf(content)
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg", clean_picture(content, "JPEG")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png", clean_picture(content, "PNG")
    raise Refused(_foreign(content))


def _foreign(content: bytes) -> str:
    """Why not, for what is none of the three: some kinds a person can turn into one. Nothing is unpacked to know it."""
    is_office = content.startswith(b"PK") and any(name in content for name in OFFICE)
    if content.startswith(OLD_OFFICE) or is_office:
        return "office"
    return "heic" if content[4:8] == b"ftyp" and content[8:12] in HEIC else "kind"


def clean_pdf(content: bytes) -> bytes:
    """The pages alone, when nothing in the file does anything."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise Refused("encrypted")
            if len(pdf.objects) > OBJECTS or len(pdf.pages) > PAGES:
                raise Refused("pages")
            if not len(pdf.pages):
                raise Refused("broken")
            _forget_harmless(pdf)
            _forget_links(pdf)
            if any(_is_active(found) for found in _dictionaries(pdf)):
                raise Refused("active")
            _refuse_bombs(pdf)
            _forget_harmless(pdf, "/Metadata", "/Names", "/Outlines", "/PieceInfo")
            del pdf.docinfo
            out = BytesIO()
            pdf.save(out)
            return out.getvalue()
    except pikepdf.PasswordError as fault:
        raise Refused("encrypted") from fault
    except (pikepdf.PdfError, ValueError, RecursionError) as fault:
        raise Refused("broken") from fault


def _forget_harmless(pdf: Any, *names: str) -> None:
    """What a scanner writes without doing anything: on which page to open."""
    for name in {*names} & {*pdf.Root.keys()}:
        del pdf.Root[name]
    opening = pdf.Root.get("/OpenAction")
    goes = getattr(opening, "get", lambda _key: None)
    if opening is not None and (_is_array(opening) or str(goes("/S")) == "/GoTo"):
        del pdf.Root["/OpenAction"]


def _forget_links(pdf: Any) -> None:
    """A link on a page leads nowhere in a copy; what is drawn on it stays."""
    import pikepdf

    for page in pdf.pages:
        if _is_array(annotations := page.obj.get("/Annots")):
            kept = [one for one in annotations if str(getattr(one, "get", lambda _key: "")("/Subtype")) != "/Link"]
            page.obj["/Annots"] = pikepdf.Array(kept)


def _is_array(found: Any) -> bool:
    import pikepdf

    return isinstance(found, pikepdf.Array)


def _dictionaries(pdf: Any) -> Iterator[Any]:
    """Every dictionary of the file, also those inside others."""
    import pikepdf

    waiting = [pdf.trailer, *pdf.objects]
    seen = 0
    while waiting:
        found = waiting.pop()
        seen += 1
        if seen > 20 * OBJECTS:
            raise Refused("pages")
        if isinstance(found, pikepdf.Stream):
            found = found.stream_dict
        if isinstance(found, pikepdf.Dictionary):
            yield found
            waiting += [value for value in found.values() if _is_nested(value)]
        elif isinstance(found, pikepdf.Array):
            waiting += [value for value in found if _is_nested(value)]


def _is_nested(value: Any) -> bool:
    """A dictionary or array that stands inside another: what has a number of its own is met by that."""
    import pikepdf

    return isinstance(value, pikepdf.Object) and not value.is_indirect and (
        isinstance(value, pikepdf.Dictionary | pikepdf.Array)
    )  # fmt: skip


def _refuse_bombs(pdf: Any) -> None:
    """Nothing of the file unpacks to more than a page can hold: whoever opens the copy later is safe as well."""
    import pikepdf

    total = 0
    for found in pdf.objects:
        if isinstance(found, pikepdf.Stream):
            total += _unpacked(found)
            if _pixels(found) > PIXELS:
                raise Refused("large")
        if total > UNPACKED_ALL:
            raise Refused("large")


def _pixels(stream: Any) -> int:
    """How many a picture in a PDF says it has: in the PDF, and in its own head where that is what a reader obeys."""
    from PIL import Image

    if str(stream.get("/Subtype")) != "/Image":
        return 0
    said = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
    *before, last = _filters(stream) or [""]
    if last not in WITH_A_HEAD:
        return said
    Image.MAX_IMAGE_PIXELS = None  # only the head is read
    try:
        with Image.open(BytesIO(_head(stream.read_raw_bytes(), before)), formats=[WITH_A_HEAD[last]]) as picture:
            return max(said, picture.width * picture.height)
    except Refused:
        raise
    except Exception as fault:  # the decoders raise all kinds
        raise Refused("broken") from fault


def _head(content: bytes, filters: list[str]) -> bytes:
    """The first megabyte of what stands behind these filters."""
    import zlib

    for name in filters:
        content = (
            zlib.decompressobj().decompress(content, 2**20) if name == "/FlateDecode" else _as_bytes(content, name)
        )
    return content


def _filters(stream: Any) -> list[str]:
    names = stream.get("/Filter")
    if names is None:
        return []
    return [str(name) for name in names] if _is_array(names) else [str(names)]


def _unpacked(stream: Any) -> int:
    """The bytes of a stream once unpacked, counted a piece at a time and never kept. Raises Refused."""
    filters = _filters(stream)
    if not set(filters) <= FILTERS or sum(name in AS_LETTERS for name in filters) > 1:
        raise Refused("large")
    growing = [name for name in filters if name == "/FlateDecode" or name in GROWS]
    if not growing:
        return 0
    content = stream.read_raw_bytes()
    if len(growing) > 1 or any(len(content) * GROWS[name] > UNPACKED for name in growing if name in GROWS):
        raise Refused("large")
    return _inflated(_as_bytes(content, filters[0])) if growing == ["/FlateDecode"] else 0


def _as_bytes(content: bytes, first: str) -> bytes:
    """What stands before the unpacking of an old writer: bytes as letters. Raises Refused for anything else there."""
    import base64

    if first == "/FlateDecode":
        return content
    if first == "/ASCII85Decode":
        return base64.a85decode(content.strip().removeprefix(b"<~").removesuffix(b"~>"))
    if first == "/ASCIIHexDecode":
        return bytes.fromhex(content.decode("ascii").strip().removesuffix(">"))
    raise Refused("large")


def _inflated(content: bytes) -> int:
    import zlib

    unpacker, size = zlib.decompressobj(), 0
    while content and not unpacker.eof:
        try:
            size += len(unpacker.decompress(content, 2**20))
        except zlib.error:  # a damaged stream shows nothing from here on
            return size
        content = unpacker.unconsumed_tail
        if size > UNPACKED:
            raise Refused("large")
    return size


def _is_active(found: Any) -> bool:
    keys = set(found.keys())
    named = {str(found.get(key)) for key in NAMING if key in keys}
    return bool((keys | named) & ACTIVE) or "/OpenAction" in keys


def clean_picture(content: bytes, kind: str) -> bytes:
    """Decoded and written anew, upright, without EXIF or anything else beside the picture."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # the check below comes before the decoding
    try:
        with Image.open(BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > PIXELS:
                raise Refused("pixels")
            picture.load()
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except Refused:
        raise
    except Exception as fault:  # the decoders raise all kinds
        raise Refused("broken") from fault
    upright.thumbnail((SIDE * 2, SIDE * 2))
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)
    out = BytesIO()
    plain.save(out, kind, quality=85)
    return out.getvalue()


if __name__ == "__main__":
    main()
