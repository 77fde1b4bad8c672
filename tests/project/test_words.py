"""The words of the field on screen, and no word about one machine in the sources."""

import re
from collections.abc import Iterator

import pytest

from tests.project.sources import ROOT, TEMPLATES, name_of, python_files, templates, texts, tree

FORBIDDEN = re.compile(
    r"\b(?:leermeester\w*|praktijkbegeleid\w*|praktijkdocent\w*|BPV|(?i:stage(?!vergoeding|markt|discriminatie)\w*))\b"
)
NOT_ON_SCREEN = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)
CODE_IN_TEMPLATE = re.compile(
    r"""\{%\s*(?:load|url|include|extends|if|for|with|static)\b.*?%\}|(?:class|id|href|src)="[^"]*\""""
)
ABSOLUTE = re.compile(r"(?<![\w.:/{}-])/(?:work|root|home|Users)/\w+")
OWN = ("*.py", "*.html", "*.txt", "*.md", "*.toml", "*.css", "*.js", "Makefile", "Procfile", "*.service")


def forbidden_words(text: str) -> list[str]:
    """The words a reader may not meet, in the order of the text."""
    return FORBIDDEN.findall(CODE_IN_TEMPLATE.sub(" ", NOT_ON_SCREEN.sub(" ", text)))


def test_words_in_templates():
    found = {name: words for name in templates() if (words := forbidden_words((TEMPLATES / name).read_text()))}
    assert found == {}


def test_words_in_python():
    found = [
        f"{name_of(path)}:{text.lineno} {text.value!r}"
        for path in python_files()
        for text in texts(tree(path))
        if forbidden_words(str(text.value))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Je praktijkbegeleider belt", ["praktijkbegeleider"]),
        ("Tijdens de BPV en de bpv-periode", ["BPV"]),
        ("Stageplaats, stagevergoeding en Stagemarkt", ["Stageplaats"]),
        ("{# stage #}<p class='x'>praktijkopleider</p>", []),
    ],
)
def test_control_forbidden_words_are_found(text, words):
    assert forbidden_words(text) == words


def sources() -> Iterator[tuple[str, str]]:
    skipped = {".venv", ".git", "var", "node_modules", "vendor"}
    for pattern in OWN:
        for path in ROOT.rglob(pattern):
            parts = path.relative_to(ROOT).parts
            if not skipped & set(parts) and path.name != "test_words.py":
                yield name_of(path), path.read_text()


def test_no_absolute_paths():
    assert {name: found for name, text in sources() if (found := ABSOLUTE.findall(text))} == {}


def test_control_absolute_paths_are_found():
    assert ABSOLUTE.findall('open("/home/somebody/file"), /work/x, https://host/home/x') == [
        "/home/somebody",
        "/work/x",
    ]
