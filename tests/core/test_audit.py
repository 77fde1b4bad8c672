"""The audit trail: one Dutch sentence per event, in the deed's transaction, and only growing (T14)."""

import re
from datetime import date

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.utils.translation import gettext_lazy, override

from bpv.core import audit
from bpv.core.events import SENTENCES
from bpv.core.models import AuditEvent, Touch
from tests.builders import a_user

REFUSED = (ProgrammingError, InternalError)  # psycopg2's class for insufficient_privilege


@pytest.fixture
def event(db) -> AuditEvent:
    user = a_user()
    return audit.record("signed_in", subject=user, by=user)


def test_event_says_what_who_and_when(event):
    assert (audit.sentence(event), event.by, event.subject_kind) == ("Ingelogd", event.by, "user")


def test_data_of_the_event_stands_in_the_sentence(db):
    event = audit.record("pok_withdrawn", subject=a_user(), by=None, number="POK7", reason="tikfout")
    assert audit.sentence(event) == "POK7 ingetrokken: tikfout"


def test_event_without_a_sentence_is_refused(db):
    with pytest.raises(KeyError):
        audit.record("something_new", subject=a_user(), by=None)


def test_event_of_a_dossier_has_it_judged_again(db):
    audit.record("signed_in", subject=a_user(), by=None, dossier=7)
    assert list(Touch.objects.values_list("dossier", flat=True)) == [7]


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_every_event_has_words(name):
    assert re.match(r"[A-Z%]", SENTENCES[name])


@pytest.mark.parametrize("statement", ["UPDATE core_auditevent SET event = 'x'", "DELETE FROM core_auditevent"])
def test_t14_database_refuses_to_change_or_delete(event, statement):
    with pytest.raises(REFUSED, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_t14_so_does_the_model(event):
    with pytest.raises(REFUSED, match="only grows"), transaction.atomic():
        event.delete()
    event.event = "link_sent"
    with pytest.raises(REFUSED, match="only grows"), transaction.atomic():
        event.save()


def test_t14_emptying_the_table_is_refused_outside_the_test_runner(event):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT pg_get_functiondef('core_audit_append_only'::regproc)")
        body = cursor.fetchone()[0].replace(r"test\_%", "another")
        cursor.execute(body.replace("core_audit_append_only", "refuse_all"))
        cursor.execute(
            "CREATE TRIGGER control BEFORE TRUNCATE ON core_auditevent FOR EACH STATEMENT EXECUTE FUNCTION refuse_all()"
        )
    with pytest.raises(REFUSED, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE core_auditevent CASCADE")


def test_control_without_the_trigger_the_row_goes(event):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER core_audit_rows ON core_auditevent")
    event.delete()
    assert AuditEvent.objects.count() == 0


def test_days_and_words_are_kept_in_dutch_and_said_in_the_language_of_who_reads(db):
    with override("en"):
        words = {"kind": gettext_lazy("op locatie"), "on": date(2026, 8, 31)}
        event = audit.record("contact_logged", subject=a_user(), by=None, **words)
    event.refresh_from_db()
    assert event.data == {"kind": "op locatie", "on": "2026-08-31"}
    assert audit.sentence(event) == "Contactmoment vastgelegd: op locatie op ma 31 aug 2026"
    with override("en"):
        assert audit.sentence(event) == "Contact recorded: on site on Mon 31 Aug 2026"
    with override("de"):
        assert audit.sentence(event) == "Kontakttermin festgehalten: vor Ort am Mo. 31. Aug. 2026"
