"""One-time links for students and praktijkopleiders (T5-T8): a link in a mail, a button, a code in a second mail.

The link names one task and is no login: only who also reads the mailbox at that moment gets in. Staff cannot use links.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import guests, languages
from accounts.models import OneTimeCode, OneTimeLink, User
from bpv.core import audit, clock, mail

HOUR = timedelta(hours=1)


class TooManyCodes(Exception):
    """This address has had its codes for this hour."""


def may_use(user: User) -> bool:
    """Students and praktijkopleiders; staff log in with password and second factor, which a link would pass by."""
    return user.is_active and not user.roles.is_staff and not user.staff_number


def local_path(path: str) -> str:
    """The path when it is one of our own pages, otherwise the first page."""
    ours = path.startswith("/") and len(path) <= 200 and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if ours else "/"


@transaction.atomic
def send(user: User, next_path: str = "/", by: User | None = None) -> OneTimeLink:
    """Mail the person a link that leads to `next_path`. ValueError for staff; `by` is None when they asked it."""
    return mail_with_link(user, "link", next_path=next_path, by=by)


@transaction.atomic
def mail_with_link(
    user: User, kind: str, *, next_path: str, by: User | None = None, dossier: int | None = None, **words: Any
) -> OneTimeLink:
    """Mail of any kind that holds a new link (`link`, `until`, `name` in its template). ValueError for staff."""
    if not may_use(user):
        raise ValueError("links are for students and praktijkopleiders")
    token = secrets.token_urlsafe(32)
    link = OneTimeLink.objects.create(
        user=user,
        token_hash=digest(token),
        next_path=local_path(next_path),
        created_at=clock.now(),
        expires_at=clock.now() + settings.LINK_LIFE,
    )
    audit.record("link_sent", subject=user, by=by)
    mail.queue(
        kind,
        to=user.email,
        key=str(link.pk),
        one_time=True,
        dossier=dossier,
        language=languages.of(user),
        name=user.full_name,
        link=settings.SITE_URL + reverse("open_link", args=[token]),
        until=clock.local_day(link.expires_at),
        **words,
    )
    return link


@transaction.atomic
def ask(*, email: str, next_path: str = "/") -> None:
    """Somebody asks for a link. Nothing tells whether the address is known, is staff or has had its links this hour."""
    user = guests.find(email)
    if user is None or not may_use(user):
        return
    User.objects.select_for_update().get(pk=user.pk)  # one at a time, so that the count holds
    if user.links.filter(created_at__gt=clock.now() - HOUR).count() < settings.LINKS_AN_HOUR:
        send(user, next_path)


def find(token: str) -> OneTimeLink | None:
    """The link with this token, open or not."""
    return OneTimeLink.objects.select_related("user").filter(token_hash=digest(token)).first()


def is_open(link: OneTimeLink) -> bool:
    """Not expired, not revoked, and still somebody who may come in by a link."""
    return link.revoked_at is None and link.expires_at > clock.now() and may_use(link.user)


@transaction.atomic
def send_code(link: OneTimeLink, *, browser: str) -> OneTimeCode:
    """Mail six digits that only this browser can use; earlier codes of the link stop working. Raises TooManyCodes."""
    user = User.objects.select_for_update().get(pk=link.user_id)
    now = clock.now()
    recent = OneTimeCode.objects.filter(link__user=user, created_at__gt=now - HOUR)
    if recent.count() >= settings.LINKS_AN_HOUR:
        raise TooManyCodes
    link.codes.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
    digits = f"{secrets.randbelow(10**6):06d}"
    code = OneTimeCode.objects.create(
        link=link,
        code_hash=code_hash(link, digits),
        browser_hash=digest(browser),
        created_at=now,
        expires_at=now + settings.CODE_LIFE,
    )
    words = {"language": languages.of(user), "name": user.full_name, "digits": digits}
    mail.queue("code", to=user.email, key=str(code.pk), one_time=True, **words)
    return code


def code_for(pk: str, browser: str) -> OneTimeCode | None:
    """The code this browser asked for, usable or not."""
    if not pk.isdecimal():
        return None
    codes = OneTimeCode.objects.select_related("link__user")
    return codes.filter(pk=pk, browser_hash=digest(browser)).first()


def is_usable(code: OneTimeCode) -> bool:
    """Ten minutes, once, five tries, and the link still open."""
    fresh = code.used_at is None and code.expires_at > clock.now()
    return fresh and code.tries < settings.CODE_TRIES and is_open(code.link)


@transaction.atomic
def redeem(code: OneTimeCode, digits: str) -> bool:
    """Try the digits; counted under a row lock, so that parallel guesses do not get more tries."""
    code = OneTimeCode.objects.select_for_update(of=("self",)).select_related("link__user").get(pk=code.pk)
    if not is_usable(code):
        return False
    code.tries += 1
    right = constant_time_compare(code.code_hash, code_hash(code.link, digits))
    if right:
        code.used_at = clock.now()
        audit.record("link_opened", subject=code.link.user, by=code.link.user)
    code.save(update_fields=["tries", "used_at"])
    if not right:
        _revoke_when_guessed(code.link)
    return right


def _revoke_when_guessed(link: OneTimeLink) -> None:
    """Many wrong codes over the life of a link: whoever holds it does not read the mailbox."""
    wrong = link.codes.filter(used_at=None).aggregate(total=Sum("tries"))["total"] or 0
    if wrong >= settings.LINK_TRIES:
        OneTimeLink.objects.filter(pk=link.pk).update(revoked_at=clock.now())


def digest(secret: str) -> str:
    """What is stored of a token or a browser's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def code_hash(link: OneTimeLink, digits: str) -> str:
    """HMAC with a key of its own and bound to the link: a copy of the table does not give the code."""
    return salted_hmac(f"accounts.code.{link.pk}", digits, algorithm="sha256").hexdigest()
