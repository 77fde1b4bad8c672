"""S6.2-d: a deviation is proposed with reasons, accepted by another, and never counts as met."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from bpv.core import clock
from bpv.core.models import OutboxMail
from compliance import deviations, judging
from compliance.models import Deviation, Finding
from tests.builders import a_deviation, a_placement, a_programme, a_team, a_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def outcomes(placement) -> dict[str, str]:
    judging.judge_touched(today=TODAY)
    found = Finding.objects.filter(placement=placement, rule__startswith="S6.2").with_outcome(TODAY)
    return {finding.rule: finding.outcome for finding in found}


def over():
    """A placement that is over, without a single talk."""
    return a_placement(start=date(2026, 2, 2), end=date(2026, 7, 3), teacher=a_user("teacher"))


def test_s6_2_d_accepted_it_shows_as_deviated_and_not_as_met():
    placement = over()
    proposed = deviations.propose(placement=placement, rule="S6.2-a", year=0, reason="Ziek", by=placement.teacher)
    assert outcomes(placement) == {"S6.2-a": "missed", "S6.2-b": "missed"}
    manager = a_user("manager", placement.team)
    deviations.decide(deviation=proposed, accepted=True, answer="", by=manager, today=TODAY)
    assert outcomes(placement) == {"S6.2-a": "deviated", "S6.2-b": "missed"}
    assert OutboxMail.objects.get(kind="deviation_decided").to == placement.teacher.email


def test_s6_2_d_a_refusal_has_a_reason_and_changes_nothing():
    placement = over()
    proposed = a_deviation(placement)
    manager = a_user("manager", placement.team)
    with pytest.raises(ValidationError):
        deviations.decide(deviation=proposed, accepted=False, answer="", by=manager, today=TODAY)
    deviations.decide(deviation=proposed, accepted=False, answer="Te mager", by=manager, today=TODAY)
    assert outcomes(placement) == {"S6.2-a": "missed", "S6.2-b": "missed"}
    again = deviations.propose(placement=placement, rule="S6.2-a", year=0, reason="Beter", by=placement.teacher)
    assert again.accepted is None


def test_s6_2_d_nobody_accepts_the_own_proposal_and_nobody_decides_twice():
    placement = a_placement()
    coordinator, manager = a_user("coordinator", placement.team), a_user("manager", placement.team)
    proposed = a_deviation(placement, proposed_by=coordinator)
    deed = {"deviation": proposed, "accepted": True, "answer": "", "today": TODAY}
    for who in (coordinator, a_user("teacher", placement.team), a_user("manager", a_team())):
        with pytest.raises(PermissionDenied):
            deviations.decide(by=who, **deed)
    deviations.decide(by=manager, **deed)
    with pytest.raises(ValidationError):
        deviations.decide(by=manager, **deed)


@pytest.mark.parametrize(("rule", "year"), [("S5", 0), ("POK-03", 0), ("S4.2-a", 0), ("S6.2-a", 2026)])
def test_only_contact_moments_of_a_period_that_is_there_may_be_deviated_from(rule, year):
    placement = a_placement()
    with pytest.raises(ValidationError):
        deviations.propose(placement=placement, rule=rule, year=year, reason="x", by=placement.teacher)


def test_the_same_is_not_proposed_twice():
    placement = a_placement()
    a_deviation(placement)
    with pytest.raises(ValidationError):
        deviations.propose(placement=placement, rule="S6.2-a", year=0, reason="x", by=placement.teacher)


def test_s6_2_d_a_bbl_that_runs_on_deviates_in_one_school_year():
    placement = a_placement(
        programme=a_programme(leerweg="BBL"),
        start=date(2024, 9, 2),
        end=date(2026, 7, 3),
        teacher=a_user("teacher"),
    )
    manager = a_user("manager", placement.team)
    deed = {"placement": placement, "rule": "S6.2-a", "reason": "Ziek", "by": placement.teacher}
    proposed = deviations.propose(year=2025, **deed)
    deviations.decide(deviation=proposed, accepted=True, answer="", by=manager, today=TODAY)
    judging.judge_touched(today=TODAY)
    found = Finding.objects.filter(placement=placement, rule="S6.2-a").with_outcome(TODAY).order_by("year")
    assert [(finding.year, finding.outcome) for finding in found] == [(2024, "missed"), (2025, "deviated")]


def test_from_the_dossier_to_the_decision(client):
    placement = a_placement(teacher=a_user("teacher"))
    client.force_login(placement.teacher)
    page = client.get(reverse("deviation_new", args=[placement.number]) + "?regel=S6.2-b&jaar=0")
    assert page.context["form"]["rule"].value() == "S6.2-b"
    given = {"rule": "S6.2-b", "year": "0", "reason": "Het leerbedrijf ligt in het buitenland."}
    client.post(reverse("deviation_new", args=[placement.number]), given)
    made = Deviation.objects.get()
    client.force_login(a_user("coordinator", placement.team))
    assert [found for found, _rule in client.get(reverse("deviations")).context["rows"]] == [made]
    client.post(reverse("deviation", args=[made.pk]), {"accepted": "ja", "answer": "Goed onderbouwd"})
    made.refresh_from_db()
    assert (made.accepted, made.decided_on, made.answer) == (True, TODAY, "Goed onderbouwd")
    assert list(client.get(reverse("deviations")).context["rows"]) == []


def test_without_a_reason_it_comes_back_with_a_message_at_the_field(client):
    placement = a_placement(teacher=a_user("teacher"))
    client.force_login(placement.teacher)
    page = client.post(reverse("deviation_new", args=[placement.number]), {"rule": "S6.2-a", "year": "0", "reason": ""})
    assert list(page.context["form"].errors) == ["reason"]
    assert Deviation.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_of_the_list(client, django_assert_num_queries, count):
    team = a_team()
    for _placement in range(count):
        a_deviation(a_placement(team=team, teacher=a_user("teacher", team)))
    client.force_login(a_user("manager", team))
    client.get("/")
    with django_assert_num_queries(4):
        client.get(reverse("deviations"))
