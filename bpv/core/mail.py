"""The outbox. A deed queues; the worker hands over. After a crash what is ambiguous is shown, never sent twice.

States: queued -> claimed -> handing_over -> sent, or back to queued (the server said "later" or was not there),
or failed (it said "never"), or unknown (the connection or the worker was lost after the text was given).
"""

import hashlib
import smtplib
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from bpv.core import audit, clock
from bpv.core.models import MailState, OutboxMail

BATCH = 50
BUSY_SECONDS = 120  # one run stops after this, far below the worker's time limit
MAX_ATTEMPTS = 24  # about a day and a half of "try again later"
STUCK = timedelta(minutes=10)
UNREACHABLE = timedelta(minutes=2)
TROUBLE = [MailState.FAILED, MailState.UNKNOWN]


def queue(
    kind: str,
    *,
    to: str,
    key: str,
    dossier: int | None = None,
    one_time: bool = False,
    language: str = settings.LANGUAGE_CODE,
    **context: Any,
) -> OutboxMail:
    """Write a mail in the deed's transaction from templates/mail/KIND.subject.txt and KIND.txt.

    `language` is the receiver's, whatever the language of who does the deed.
    `key` says what it is about (object and version); the same kind, key and receiver is written once only.
    `one_time`: holds a link or code, so it goes before other mail and its text is wiped once it is sent.
    """
    context |= {"site_url": settings.SITE_URL, "school_name": settings.SCHOOL_NAME}
    with override(language):
        subject = render_to_string(f"mail/{kind}.subject.txt", context)
        body = render_to_string(f"mail/{kind}.txt", context)
    mail, _created = OutboxMail.objects.get_or_create(
        key=f"{kind}:{key}:{to.lower()}",
        defaults={
            "kind": kind,
            "to": to,
            "subject": " ".join(subject.split())[:200],
            "body": body.strip() + "\n",
            "one_time": one_time,
            "dossier": dossier,
        },
    )
    return mail


@transaction.atomic
def send_again(mail: OutboxMail, *, by: Any) -> None:
    """A person decides that a failed or unknown mail goes once more; it says so itself when it may be the second."""
    mail = OutboxMail.objects.select_for_update().get(pk=mail.pk)
    if mail.state not in TROUBLE:
        return
    if mail.state == MailState.UNKNOWN:
        mail.subject = _("Opnieuw verstuurd: %(subject)s") % {"subject": mail.subject}
    mail.state, mail.attempts, mail.due_at = MailState.QUEUED, 0, clock.now()
    mail.subject, mail.error, mail.claimed_at = mail.subject[:200], "", None
    mail.save()
    audit.record("mail_sent_again", subject=mail, by=by, dossier=mail.dossier, kind=mail.kind)


def deliver_waiting() -> int:
    """Hand over what waits; returns how many were sent. Safe to run twice at once and to kill at any moment."""
    settle_stuck()
    sent = 0
    began = time.monotonic()
    connection = get_connection()
    try:
        while time.monotonic() - began < BUSY_SECONDS and (claimed := _claim()):
            while claimed:
                if time.monotonic() - began > BUSY_SECONDS:
                    _put_back(claimed)
                    return sent
                if not _reach(connection, claimed):
                    return sent
                sent += _hand_over(claimed.pop(0), connection)
    finally:
        connection.close()
    return sent


def settle_stuck() -> None:
    """After a crash: claimed goes back to the queue, handing_over may have arrived and becomes `unknown`."""
    before = clock.now() - STUCK
    stuck = OutboxMail.objects.filter(claimed_at__lt=before)
    stuck.filter(state=MailState.CLAIMED).update(state=MailState.QUEUED, claimed_at=None)
    fault = _("De verzending is onderbroken.")
    stuck.filter(state=MailState.HANDING_OVER).update(state=MailState.UNKNOWN, error=fault)


@transaction.atomic
def _claim() -> list[OutboxMail]:
    waiting = OutboxMail.objects.filter(state=MailState.QUEUED, due_at__lte=clock.now())
    mails = list(waiting.select_for_update(skip_locked=True).order_by("-one_time", "due_at", "id")[:BATCH])
    OutboxMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(
        state=MailState.CLAIMED, claimed_at=clock.now()
    )
    return mails


