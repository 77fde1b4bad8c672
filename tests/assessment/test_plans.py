"""The procedure is agreed beforehand and later changes leave running placements alone (S8-a, S8-b, BEO-10, BEO-11)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from assessment import plans, sharing
from assessment.models import AgreedPlan, Part, Plan
from bpv.core import clock
from bpv.core.models import OutboxMail
from tests.builders import a_contact, a_placement, a_plan, a_programme, a_user, an_agreed_plan
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db
TODAY = date(2027, 1, 4)
START = date(2027, 2, 1)  # four weeks after today


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def coming(start=START, **fields):
    """A placement with both reachable."""
    placement = a_placement(start=start, end=start + timedelta(days=150), **fields)
    placement.student.user = a_user()
    placement.student.save()
    placement.supervisor.user = a_user()
    placement.supervisor.save()
    return placement


def rows(*parts):
    """The parts as the page sends them."""
    sent = {}
    for number, (name, weight) in enumerate(parts):
        row = {"name": name, "weight": weight, "by": "both", "moment": "einde", "criteria": "Dit."}
        sent |= {f"part{number}-{key}": value for key, value in row.items()}
    return sent


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ((60, 40), None),
        ((100,), None),
        ((60, 39), "De wegingen zijn samen 99%. Dat moet 100% zijn."),
        ((60, 41), "De wegingen zijn samen 101%. Dat moet 100% zijn."),
        ((), "Een plan heeft minstens één onderdeel."),
    ],
)
def test_beo_11_weights_are_a_hundred_together(weights, message):
    programme = a_programme()
    plan = a_plan(programme, weights, published_at=None, published_by=None)
    by = a_user("coordinator", programme.team)
    if message is None:
        assert plans.publish(plan=plan, by=by).published_by == by
        return
    with pytest.raises(ValidationError) as fault:
        plans.publish(plan=plan, by=by)
    assert fault.value.messages == [message]


def test_a_coordinator_drafts_fills_and_publishes_by_hand():
    programme = a_programme()
    client = logged_in(a_user("coordinator", programme.team))
    assert client.post(f"/opleidingen/{programme.pk}/beoordelingsplan/", {"cohort": 2025}).status_code == 302
    plan = Plan.objects.get()
    page = f"/beoordelingsplannen/{plan.pk}/"
    texts = {"procedure": "Zo gaat het.", "study_guide": "h. 5", "bpv_guide": "h. 4", "vaststellen": "1"}
    refused = client.post(page, texts | rows(("Houding", 50), ("Werk", 40)))
    assert refused.context["form"].non_field_errors() == ["De wegingen zijn samen 90%. Dat moet 100% zijn."]
    assert [row["name"].value() for row in refused.context["rows"][:3]] == ["Houding", "Werk", None]
    assert client.post(page, texts | rows(("Houding", 60), ("Werk", 40))).status_code == 302
    plan.refresh_from_db()
    assert (plan.in_both_guides, [part.weight for part in plan.parts.all()]) == (True, [60, 40])
    assert client.post(page, texts | rows(("Houding", 100))).status_code == 403


def test_what_is_published_never_changes_and_the_next_version_begins_with_it():
    programme = a_programme()
    by, plan = a_user("coordinator", programme.team), a_plan(programme)
    with pytest.raises(ValidationError):
        plans.save(plan=plan, parts=[], by=by)
    draft = plans.draft(programme=programme, cohort=2020, by=by)
    assert (draft.version, draft.procedure, draft.parts.count()) == (2, "Zo gaat het.", 2)
    assert plans.draft(programme=programme, cohort=2020, by=by) == draft
    with pytest.raises(PermissionDenied):
        plans.draft(programme=programme, cohort=2020, by=a_user("coordinator"))


def test_weights_and_parts_changed_halfway_leave_running_placements_as_they_were():
    running, new = coming(), None
    programme = running.programme
    by, first = a_user("coordinator", programme.team), a_plan(running.programme)
    sharing.share(placement=running, by=running.teacher)
    draft = plans.draft(programme=programme, cohort=2020, by=by)
    changed = [Part(name="Alles", weight=100, by="both", moment="einde", criteria="Dit.")]
    second = plans.publish(plan=plans.save(plan=draft, parts=changed, by=by), by=by)
    new = coming(programme=programme)
    sharing.share(placement=new, by=new.teacher)
    sharing.share(placement=running, by=running.teacher)
    assert (sharing.of(running).plan, sharing.of(new).plan) == (first, second)
    assert [part.weight for part in sharing.of(running).plan.parts.all()] == [60, 40]


def test_a_plan_is_for_a_cohort_and_later_ones():
    placement = coming()  # cohort 2025
    old, own = a_plan(placement.programme, cohort=2020), a_plan(placement.programme, cohort=2025)
    a_plan(placement.programme, cohort=2026)
    assert plans.holding_for(placement) == own
    own.delete()
    assert plans.holding_for(placement) == old


@pytest.mark.parametrize("leerweg", ["BOL", "BBL"])
@pytest.mark.parametrize(("before", "shared"), [(29, 0), (28, 1), (0, 1)])
def test_s8_a_shared_by_itself_four_weeks_before_the_start(leerweg, before, shared):
    placement = coming(leerweg=leerweg)
    a_plan(placement.programme)
    day = placement.start - timedelta(days=before)
    assert (sharing.share_waiting(day), sharing.share_waiting(day)) == (shared, 0)
    mails = OutboxMail.objects.filter(kind="plan_shared").values_list("to", flat=True)
    assert set(mails) == ({placement.student.email, placement.supervisor.email} if shared else set())


def test_without_a_plan_nothing_is_shared():
    placement = coming()
    assert sharing.share_waiting(TODAY) == 0
    with pytest.raises(ValidationError):
        sharing.share(placement=placement, by=placement.teacher)


def test_who_has_no_address_was_not_informed_yet():
    placement = coming()
    placement.supervisor.email = ""
    placement.supervisor.save()
    a_plan(placement.programme)
    kept = sharing.share(placement=placement, by=placement.teacher)
    assert (kept.student_informed_at is not None, kept.supervisor_informed_at) == (True, None)


def test_s8_a_who_gets_an_address_or_comes_later_is_told_by_itself():
    placement = coming()
    address, placement.supervisor.email = placement.supervisor.email, ""
    placement.supervisor.save()
    a_plan(placement.programme)
    assert [sharing.share_waiting(TODAY), sharing.share_waiting(TODAY)] == [1, 0]
    placement.supervisor.email = address
    placement.supervisor.save()
    page = logged_in(placement.teacher).get(f"/plaatsingen/{placement.number}/beoordelingsplan/")
    assert page.context["untold"] == placement.supervisor.full_name
    assert [sharing.share_waiting(TODAY), sharing.share_waiting(TODAY)] == [1, 0]
    first = AgreedPlan.objects.get().supervisor_informed_at
    placement.supervisor = a_contact(placement.location)
    placement.save()
    with clock.moved(TODAY + timedelta(days=1)):
        assert [sharing.share_waiting(TODAY), sharing.share_waiting(TODAY)] == [1, 0]
    told = OutboxMail.objects.filter(kind="plan_shared").order_by("pk").values_list("to", flat=True)
    assert list(told) == [placement.student.email, address, placement.supervisor.email]
    assert AgreedPlan.objects.get().supervisor_informed_at == first


def test_beo_10_student_and_praktijkopleider_each_agree_themselves():
    placement = coming()
    an_agreed_plan(placement)
    page = f"/plaatsingen/{placement.number}/beoordelingsplan/"
    assert logged_in(placement.student.user).post(page).status_code == 302
    kept = AgreedPlan.objects.get()
    assert (kept.student_agreed_on, kept.supervisor_agreed_on, kept.is_agreed) == (TODAY, None, False)
    assert logged_in(placement.supervisor.user).post(page).status_code == 302
    assert AgreedPlan.objects.get().is_agreed is True


def test_beo_10_the_bpv_docent_writes_down_when_it_was_discussed():
    placement = coming()
    an_agreed_plan(placement)
    page, client = f"/plaatsingen/{placement.number}/beoordelingsplan/", logged_in(placement.teacher)
    assert client.post(page, {"on": "2027-01-05", "with_student": "on"}).context["form"].errors == {
        "on": ["Deze datum ligt in de toekomst."]
    }
    for day, long_ago in (("2026-01-31", True), ("2026-02-01", False)):
        errors = client.post(page, {"on": day}).context["form"].errors
        assert (errors == {"on": ["Deze datum ligt meer dan een jaar voor de bpv."]}) is long_ago
    assert client.post(page, {"on": "2027-01-03"}).context["form"].errors == {
        "with_student": ["Kies met wie het plan is besproken."]
    }
    assert client.post(page, {"on": "2027-01-03", "with_student": "on", "with_supervisor": "on"}).status_code == 302
    assert AgreedPlan.objects.get().student_agreed_on == date(2027, 1, 3)


def test_a_stranger_sees_no_plan():
    placement = coming()
    an_agreed_plan(placement)
    stranger = a_contact(user=a_user()).user
    assert logged_in(stranger).get(f"/plaatsingen/{placement.number}/beoordelingsplan/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_of_the_list_of_plans(django_assert_num_queries, count):
    programme = a_programme()
    for version in range(count):
        a_plan(programme, version=version + 1)
    client = logged_in(a_user("coordinator", programme.team))
    client.get(f"/opleidingen/{programme.pk}/beoordelingsplan/")
    with django_assert_num_queries(6):
        client.get(f"/opleidingen/{programme.pk}/beoordelingsplan/")
