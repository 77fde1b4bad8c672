"""Talks are proposed, planned, moved, combined and cancelled (BEG-04, BEG-08, S6.2); who was invited hears it."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from bpv.core import clock
from bpv.core.models import AuditEvent, OutboxMail
from placements.models import Placement
from tests.builders import a_contact, a_location, a_placement, a_pok, a_talk, a_user
from tests.visits.held import form
from visits import agenda, planning, proposing
from visits.models import ContactMoment, Talk

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 31)
HOW = {"at": time(9), "minutes": 45, "kind": "on_site", "place": ""}


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def sure(**fields) -> Placement:
    """A placement with a bpv-docent and a POK."""
    placement = a_placement(**fields)
    a_pok(placement)
    return placement


def plan(talk, on=date(2026, 9, 21), **changes):
    how = HOW | changes
    return planning.plan(talk=talk, by=talk.placement.teacher, today=TODAY, on=on, **how)


def refused(deed):
    """The fields, or the code."""
    with pytest.raises(ValidationError) as fault:
        deed()
    return list(fault.value.message_dict) if hasattr(fault.value, "error_dict") else fault.value.code


def proposed(placement):
    return list(placement.talks.order_by("on").values_list("occasion", "on", "kind", "state"))


def test_what_is_sure_gets_its_talks_once():
    placement = sure()
    assert [proposing.propose_waiting(TODAY) for _time in range(2)] == [1, 0]
    assert proposed(placement) == [
        ("first", date(2026, 9, 21), "on_site", "proposed"),  # nobody was at this location before
        ("half", date(2026, 11, 20), "phone", "proposed"),
        ("final", date(2027, 2, 19), "on_site", "proposed"),
    ]
    assert AuditEvent.objects.filter(event="talks_proposed", dossier=placement.pk).count() == 1


def test_s4_2_b_at_a_known_location_the_second_is_on_site():
    placement = sure()
    a_placement(
        programme=placement.programme, location=placement.location, start=date(2025, 9, 1), end=date(2026, 1, 30)
    )
    proposing.propose_waiting(TODAY)
    assert [kind for _occasion, _on, kind, _state in proposed(placement)] == ["phone", "on_site", "on_site"]


@pytest.mark.parametrize(
    ("start", "count"),
    [(TODAY + timedelta(days=42), 1), (TODAY + timedelta(days=43), 0)],
)
def test_vb_04_proposed_from_six_weeks_before_the_start(start, count):
    sure(start=start, end=start + timedelta(days=150))
    assert proposing.propose_waiting(TODAY) == count


@pytest.mark.parametrize("lacks", ["teacher", "pok", "state"])
def test_what_is_not_sure_gets_none(lacks):
    placement = sure()
    if lacks == "pok":
        placement.poks.update(withdrawn_on=TODAY, withdrawn_reason="Andere uren")
    else:
        gone = {"state": "cancelled", "reason": "Ziek"}
        Placement.objects.update(**({"teacher": None} if lacks == "teacher" else gone))
    assert proposing.propose_waiting(TODAY) == 0


def test_late_in_the_bpv_only_what_can_still_be_is_proposed():
    placement = sure(start=date(2026, 4, 6), end=date(2026, 9, 11))
    proposing.propose_waiting(TODAY)
    assert [(occasion, on) for occasion, on, *_rest in proposed(placement)] == [("final", date(2026, 9, 4))]


def test_proposals_follow_the_dates_of_the_bpv_and_an_end_cancels():
    placement = sure()
    proposing.propose_waiting(TODAY)
    planned = plan(placement.talks.get(occasion="half"), on=date(2026, 11, 20), invite=True)
    Placement.objects.update(end=date(2027, 1, 29))
    assert proposing.follow_changes(TODAY) == 1
    assert placement.talks.get(occasion="final").on == date(2027, 1, 22)
    Placement.objects.update(state="ended", ended_on=date(2026, 10, 2), reason="Verhuisd")
    assert proposing.follow_changes(TODAY) == 2
    assert proposing.follow_changes(TODAY) == 0
    planned.refresh_from_db()
    assert (planned.state, planned.cancelled_reason) == ("cancelled", "De bpv is beëindigd of gaat niet door.")
    assert placement.talks.get(occasion="first").state == "proposed"  # it lies before the last day
    assert OutboxMail.objects.filter(kind="talk_cancelled").count() == 2


def test_planned_with_an_invitation_each_in_the_own_language():
    placement = sure(supervisor=a_contact(a_location(name="Grenzland GmbH"), language="de"))
    talk = plan(a_talk(placement), invite=True)
    assert (talk.state, talk.sequence, talk.invited_at) == ("planned", 1, clock.now())
    mails = {mail.to: mail for mail in OutboxMail.objects.filter(kind="talk_invitation")}
    assert sorted(mails) == sorted([placement.student.email, placement.supervisor.email])
    assert mails[placement.student.email].subject == f"Bpv-gesprek op ma 21 sep 2026: {placement.student.full_name}"


def test_without_an_invitation_nobody_is_told_also_not_of_a_change():
    talk = plan(a_talk(sure()))
    plan(talk, on=date(2026, 9, 22))
    planning.cancel(talk=talk, by=talk.placement.teacher, reason="Ziek")
    assert OutboxMail.objects.count() == 0


def test_moved_and_cancelled_raise_the_sequence_and_are_told():
    talk = plan(a_talk(sure()), invite=True)
    assert plan(talk).sequence == 1  # the same again is no change
    assert plan(talk, at=time(10)).sequence == 2
    done = planning.cancel(talk=talk, by=talk.placement.teacher, reason="Ziek")
    assert (done.sequence, done.state, done.cancelled_reason) == (3, "cancelled", "Ziek")
    kinds = OutboxMail.objects.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["talk_invitation"] * 2 + ["talk_moved"] * 2 + ["talk_cancelled"] * 2
    assert refused(lambda: plan(talk)) == "cancelled"
    events = AuditEvent.objects.filter(dossier=talk.placement_id, event__startswith="talk_").values_list(
        "event", flat=True
    )
    assert list(events.order_by("id")) == ["talk_planned", "talk_moved", "talk_cancelled"]


@pytest.mark.parametrize(
    ("on", "good"),
    [
        (TODAY - timedelta(days=1), False),
        (TODAY, True),
        (date(2027, 2, 26) + timedelta(days=14), True),
        (date(2027, 2, 26) + timedelta(days=15), False),
    ],
)
def test_the_day_is_not_past_and_belongs_to_the_bpv(on, good):
    talk = a_talk(sure())
    if good:
        assert plan(talk, on=on).on == on
    else:
        assert refused(lambda: plan(talk, on=on)) == ["on"]


def test_the_bpv_docent_is_at_one_place_at_a_time():
    first = plan(a_talk(sure()))
    elsewhere = a_talk(sure(teacher=first.placement.teacher))
    assert refused(lambda: plan(elsewhere, at=time(9, 44))) == ["at"]
    assert plan(elsewhere, at=time(9, 45)).state == "planned"
    same = a_talk(sure(teacher=first.placement.teacher, location=first.placement.location))
    assert plan(same, at=time(9)).state == "planned"


def test_one_visit_for_three_students_makes_three_talks_after_each_other():
    teacher, location = a_user("teacher"), a_location()
    talks = [a_talk(sure(teacher=teacher, location=location)) for _ in range(3)]
    how = {"on": date(2026, 9, 21), "at": time(13), "minutes": 20, "invite": False}
    assert planning.plan_together(talks=talks, by=teacher, today=TODAY, **how) == 3
    times = Talk.objects.order_by("at").values_list("at", flat=True)
    assert list(times) == [time(13), time(13, 20), time(13, 40)]


def test_beg_08_an_extra_talk_stands_beside_the_three():
    placement = sure()
    proposing.propose_waiting(TODAY)
    made = planning.extra(placement=placement, by=placement.teacher, today=TODAY, on=date(2026, 10, 5), **HOW)
    assert (made.occasion, made.state, placement.talks.count()) == ("extra", "planned", 4)
    assert refused(
        lambda: planning.extra(placement=placement, by=placement.teacher, today=TODAY, on=date(2026, 8, 3), **HOW)
    ) == ["on"]
    assert placement.talks.count() == 4


def test_the_week_and_what_can_be_visited_together(client):
    teacher, location = a_user("teacher"), a_location(name="Bakker", city="Goor")
    talks = [a_talk(sure(teacher=teacher, location=location), kind="on_site") for _ in range(2)]
    a_talk(sure(teacher=teacher, location=a_location(city="Hengelo")), kind="on_site")
    a_talk(sure())  # of somebody else
    plan(a_talk(sure(teacher=teacher), kind="phone"), on=date(2026, 9, 23), kind="phone")
    client.force_login(teacher)
    shown = client.get("/agenda/?vanaf=2026-09-24").context
    assert [(day.on, len(day.talks)) for day in shown["days"] if day.talks] == [(date(2026, 9, 23), 1)]
    assert [(town.city, town.talks, town.at_one_company) for town in shown["towns"]] == [("Goor", talks, True)]
    assert len(shown["proposed"]) == 3
    page = f"/agenda/samen/?sel={talks[1].pk}&sel={talks[0].pk}"
    sent = {"on": "2026-09-21", "at": "13:00", "minutes": "30"}
    assert client.post(page, sent)["Location"] == "/agenda/?vanaf=2026-09-21"
    assert [talk.pk for talk in Talk.objects.filter(at__isnull=False, on=date(2026, 9, 21)).order_by("at")] == [
        talks[1].pk,
        talks[0].pk,
    ]
    assert client.get("/agenda/samen/")["Location"] == "/agenda/"
    assert client.get("/agenda/?vanaf=onzin").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_week(client, django_assert_num_queries, count):
    teacher = a_user("teacher")
    for _ in range(count):
        a_talk(sure(teacher=teacher), kind="on_site")
        plan(a_talk(sure(teacher=teacher)), at=None)
    client.force_login(teacher)
    client.get("/agenda/?vanaf=2026-09-21")
    with django_assert_num_queries(6):
        client.get("/agenda/?vanaf=2026-09-21")


def test_a_talk_that_was_held_leaves_the_agenda_and_counts_once():
    placement = sure()
    talk = plan(a_talk(placement), on=TODAY)
    client = Client()
    client.force_login(placement.teacher)
    page = f"/plaatsingen/{placement.number}/contact/?gesprek={talk.pk}"
    assert client.get(page).context["form"].initial["kind"] == "on_site"
    sent = form(on=str(TODAY))
    for _time in range(2):
        client.post(page, sent)
    assert [(moment.talk, moment.occasion) for moment in ContactMoment.objects.all()] == [(talk, "first")]
    assert agenda.soon(placement.teacher, TODAY) == []
    assert refused(lambda: plan(talk)) == "held"


def test_student_and_praktijkopleider_read_what_is_planned_not_what_is_proposed():
    placement = sure(supervisor=a_contact(user=a_user()))
    a_talk(placement, occasion="final")
    plan(a_talk(placement), on=date(2026, 9, 21))
    for who, count in ((placement.supervisor.user, 1), (placement.teacher, 2)):
        client = Client()
        client.force_login(who)
        assert len(client.get(f"/plaatsingen/{placement.number}/").context["dossier"].talks) == count
