"""S8-d: in a closed dossier a POK is not made, offered, changed, ended or withdrawn; SBB is still told (S6.4-b)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from agreements import changes, ending, services, signing, views_pok
from agreements.document import freeze
from agreements.models import Kind, Mode, Pok
from bpv.core import clock
from placements import access
from placements.models import Placement
from tests.builders import a_placement, a_pok, a_user, an_ending, signed_by_all
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 1)  # after the last day
CLOSED = "Dit dossier is afgesloten en verandert niet meer."


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture
def main():
    placement = a_placement(keuzedelen=["K0067"])
    by = a_user("coordinator", placement.team)
    return a_pok(placement, signed=signed_by_all(date(2026, 8, 3)), made_by=by, late_reason="Vergeten")


def close(placement):
    by = placement.teacher_id
    Placement.objects.filter(pk=placement.pk).update(closed_at=clock.now(), closed_by=by)


def make(main):
    fields = {"start": main.start, "end": main.end, "hours_per_week": 24, "hours_total": 600, "hours": {"K0067": 40}}
    Pok.objects.update(withdrawn_on=TODAY, withdrawn_reason="Fout")
    why = {"late_reason": "Eerst vergeten"}
    return services.make_pok(placement=main.placement, by=main.made_by, today=TODAY, **fields, **why)


def offer(main):
    freeze(main, TODAY)
    main.signatures.all().delete()
    signing.offer(pok=main, by=main.made_by, mode=Mode.PAPER, today=TODAY)


def withdraw(main):
    services.withdraw_pok(pok=main, by=main.made_by, on=TODAY, reason="Fout")


def add(main):
    more = {"K0067": 240, "K0165": 240}
    changes.make_addendum(pok=main, by=main.made_by, today=TODAY, keuzedelen=more, reason="Erbij")


def rectify(main):
    freeze(main, TODAY)
    Pok.objects.update(sealed=main.document, sealed_at=clock.now(), complete_at=clock.now())
    changes.make_rectification(pok=main, by=main.made_by, today=TODAY, old="a", new="b", why="Fout")


def end(main):
    form = {"reason": "agreement", "asked_by": "student", "culpable": False, "explanation": "", "consequences": ""}
    ending.end_pok(pok=main, by=main.made_by, today=TODAY, on=date(2026, 11, 5), **form)


def end_again(main):
    refused = {"refused_at": clock.now(), "refused_party": "student", "refused_reason": "Nee"}
    made = an_ending(main)
    Pok.objects.filter(pk=made.pk).update(**refused)
    ending.make_again(ending=made.ending, by=main.made_by, today=TODAY)


def agree(main):
    made = an_ending(main, "student")
    ending.make_further(ending=made.ending, by=main.made_by, today=TODAY, text="Elke maandag een gesprek.")


DEEDS = [make, offer, withdraw, add, rectify, end, end_again, agree]


@pytest.mark.parametrize("deed", DEEDS)
def test_s8_d_a_closed_dossier_refuses(main, deed):
    close(main.placement)
    with pytest.raises(ValidationError) as refused:
        deed(main)
    assert refused.value.messages == [CLOSED]


@pytest.mark.parametrize("deed", DEEDS)
def test_control_it_is_the_closing_that_refuses(main, deed, monkeypatch):
    close(main.placement)
    for module in (access, services):
        monkeypatch.setattr(module, "refuse_closed", lambda placement: None)
    deed(main)


@pytest.mark.parametrize("closed", [False, True])
def test_s8_d_the_page_offers_no_change_of_a_closed_dossier(main, closed):
    if closed:
        close(main.placement)
    shown = logged_in(main.made_by).get(f"/pok/{main.pk}/")
    labels = [way.label for way in shown.context["later"]]
    assert labels == ([] if closed else ["Wijziging doorgeven", "Tussentijds beëindigen"])
    assert shown.context["next"].label == "In dossier zetten"


@pytest.mark.parametrize("closed", [False, True])
def test_s8_d_a_concept_in_a_closed_dossier_is_not_offered_or_withdrawn(main, closed):
    main.signatures.all().delete()
    if closed:
        close(main.placement)
    shown = logged_in(main.made_by).get(f"/pok/{main.pk}/").context
    assert (shown["next"] is None, shown["may_withdraw"]) == (closed, not closed)


@pytest.mark.parametrize(("closed", "names"), [(False, ["pok_sbb", "pok_further"]), (True, ["pok_sbb"])])
def test_s6_4_b_that_sbb_was_told_is_still_written_down(main, closed, names):
    made = an_ending(main)
    if closed:
        close(main.placement)
    logged_in(main.made_by).post(f"/pok/{made.pk}/sbb/", {"on": "2027-03-01"})
    made = Pok.objects.get(kind=Kind.ENDING)
    assert made.ending.sbb_informed_on == TODAY
    made.ending.sbb_informed_on = None
    assert [name for name, _label in views_pok.after_ending(made)] == names
