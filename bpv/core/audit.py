"""The append-only trail. Every deed records itself here, in the deed's own transaction."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from bpv.core.events import SENTENCES
from bpv.core.models import AuditEvent, Touch


def record(event: str, *, subject: models.Model, by: Any, dossier: int | None = None, **data: Any) -> AuditEvent:
    """Write one event. `dossier` (a placement's id) also has that dossier judged again within a minute.

    `data` must be JSON and holds only what the sentence of the event shows. KeyError for an event without a sentence.
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
        data=data,
    )


def record_many(event: str, *, subjects: type[models.Model], ids: Iterable[int], by: Any) -> None:
    """The same event for many dossiers at once (a deed in bulk); each is its own dossier. Touches are the caller's."""
    SENTENCES[event]
    kind = subjects._meta.label_lower.rpartition(".")[2]
    who = by if getattr(by, "pk", None) else None
    events = (AuditEvent(event=event, subject_kind=kind, subject_id=pk, by=who, dossier=pk) for pk in ids)
    AuditEvent.objects.bulk_create(events, batch_size=2000)


def sentence(event: AuditEvent) -> str:
    """The event as one Dutch sentence; who and when stand beside it."""
    text: str = _(SENTENCES[event.event]) % event.data
    return text
