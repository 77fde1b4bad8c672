"""Stored findings: equal to a fresh judgement, written only where they differ, never lost by a crash."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bpv.core import audit
from bpv.core.models import Touch
from compliance import facts, judging
from compliance.models import Finding
from standards import judge_placement, outcome
from tests.builders import (
    a_contact_moment,
    a_location,
    a_placement,
    a_pok,
    a_programme,
    a_request,
    a_user,
    signed_by_all,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def stored():
    return set(Finding.objects.values_list("placement", "request", "rule", "due", "done_on"))


def test_outcome_exists_once_in_python_and_once_in_sql_and_they_agree():
    placement = a_placement()
    around = [TODAY + timedelta(days=number) for number in (-2, -1, 0, 1, 2)]
    rows = [
        Finding(
            placement=placement,
            rule="S6.2-a",
            year=number + 1,
            due=due,
            done_on=done_on,
            deviated_on=deviated_on,
            team=placement.team,
            active_until=TODAY,
        )
        for number, (due, done_on, deviated_on) in enumerate(product(around, [None, *around], [None, *around]))
    ]
    Finding.objects.bulk_create(rows)
    found = {row.year: row.outcome for row in Finding.objects.with_outcome(TODAY)}
    assert found == {row.year: str(outcome(row.due, row.done_on, TODAY, row.deviated_on)) for row in rows}


def test_a_second_look_writes_nothing():
    placement = a_placement()
    a_pok(placement, signed_by_all(date(2026, 8, 1)), filed_on=date(2026, 8, 3))
    a_request(placement)
    assert judging.rejudge([placement.pk], today=TODAY) == judging.Written(8, 0, 0)
    before = versions()
    assert judging.rejudge([placement.pk], today=TODAY) == judging.Written(0, 0, 0)
    assert versions() == before


def versions():
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, xmin::text FROM compliance_finding ORDER BY id")
        rows = cursor.fetchall()
        cursor.execute("SELECT last_value FROM compliance_finding_id_seq")
        return rows, cursor.fetchone()


def test_a_touched_dossier_is_judged_and_the_touch_goes():
    placement = a_placement()
    judging.rejudge([placement.pk], today=TODAY)
    moment = a_contact_moment(placement, on=date(2026, 9, 10))
    audit.record("contact_logged", subject=moment, by=placement.teacher, dossier=placement.pk, kind="x", on="y")
    judging.judge_touched(today=TODAY)
    done = dict(Finding.objects.values_list("rule", "done_on"))
    assert (done["S4.2-a"], done["S4.2-b"], done["S6.2-a"]) == (date(2026, 9, 10), date(2026, 9, 10), None)
    assert Touch.objects.count() == 0


def test_a_crash_while_judging_keeps_the_touch(monkeypatch):
    placement = a_placement()
    Touch.objects.create(dossier=placement.pk)

    def crash(*args, **kwargs):
        raise MemoryError

    monkeypatch.setattr(judging, "_write", crash)
    with pytest.raises(MemoryError):
        judging.judge_touched(today=TODAY)
    assert Touch.objects.count() == 1


def test_s4_2_a_an_earlier_placement_makes_the_leerbedrijf_known_to_the_later_one():
    programme, location = a_programme(), a_location()
    later = a_placement(programme=programme, location=location, start=date(2026, 9, 7))
    judging.rejudge([later.pk], today=TODAY)
    assert Finding.objects.filter(placement=later, rule="S4.2-a").count() == 1
    earlier = a_placement(programme=programme, location=location, start=date(2026, 9, 6))
    Touch.objects.create(dossier=earlier.pk)
    judging.judge_touched(today=TODAY)
    assert list(Finding.objects.filter(rule="S4.2-a").values_list("placement", flat=True)) == [earlier.pk]


def test_a_cancelled_placement_has_no_findings():
    placement = a_placement()
    judging.rejudge([placement.pk], today=TODAY)
    placement.state, placement.reason = "cancelled", "Student stopt"
    placement.save()
    judging.rejudge([placement.pk], today=TODAY)
    assert Finding.objects.count() == 0


def test_facts_of_many_take_a_fixed_number_of_queries(django_assert_num_queries):
    placements = [a_placement() for _ in range(3)]
    for some in (placements[:1], placements):
        for placement in some:
            assert placement.programme.crebo  # read before counting
        with django_assert_num_queries(5):
            assert len(facts.facts_of_many(some)) == len(some)


DEEDS = st.lists(
    st.tuples(st.sampled_from(["contact", "pok", "withdraw", "request", "teacher"]), st.integers(-40, 80)), max_size=8
)


@given(deeds=DEEDS)
@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
def test_findings_kept_by_increments_equal_those_from_scratch(deeds):
    placement = a_placement()
    Touch.objects.create(dossier=placement.pk)
    judging.judge_touched(today=TODAY)
    for deed, number in deeds:
        day = placement.start + timedelta(days=number)
        do(deed, placement, day)
        judging.judge_touched(today=TODAY)
    by_increments = stored()
    Finding.objects.all().delete()
    judging.rejudge(judging.all_ids(), today=TODAY)
    assert stored() == by_increments
    fresh = judge_placement(facts.facts_of(placement), today=TODAY)
    kept = {rule: (due, done) for pk, request, rule, due, done in stored() if pk == placement.pk and request is None}
    assert kept == {finding.rule: (finding.due, finding.done_on) for finding in fresh}


def do(deed, placement, day):
    match deed:
        case "contact":
            a_contact_moment(placement, on=day)
        case "pok" if not placement.poks.filter(withdrawn_on=None).exists():
            a_pok(placement, signed_by_all(day), filed_on=day, version=placement.poks.count() + 1)
        case "withdraw":
            placement.poks.filter(withdrawn_on=None).update(withdrawn_on=day, withdrawn_reason="x")
        case "request":
            a_request(placement)
        case "teacher":
            placement.teacher = a_user("teacher", placement.team)
            placement.save()
    Touch.objects.create(dossier=placement.pk)