def _reach(connection: Any, claimed: list[OutboxMail]) -> bool:
    """Open the connection (again). When it cannot be, everything claimed waits a little; that is no attempt."""
    try:
        connection.open()
    except OSError as fault:  # smtplib's errors are OSErrors too: refused, timed out, login not accepted
        _put_back(claimed, due_at=clock.now() + UNREACHABLE, error=str(fault)[:300])
        return False
    return True


def _put_back(claimed: list[OutboxMail], **changes: Any) -> None:
    """What was claimed and not tried waits for the next run."""
    mine = OutboxMail.objects.filter(pk__in=[mail.pk for mail in claimed], state=MailState.CLAIMED)
    mine.update(state=MailState.QUEUED, claimed_at=None, **changes)


def _move(mail: OutboxMail, before: MailState, after: MailState, **changes: Any) -> bool:
    """Guarded update: false when another worker or the settling moved the mail first."""
    return OutboxMail.objects.filter(pk=mail.pk, state=before).update(state=after, **changes) == 1


def _hand_over(mail: OutboxMail, connection: Any) -> int:
    """Returns 1 when the server took the mail. From here until its answer nobody knows: that is what the state says."""
    busy = {"attempts": mail.attempts + 1, "claimed_at": clock.now()}
    if not _move(mail, MailState.CLAIMED, MailState.HANDING_OVER, **busy):
        return 0
    try:
        _message(mail, connection).send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as answer:
        _refused(mail, *_answer(answer))
    except (smtplib.SMTPNotSupportedError, ValueError) as fault:  # an address or subject that cannot be mailed
        _move(mail, MailState.HANDING_OVER, MailState.FAILED, error=str(fault)[:300])
    except OSError as fault:
        _lost(mail, connection, str(fault))
    else:
        wiped = {"body": ""} if mail.one_time and not settings.DEMO else {}
        _move(mail, MailState.HANDING_OVER, MailState.SENT, sent_at=clock.now(), error="", **wiped)
        return 1
    connection.close()
    return 0


def _message(mail: OutboxMail, connection: Any) -> EmailMessage:
    """The Message-ID comes from the row, so that a copy can be recognised as one."""
    domain = settings.MAIL_FROM.rpartition("@")[2]
    name = hashlib.sha256(mail.key.encode()).hexdigest()[:16]
    headers = {"Message-ID": f"<bpv-{mail.pk}-{name}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(mail.subject, mail.body, settings.MAIL_FROM, [mail.to], headers=headers, connection=connection)


def _answer(answer: smtplib.SMTPException) -> tuple[int, str]:
    """The server's code and words."""
    if isinstance(answer, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(answer.recipients.values()))
    else:
        code, words = answer.smtp_code, answer.smtp_error  # type: ignore[attr-defined]
    return code, f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"


def _refused(mail: OutboxMail, code: int, words: str) -> None:
    """The server answered no: 5xx is never, anything else is later."""
    if code >= 500:
        _move(mail, MailState.HANDING_OVER, MailState.FAILED, error=words[:300])
    else:
        _postpone(mail, words)


def _lost(mail: OutboxMail, connection: Any, fault: str) -> None:
    """No answer. Before the text was given nothing can have arrived; after that a person has to look."""
    may_have_arrived = getattr(connection, "may_have_arrived", None)
    if may_have_arrived and may_have_arrived():
        _move(mail, MailState.HANDING_OVER, MailState.UNKNOWN, error=fault[:300])
    else:
        _postpone(mail, fault)


def _postpone(mail: OutboxMail, fault: str) -> None:
    attempts = mail.attempts + 1
    state = MailState.FAILED if attempts >= MAX_ATTEMPTS else MailState.QUEUED
    due = clock.now() + timedelta(minutes=min(2**attempts, 120))
    _move(mail, MailState.HANDING_OVER, state, due_at=due, error=fault[:300], claimed_at=None)
