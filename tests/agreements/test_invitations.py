"""Invitations once per person, reminders on a rhythm of workdays, rounds that end."""

import re
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.models import OneTimeLink
from agreements import chain, invitations, returning, services
from agreements.lifecycle import State, state_of
from agreements.models import Pok
from bpv.core import clock
from bpv.core.models import FreeDay, OutboxMail
from tests.builders import a_placement, a_round, a_team, sign_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 3)
CLIENT = {"ip": "192.0.2.7", "agent": "Browser"}


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def later(**time) -> datetime:
    return clock.now() + timedelta(**time)


def mails(kind: str) -> list[str]:
    return sorted(OutboxMail.objects.filter(kind=kind).values_list("to", flat=True))


def invited(*poks: Pok) -> None:
    invitations.invite_waiting(later(minutes=1))


def five_at_one_company():
    first = a_placement()
    same = {"location": first.location, "supervisor": first.supervisor, "team": first.team}
    return [a_round(first), *(a_round(a_placement(**same)) for _ in range(4))]


def test_one_mail_to_the_company_for_five_students_and_one_to_each_student():
    poks = five_at_one_company()
    assert invitations.invite_waiting(later(seconds=19)) == 0
    assert invitations.invite_waiting(later(seconds=20)) == 6
    assert invitations.invite_waiting(later(minutes=5)) == 0
    supervisor = poks[0].placement.supervisor
    assert Counter(mails("pok_invitation")) == Counter(
        [supervisor.email, *(pok.placement.student.email for pok in poks)]
    )
    mail = OutboxMail.objects.get(to=supervisor.email)
    assert (mail.subject, mail.one_time) == ("5 praktijkovereenkomsten om te tekenen", True)
    assert [pok.placement.student.full_name in mail.body for pok in poks] == [True] * 5
    assert OneTimeLink.objects.get(user__email=supervisor.email).next_path == "/tekenen/"
    assert [link["event"] for link in chain.as_list(poks[0])] == ["offered", "invited", "invited"]


def test_a_german_praktijkopleider_is_invited_in_german():
    placement = a_placement()
    placement.supervisor.language = "de"
    placement.supervisor.save()
    a_round(placement)
    invited()
    mail = OutboxMail.objects.get(to=placement.supervisor.email)
    assert re.findall("praktijkovereenkomst|tekenen|Beste", mail.subject + mail.body) == []


def test_one_pok_leads_to_its_own_page():
    pok = a_round()
    invited()
    paths = set(OneTimeLink.objects.values_list("next_path", flat=True))
    assert paths == {f"/pok/{pok.pk}/tekenen/"}


def test_withdrawn_before_the_mail_went_invites_nobody():
    pok = a_round()
    services.withdraw_pok(pok=pok, by=pok.offered_by, on=TODAY, reason="Fout.")
    assert invitations.invite_waiting(later(minutes=1)) == 0


def test_who_comes_in_place_of_another_is_invited_too():
    pok = a_round()
    invited()
    company = pok.signatories.get(party="company").user
    person = {"first_name": "Karin", "last_name": "Baas", "email": "baas@bedrijf.example", "function": ""}
    remark = returning.name_other(pok=pok, by=company, client=CLIENT, **person)
    returning.settle(remark=remark, by=pok.offered_by, accepted=True)
    assert invitations.invite_waiting(later(minutes=2)) == 1
    assert mails("pok_invitation") == sorted([company.email, pok.placement.student.email, "baas@bedrijf.example"])


def test_inviting_again_waits_an_hour():
    pok = a_round()
    invited()
    signer = pok.signatories.get(party="company")
    with pytest.raises(ValidationError) as refused:
        invitations.invite_again(signer=signer, by=pok.offered_by)
    assert refused.value.messages == ["De vorige uitnodiging is van minder dan een uur geleden."]
    with clock.moved(later(minutes=62)):
        invitations.invite_again(signer=signer, by=pok.offered_by)
        assert invitations.invite_waiting(clock.now()) == 1
    assert mails("pok_invitation").count(signer.email) == 2


