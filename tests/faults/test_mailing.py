"""A worker killed at every step of inviting and of sending: nothing lost, nothing doubled, what is unsure on screen.

KILLS=50 for the large one: that many POKs, the worker killed at every step for each (T21, R4).
"""

import os
import signal
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from accounts import links
from accounts.models import OneTimeLink
from agreements import chain, invitations
from agreements.models import Pok, SigningEvent
from bpv.core import audit, clock, mail
from bpv.core.models import MailState, OutboxMail
from tests.builders import a_round, a_user
from tests.core.conftest import smtp  # noqa: F401 - fixture
from tests.faults.processes import killed

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.faults,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
KILLS = int(os.environ.get("KILLS", "2"))
TODAY = date(2026, 8, 3)
LATER = clock.at(TODAY, 12, 5)
AFTER_A_CRASH = clock.at(TODAY, 12, 30)
# Steps of writing the invitation, all inside the transaction that marks who was invited.
INVITING: tuple[tuple[Any, str], ...] = (
    (chain, "record"),
    (audit, "record"),
    (mail, "queue"),
    (links, "mail_with_link"),
    (invitations, "_mail"),
)
# Steps of handing over, and whether the mail may have arrived when the worker dies there.
SENDING: tuple[tuple[Any, str, bool], ...] = (
    (mail, "_claim", False),
    (mail, "_reach", False),
    (mail, "_move", True),
    (mail, "_message", True),
    (EmailMessage, "send", True),
    (mail, "_hand_over", False),
)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def invite() -> int:
    return invitations.invite_waiting(LATER)


def test_killed_while_inviting_nobody_is_forgotten_or_asked_twice():
    for _time in range(KILLS):
        pok = a_round()
        student, company = (pok.signatories.get(party=party) for party in ("student", "company"))
        for module, name in INVITING:
            assert killed(invite, module, name) == signal.SIGKILL, name
            assert (OutboxMail.objects.filter(dossier=pok.placement_id).count(), OneTimeLink.objects.count()) == (
                0,
                OutboxMail.objects.count(),
            ), name
        assert killed(invite, invitations, "_invite") == signal.SIGKILL  # the first is invited, and kept
        assert (invite(), invite()) == (1, 0)
        asked = OutboxMail.objects.filter(dossier=pok.placement_id).values_list("to", flat=True)
        assert sorted(asked) == sorted([student.user.email, company.user.email])
    told = SigningEvent.objects.filter(event="invited").values_list("pok", "party")
    assert Counter(told) == Counter((pk, party) for pk in all_poks() for party in ("student", "company"))


def all_poks() -> list[int]:
    return list(Pok.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(("module", "name", "unsure"), SENDING, ids=[name for _module, name, _unsure in SENDING])
def test_killed_while_sending_arrives_once_or_stands_on_the_page(smtp, module, name, unsure):  # noqa: F811
    for _time in range(KILLS):
        a_round()
    invite()
    waiting = list(OutboxMail.objects.values_list("to", flat=True))
    with clock.moved(LATER):
        for _time in range(KILLS):
            assert killed(mail.deliver_waiting, module, name) == signal.SIGKILL
            OutboxMail.objects.filter(state=MailState.CLAIMED).update(claimed_at=clock.now() - timedelta(hours=1))
    with clock.moved(AFTER_A_CRASH):
        mail.deliver_waiting()
    assert set(waiting) == set(OutboxMail.objects.values_list("to", flat=True))
    arrived = Counter(message["To"] for message in smtp.received)
    states = dict(OutboxMail.objects.values_list("to", "state"))
    assert set(arrived.values()) == {1}
    assert {to for to, state in states.items() if state == MailState.SENT} <= set(arrived)
    shown = Client()
    shown.force_login(a_user("coordinator"))
    on_screen = [row.to for row in shown.get(reverse("mail_trouble")).context["page"]]
    assert sorted(on_screen) == sorted(to for to, state in states.items() if state == MailState.UNKNOWN)
    assert len(on_screen) == (KILLS if unsure else 0)
    assert len(states) == len(waiting) == 2 * KILLS
