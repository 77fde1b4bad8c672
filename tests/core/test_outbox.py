"""The outbox against a real SMTP server: nothing lost, nothing doubled, what is ambiguous is shown (R4, R25)."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.mail import get_connection
from django.db import connection, transaction
from django.urls import reverse

from bpv.core import clock, mail
from bpv.core.models import AuditEvent, MailState, OutboxMail
from tests.builders import a_user
from tests.core.smtp_server import Mailbox, free_port

NOW = clock.at(clock.today(), 12) + timedelta(days=1)  # after every row made here


class Killed(BaseException):
    """The worker's end at some step; not an Exception, so nothing in between can catch it."""


def a_mail(number: int = 1, **fields) -> OutboxMail:
    values = {
        "key": f"k{number}",
        "kind": "digest",
        "to": f"m{number}@school.example",
        "subject": "Nieuws",
        "body": "x\n",
    }
    return OutboxMail.objects.create(**values | fields)


def states() -> list[str]:
    return list(OutboxMail.objects.order_by("id").values_list("state", flat=True))


def deliver_later(minutes: int) -> int:
    with clock.moved(clock.now() + timedelta(minutes=minutes)):
        return mail.deliver_waiting()


@pytest.mark.django_db
class TestQueue:
    WORDS = {"name": "Ilse", "link": "https://x.example/l", "until": NOW.date()}

    def test_same_kind_key_and_receiver_is_written_once(self):
        first = mail.queue("link", to="Ilse@regge.example", key="1", **self.WORDS)
        assert mail.queue("link", to="ilse@regge.example", key="1", **self.WORDS) == first
        assert mail.queue("link", to="ilse@regge.example", key="2", **self.WORDS) != first

    def test_deed_that_is_undone_sends_nothing(self):
        with contextlib.suppress(Killed), transaction.atomic():
            mail.queue("link", to="ilse@regge.example", key="1", **self.WORDS)
            raise Killed
        assert OutboxMail.objects.count() == 0

    def test_subject_stays_one_line_and_text_is_not_html(self):
        queued = mail.queue("link", to="i@regge.example", key="1", **self.WORDS | {"name": "O'Neill & zn\r\nBcc: x"})
        assert "\n" not in queued.subject
        assert queued.body.startswith("Beste O'Neill & zn")

    def test_long_addresses_fit(self):
        address = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example"
        assert mail.queue("link", to=address, key="1", **self.WORDS).to == address


