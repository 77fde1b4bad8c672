"""Every mail and every audit event has its Dutch text, gets the data that text shows, and none is left over."""

import ast
import re
from pathlib import Path

from bpv.core.events import SENTENCES
from tests.project.sources import TEMPLATES, calls, name_of, templates, texts

RECORD = {"audit.record", "record", "audit.record_many"}
# What writes a mail, by the place of its kind among the arguments.
OF_INTERIM = {"mail_of_interim", "interim_asking.mail_of_interim"}
QUEUE = {
    0: {"mail.queue", "queue", "tell_both"} | OF_INTERIM,
    1: {"_mail", "_send_copies", "mail_with_link"},
    2: {"tell"},
}
OWN_ARGUMENTS = {"subject", "by", "dossier"}


def names_in(call: ast.Call, at: int = 0) -> list[str]:
    """The names an argument can have: one text, or one of several by a condition."""
    return [str(text.value) for text in texts(call.args[at])] if len(call.args) > at else []


def where(path: Path, call: ast.Call) -> str:
    return f"{name_of(path)}:{call.lineno}"


def wanted(event: str) -> set[str]:
    """The data an event's sentence shows."""
    return set(re.findall(r"%\((\w+)\)s", SENTENCES.get(event, "")))


def test_every_event_has_its_sentence_and_every_sentence_its_event():
    recorded = {name for _path, call in calls(RECORD) for name in names_in(call)}
    assert recorded == set(SENTENCES)


def test_every_record_names_its_event_in_the_call():
    assert [where(path, call) for path, call in calls(RECORD) if not names_in(call)] == []


def test_every_record_gives_what_its_sentence_shows():
    missing = []
    for path, call in calls(RECORD):
        given = {keyword.arg for keyword in call.keywords}
        if None not in given:  # **data is the caller's own affair
            missing += [
                f"{where(path, call)} {event}: {lacks}" for event in names_in(call) if (lacks := wanted(event) - given)
            ]
    assert missing == []


def test_every_mail_has_subject_and_body_and_every_text_its_mail():
    queued = {name for at, how in QUEUE.items() for _path, call in calls(how) for name in names_in(call, at)}
    bodies = {name.removeprefix("mail/").removesuffix(".txt") for name in templates() if name.startswith("mail/")}
    subjects = {name.removesuffix(".subject") for name in bodies if name.endswith(".subject")}
    assert (subjects, bodies - {f"{name}.subject" for name in subjects}) == (queued, queued)


def test_no_mail_is_empty():
    assert [
        name for name in templates() if name.startswith("mail/") and not (TEMPLATES / name).read_text().strip()
    ] == []