def reminded(pok: Pok, first: date, last: date) -> list[date]:
    """The days on which the company is reminded, with the worker looking twice a day."""
    email = pok.signatories.get(party="company").email
    found, day = [], first
    while day <= last:
        before = mails("pok_reminder").count(email)
        for hour in (9, 15):
            invitations.remind_waiting(clock.at(day, hour))
        if mails("pok_reminder").count(email) > before:
            found.append(day)
        day += timedelta(days=1)
    return found


@pytest.mark.parametrize("leerweg", ["BOL", "BBL"])
def test_reminders_on_workdays_before_the_start_then_every_five_workdays_until_the_round_ends(leerweg):
    pok = a_round(a_placement(leerweg=leerweg))
    invited()
    assert reminded(pok, TODAY, date(2026, 10, 31)) == [
        date(2026, 8, 10),  # 15 workdays before Monday 31 August
        date(2026, 8, 17),  # 10
        date(2026, 8, 24),  # 5
        date(2026, 8, 26),  # 3
        date(2026, 8, 28),  # 1
        date(2026, 9, 4),
        date(2026, 9, 11),
        date(2026, 9, 18),  # the eighth is the last
    ]


def test_the_coordinator_is_told_from_five_workdays_before_the_start():
    pok = a_round()
    invited()
    reminded(pok, TODAY, date(2026, 8, 21))
    assert mails("pok_waits") == []
    reminded(pok, date(2026, 8, 22), date(2026, 8, 24))
    assert mails("pok_waits") == [pok.offered_by.email]


def test_no_reminder_at_night_in_the_weekend_or_on_a_free_day():
    """Easter Monday 29 March 2027; the start is on Thursday 1 April: the last workday before is Wednesday 31."""
    for day in (date(2027, 3, 26), date(2027, 3, 29)):
        FreeDay.objects.get_or_create(date=day, defaults={"name": "Pasen"})
    with clock.moved(date(2027, 3, 22)):
        pok = a_round(a_placement(start=date(2027, 4, 1), end=date(2027, 7, 1)))
        invited()
    assert invitations.remind_waiting(clock.at(date(2027, 3, 24), 7)) == 0
    assert invitations.remind_waiting(clock.at(date(2027, 3, 24), 18)) == 0
    days = reminded(pok, date(2027, 3, 23), date(2027, 3, 31))
    assert days == [date(2027, 3, 24), date(2027, 3, 30)]


def test_who_signed_is_not_reminded():
    pok = a_round()
    invited()
    sign_for(pok, "company")
    assert reminded(pok, TODAY, date(2026, 8, 31)) == []


def test_a_round_ends_once_and_everybody_is_told():
    pok = a_round()
    invited()
    assert invitations.lapse_rounds(clock.at(date(2026, 9, 28), 23, 59)) == 0
    assert invitations.lapse_rounds(clock.at(date(2026, 9, 29), 0, 1)) == 1
    assert invitations.lapse_rounds(clock.at(date(2026, 9, 30))) == 0
    told = sorted([pok.placement.student.email, pok.placement.supervisor.email, pok.offered_by.email])
    assert mails("pok_lapsed") == told
    assert state_of(Pok.objects.get(), date(2026, 9, 29)) == State.LAPSED


def test_three_hundred_offered_are_three_hundred_invitations_once():
    team = a_team()
    poks = [a_round(a_placement(team=team)) for _ in range(30)]
    invited()
    invited()
    assert Counter(mails("pok_invitation")) == Counter(
        [pok.placement.student.email for pok in poks] + [pok.placement.supervisor.email for pok in poks]
    )


def test_waiting_for_somebody_in_a_constant_number_of_queries(django_assert_num_queries):
    poks = five_at_one_company()
    user = poks[0].signatories.get(party="company").user
    with django_assert_num_queries(3):
        assert len(invitations.to_sign(user, TODAY)) == 5