@pytest.mark.django_db
class TestHandOver:
    def test_mail_arrives_with_its_own_message_id(self, smtp):
        row = a_mail()
        assert (mail.deliver_waiting(), states(), smtp.to) == (1, ["sent"], ["m1@school.example"])
        message = smtp.received[0]
        assert message["Message-ID"].startswith(f"<bpv-{row.pk}-")
        assert (message["Auto-Submitted"], message["From"]) == ("auto-generated", "bpv@voorbeeldroc.example")

    def test_sent_mail_is_not_sent_again(self, smtp):
        a_mail()
        assert [mail.deliver_waiting(), deliver_later(60)] == [1, 0]
        assert len(smtp.received) == 1

    def test_mail_with_a_link_goes_first_and_its_text_is_wiped(self, smtp, settings):
        settings.DEMO = False
        a_mail(1)
        a_mail(2, one_time=True)
        mail.deliver_waiting()
        assert [message["To"] for message in smtp.received] == ["m2@school.example", "m1@school.example"]
        assert list(OutboxMail.objects.order_by("id").values_list("body", flat=True)) == ["x\n", ""]

    def test_more_mails_than_one_batch(self, smtp, monkeypatch):
        monkeypatch.setattr(mail, "BATCH", 3)
        for number in range(8):
            a_mail(number)
        assert mail.deliver_waiting() == 8

    @pytest.mark.parametrize("command", ["mail", "rcpt", "data"])
    def test_server_that_says_later_is_asked_again_with_growing_patience(self, smtp, command):
        a_mail()
        setattr(smtp, command, "451 later")
        with clock.moved(NOW):
            mail.deliver_waiting()
        row = OutboxMail.objects.get()
        assert (row.state, row.attempts, row.due_at, row.error) == (
            "queued",
            1,
            NOW + timedelta(minutes=2),
            "451 later",
        )
        with clock.moved(NOW + timedelta(minutes=2)):
            mail.deliver_waiting()
        assert OutboxMail.objects.get().due_at == NOW + timedelta(minutes=6)
        setattr(smtp, command, "250 OK")
        assert (deliver_later(3 * 24 * 60), states(), len(smtp.received)) == (1, ["sent"], 1)

    def test_server_that_says_later_for_days_ends_as_failed(self, smtp):
        a_mail(attempts=mail.MAX_ATTEMPTS - 1)
        smtp.data = "451 later"
        mail.deliver_waiting()
        assert states() == ["failed"]

    @pytest.mark.parametrize("command", ["mail", "rcpt", "data"])
    def test_server_that_says_never_is_believed(self, smtp, command):
        a_mail()
        setattr(smtp, command, "550 unknown user")
        mail.deliver_waiting()
        row = OutboxMail.objects.get()
        assert (row.state, row.error) == ("failed", "550 unknown user")

    @pytest.mark.parametrize("command", ["mail", "rcpt"])
    def test_line_lost_before_the_text_is_tried_again(self, smtp, command):
        a_mail()
        setattr(smtp, command, "drop")
        mail.deliver_waiting()
        assert (states(), smtp.received) == (["queued"], [])

    @pytest.mark.parametrize(("data", "arrived"), [("drop", 0), ("after", 1)])
    def test_line_lost_after_the_text_is_unknown_and_not_sent_again(self, smtp, data, arrived):
        a_mail()
        smtp.data = data
        mail.deliver_waiting()
        smtp.data = "250 OK"
        assert (deliver_later(24 * 60), states(), len(smtp.received)) == (0, ["unknown"], arrived)

    def test_server_too_slow_to_answer_is_unknown(self, smtp):
        a_mail()
        smtp.slow = 1.5
        mail.deliver_waiting()
        assert states() == ["unknown"]

    def test_other_mails_go_on_after_a_lost_line(self, smtp):
        a_mail(1)
        smtp.rcpt = "drop"
        mail.deliver_waiting()
        smtp.rcpt = "250 OK"
        a_mail(2)
        assert (mail.deliver_waiting(), states()) == (1, ["queued", "sent"])

    def test_server_that_is_not_there_costs_no_attempt(self, settings):
        settings.EMAIL_BACKEND = "bpv.core.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
        a_mail(1)
        a_mail(2)
        with clock.moved(NOW):
            assert mail.deliver_waiting() == 0
        rows = OutboxMail.objects.values_list("state", "attempts", "due_at", "claimed_at")
        assert list(rows) == [("queued", 0, NOW + mail.UNREACHABLE, None)] * 2

    def test_slow_server_does_not_hold_a_worker_over_its_time(self, smtp, monkeypatch):
        monkeypatch.setattr(mail, "BUSY_SECONDS", 0.1)
        smtp.slow = 0.2
        for number in range(3):
            a_mail(number)
        assert (mail.deliver_waiting(), states()) == (1, ["sent", "queued", "queued"])

    def test_mail_that_cannot_be_written_holds_up_nobody(self, smtp):
        a_mail(1, subject="twee\nregels")
        a_mail(2)
        assert (mail.deliver_waiting(), states()) == (1, ["failed", "sent"])


@pytest.mark.django_db
class TestKilled:
    """The worker dies at each step; another one comes along later."""

    def die(self, smtp: Mailbox, monkeypatch, target: str, when: str) -> None:
        real = getattr(mail, target)

        def dying(*args, **kwargs):
            if when == "before":
                raise Killed
            real(*args, **kwargs)
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(mail, target, dying)
            with pytest.raises(Killed):
                mail.deliver_waiting()

    @pytest.mark.parametrize("target", ["_reach", "_hand_over"])
    def test_before_the_hand_over_nothing_is_lost(self, smtp, monkeypatch, target):
        a_mail()
        self.die(smtp, monkeypatch, target, "before")
        assert (states(), deliver_later(9)) == (["claimed"], 0)
        assert (deliver_later(11), states(), len(smtp.received)) == (1, ["sent"], 1)

    def test_after_handing_over_began_a_person_must_look(self, smtp, monkeypatch):
        a_mail()
        self.die(smtp, monkeypatch, "_message", "before")
        assert states() == ["handing_over"]
        assert (deliver_later(11), states(), len(smtp.received)) == (0, ["unknown"], 0)

    def test_after_the_server_took_it_a_person_must_look(self, smtp, monkeypatch):
        a_mail()
        real = mail._move

        def dying(row, before, after, **changes):
            if after == MailState.SENT:
                raise Killed
            return real(row, before, after, **changes)

        with monkeypatch.context() as patch:
            patch.setattr(mail, "_move", dying)
            with pytest.raises(Killed):
                mail.deliver_waiting()
        assert (deliver_later(11), states(), len(smtp.received)) == (0, ["unknown"], 1)

    def test_after_it_was_written_down_all_is_well(self, smtp, monkeypatch):
        a_mail()
        self.die(smtp, monkeypatch, "_hand_over", "after")
        assert (deliver_later(60), states(), len(smtp.received)) == (0, ["sent"], 1)


