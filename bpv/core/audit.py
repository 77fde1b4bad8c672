"""The append-only trail. Every deed records itself here, in the deed's own transaction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from bpv.core.events import DAYS, SENTENCES, WORDS
from bpv.core.models import AuditEvent, Touch
from standards.words import long_date


def record(event: str, *, subject: models.Model, by: Any, dossier: int | None = None, **data: Any) -> AuditEvent:
    """Write one event. `dossier` (a placement's id) also has that dossier judged again within a minute.

    `data` holds only what the sentence of the event shows: JSON, days, or words of ours (a lazy text, or a list of
    them), which are kept in Dutch and said in the language of whoever reads. KeyError for an event without a sentence.
    """
    SENTENCES[event]
    if dossier is not None:
        Touch.objects.create(dossier=dossier)
    return AuditEvent.objects.create(
        event=event,
        subject_kind=subject._meta.label_lower.rpartition(".")[2],
        subject_id=subject.pk,
        by=by if getattr(by, "pk", None) else None,
        dossier=dossier,
        data={name: _kept(value) for name, value in data.items()},
    )


def record_many(event: str, *, subjects: type[models.Model], ids: Iterable[int], by: Any) -> None:
    """The same event for many dossiers at once (a deed in bulk); each is its own dossier. Touches are the caller's."""
    SENTENCES[event]
    kind = subjects._meta.label_lower.rpartition(".")[2]
    who = by if getattr(by, "pk", None) else None
    events = (AuditEvent(event=event, subject_kind=kind, subject_id=pk, by=who, dossier=pk) for pk in ids)
    AuditEvent.objects.bulk_create(events, batch_size=2000)


def sentence(event: AuditEvent) -> str:
    """The event as one sentence in the reader's language; who and when stand beside it."""
    text: str = _(SENTENCES[event.event]) % {name: _shown(name, value) for name, value in event.data.items()}
    return text[:1].upper() + text[1:]


def _kept(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_kept(part) for part in value]
    if isinstance(value, Promise):
        with override(settings.LANGUAGE_CODE):
            return str(value)
    return value


def _shown(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(_shown(name, part) for part in value)
    if name in DAYS:
        return long_date(date.fromisoformat(value))
    return _(value) if name in WORDS and value else value
