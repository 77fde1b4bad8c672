"""The invented school's own exports, which lie beside the project; broken and rewritten copies are made from them."""

from pathlib import Path

import pytest

from exchange.importing.reading import Incoming

SCHOOL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "school"
FILES = ["teams", "medewerkers", "opleidingen", "studenten", "plaatsingen", "contactmomenten", "hulpvragen"]


@pytest.fixture(scope="session")
def originals() -> dict[str, bytes]:
    assert SCHOOL.is_dir(), f"the invented school's files are not at {SCHOOL}"
    names = [f"{name}.csv" for name in FILES] + ["leerbedrijven.xlsx"]
    return {name: (SCHOOL / name).read_bytes() for name in names}


@pytest.fixture
def school(originals: dict[str, bytes]) -> dict[str, bytes]:
    """The files by name; change a copy and read it."""
    return dict(originals)


def incoming(files: dict[str, bytes]) -> list[Incoming]:
    return [Incoming(name, content) for name, content in sorted(files.items())]


def text_of(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def edit(files: dict[str, bytes], name: str, old: str, new: str) -> None:
    """Replace the first occurrence in a file; UTF-8 afterwards."""
    text = text_of(files[name])
    assert old in text
    files[name] = text.replace(old, new, 1).encode("utf-8-sig")
