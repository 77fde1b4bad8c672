"""The catalogues of locale/ as lists, and which texts a page asked for."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from tests.project.sources import ROOT

LOCALE = ROOT / "locale"


@dataclass
class Entry:
    """One text: its source (singular, and plural when it counts), its translations, and whether it is a guess."""

    sources: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    fuzzy: bool = False

    @property
    def done(self) -> bool:
        return all(self.texts) and not self.fuzzy


def path_of(language: str, folder: Path = LOCALE) -> Path:
    return folder / language / "LC_MESSAGES" / "django.po"


def entries(path: Path) -> dict[str, Entry]:
    """Every entry by its source text; the heading has none and is left out."""
    found = {}
    for block in path.read_text().split("\n\n"):
        entry, current = Entry(), []
        for line in block.splitlines():
            if line.startswith("#,"):
                entry.fuzzy = "fuzzy" in line
            elif line.startswith("msg"):
                word, text = line.split(" ", 1)
                current = entry.sources if word.startswith("msgid") else entry.texts
                current.append(ast.literal_eval(text))
            elif line.startswith('"'):
                current[-1] += ast.literal_eval(line)
        if entry.sources and entry.sources[0]:
            found[entry.sources[0]] = entry
    return found


@contextmanager
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Every source text that is asked for inside the block, in whatever language."""
    seen: set[str] = set()
    gettext, ngettext = translation._trans.gettext, translation._trans.ngettext

    def recorded(message: str) -> str:
        seen.add(str(message))
        return gettext(message)

    def counted(one: str, many: str, number: Any) -> str:
        seen.add(str(one))
        return ngettext(one, many, number)

    with monkeypatch.context() as patch:
        patch.setattr(translation._trans, "gettext", recorded)
        patch.setattr(translation._trans, "ngettext", counted)
        yield seen
