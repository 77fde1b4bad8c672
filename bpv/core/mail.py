"""The outbox. A deed queues; the worker hands over. After a crash what is ambiguous is shown, never sent twice.

States: queued -> claimed -> handing_over -> sent | failed; handing_over found after a crash -> unknown.
"""

from datetime import timedelta
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string

from bpv.core import clock
from bpv.core.models import MailState, OutboxMail

BATCH = 50
MAX_ATTEMPTS = 12
STUCK = timedelta(minutes=10)


def queue(kind: str, *, to: str, key: str, dossier: int | None = None, **context: Any) -> OutboxMail:
    """Write a mail in the deed's transaction from templates/mail/KIND.subject.txt and KIND.txt.

    `key` says what it is about (object and version); the same kind, key and receiver is written once only.
    """
    context |= {"site_url": settings.SITE_URL, "school_name": settings.SCHOOL_NAME}
    subject = render_to_string(f"mail/{kind}.subject.txt", context)
    mail, _created = OutboxMail.objects.get_or_create(
        key=f"{kind}:{key}:{to.lower()}",
        defaults={
            "kind": kind,
            "to": to,
            "subject": " ".join(subject.split())[:200],
            "body": render_to_string(f"mail/{kind}.txt", context).strip() + "\n",
            "dossier": dossier,
        },
    )
    return mail


def deliver_waiting() -> int:
    """Hand over what waits; returns how many were sent. Safe to run twice at once and to kill at any moment."""
    settle_stuck()
    sent = 0
    claimed = _claim()
    if not claimed:
        return 0
    with get_connection() as connection:
        for mail in claimed:
            sent += _hand_over(mail, connection)
    return sent


def settle_stuck() -> None:
    """After a crash: claimed goes back to the queue, handing_over may have arrived and becomes `unknown`."""
    before = clock.now() - STUCK
    stuck = OutboxMail.objects.filter(claimed_at__lt=before)
    stuck.filter(state=MailState.CLAIMED).update(state=MailState.QUEUED, claimed_at=None)
    stuck.filter(state=MailState.HANDING_OVER).update(state=MailState.UNKNOWN)


@transaction.atomic
def _claim() -> list[OutboxMail]:
    waiting = OutboxMail.objects.filter(state=MailState.QUEUED, due_at__lte=clock.now())
    mails = list(waiting.select_for_update(skip_locked=True).order_by("due_at", "id")[:BATCH])
    OutboxMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(
        state=MailState.CLAIMED, claimed_at=clock.now()
    )
    return mails


def _move(mail: OutboxMail, before: MailState, after: MailState, **changes: Any) -> bool:
    """Guarded update: false when another worker or the settling moved the mail first."""
    return OutboxMail.objects.filter(pk=mail.pk, state=before).update(state=after, **changes) == 1


def _hand_over(mail: OutboxMail, connection: Any) -> int:
    if not _move(mail, MailState.CLAIMED, MailState.HANDING_OVER, attempts=mail.attempts + 1):
        return 0
    domain = settings.MAIL_FROM.rpartition("@")[2]
    headers = {"Message-ID": make_msgid(f"bpv-{mail.pk}", domain), "Auto-Submitted": "auto-generated"}
    message = EmailMessage(
        mail.subject, mail.body, settings.MAIL_FROM, [mail.to], headers=headers, connection=connection
    )
    try:
        message.send()
    except OSError as fault:  # smtplib's errors are OSErrors: refused, timed out, connection lost
        _postpone(mail, str(fault))
        return 0
    _move(mail, MailState.HANDING_OVER, MailState.SENT, sent_at=clock.now(), error="")
    return 1


def _postpone(mail: OutboxMail, fault: str) -> None:
    attempts = mail.attempts + 1
    state = MailState.FAILED if attempts >= MAX_ATTEMPTS else MailState.QUEUED
    due = clock.now() + timedelta(minutes=min(2**attempts, 120))
    _move(mail, MailState.HANDING_OVER, state, due_at=due, error=fault[:300], claimed_at=None)