def deliver_in_thread(_number: int) -> int:
    try:
        return mail.deliver_waiting()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
class TestWorkersAtOnce:
    def test_four_workers_send_each_mail_once(self, smtp, monkeypatch):
        monkeypatch.setattr(mail, "BATCH", 4)
        for number in range(60):
            a_mail(number)
        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(deliver_in_thread, range(4))) == 60
        assert smtp.to == sorted(f"m{number}@school.example" for number in range(60))

    def test_a_mail_that_another_worker_took_meanwhile_is_left_alone(self, smtp):
        waiting = a_mail(state=MailState.CLAIMED)
        OutboxMail.objects.filter(pk=waiting.pk).update(state=MailState.SENT)
        assert mail._hand_over(waiting, get_connection()) == 0
        assert smtp.received == []

    def test_control_without_the_guarded_update_mails_go_twice(self, smtp, monkeypatch):
        """What `_claim`'s lock and `_move`'s guard protect from: take both away and the test above would fail."""
        rows = [a_mail(number) for number in range(5)]
        monkeypatch.setattr(mail, "_move", lambda *args, **kwargs: True)
        claims = [list(rows), [], list(rows), []]
        monkeypatch.setattr(mail, "_claim", lambda: claims.pop(0))
        mail.deliver_waiting()
        mail.deliver_waiting()
        assert len(smtp.received) == 10


@pytest.mark.django_db
class TestTrouble:
    """Failed and unknown mails are shown to a bpv-coördinator, who decides."""

    @pytest.fixture
    def coordinator(self):
        return a_user("coordinator")

    def test_page_names_address_and_kind_but_not_the_text(self, client, coordinator):
        a_mail(1, state="failed", error="550 unknown user", body="vertrouwelijk")
        a_mail(2, state="unknown")
        a_mail(3, state="sent")
        client.force_login(coordinator)
        page = client.get(reverse("mail_trouble")).content.decode()
        shown = [word in page for word in ("m1@school", "m2@school", "550 unknown user", "m3@school", "vertrouwelijk")]
        assert shown == [True, True, True, False, False]

    @pytest.mark.parametrize(
        ("state", "subject"), [("failed", "Nieuws"), ("unknown", "Opnieuw verstuurd: Nieuws"), ("sent", None)]
    )
    def test_person_sends_again(self, client, coordinator, smtp, state, subject):
        row = a_mail(1, state=state, attempts=24)
        client.force_login(coordinator)
        response = client.post(reverse("mail_again", args=[row.pk]))
        assert response.status_code == (404 if subject is None else 302)
        mail.deliver_waiting()
        assert [message["Subject"] for message in smtp.received] == ([subject] if subject else [])
        assert AuditEvent.objects.filter(event="mail_sent_again").count() == (1 if subject else 0)

    def test_twice_pressed_is_once_sent(self, coordinator, smtp):
        row = a_mail(1, state="unknown")
        mail.send_again(row, by=coordinator)
        mail.deliver_waiting()
        mail.send_again(row, by=coordinator)
        mail.deliver_waiting()
        assert len(smtp.received) == 1

    @pytest.mark.parametrize("role", ["teacher", "manager", ""])
    def test_others_have_no_business_there(self, client, role):
        row = a_mail(1, state="failed")
        client.force_login(a_user(role))
        assert client.get(reverse("mail_trouble")).status_code == 403
        assert client.post(reverse("mail_again", args=[row.pk])).status_code == 403
        assert states() == ["failed"]
