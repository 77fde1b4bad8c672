"""The register of leerbedrijven and the dated check of an erkenning (LB-01, LB-03)."""

from datetime import date

import pytest

from bpv.core import clock
from bpv.core.models import Touch
from companies.models import Accreditation, Contact
from tests.builders import a_contact, a_location, a_placement, a_user, an_accreditation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.mark.parametrize(("day", "stands"), [(date(2026, 11, 22), True), (date(2026, 11, 23), False)])
def test_lb_02_an_erkenning_stands_until_the_day_before_it_is_withdrawn(day, stands):
    found = an_accreditation(a_location(), "25604", withdrawn_on=date(2026, 11, 23))
    assert (found.stands_on(day), Accreditation.objects.standing_on(day).exists()) == (stands, stands)


def test_lb_03_a_check_that_says_no_withdraws_and_has_the_dossiers_judged(client):
    placement = a_placement()
    other = a_placement(location=placement.location)
    client.force_login(a_user("coordinator", placement.team))
    sent = {"crebo": placement.programme.crebo, "accredited": "nee", "source": "Stagemarkt.nl", "since": "2026-11-20"}
    response = client.post(f"/leerbedrijven/{placement.location.sbb_id}/erkenning/", sent)
    assert response.status_code == 302
    changed = placement.location.accreditations.get(crebo=placement.programme.crebo)
    assert changed.withdrawn_on == date(2026, 11, 20)
    assert other.location.accreditations.get(crebo=other.programme.crebo).withdrawn_on is None
    assert list(Touch.objects.values_list("dossier", flat=True)) == [placement.pk]
    assert placement.location.checks.latest("id").accredited is False


def test_a_check_that_says_yes_grants_what_was_not_known(client):
    place = a_location()
    client.force_login(a_user("coordinator"))
    sent = {"crebo": "25604", "accredited": "ja", "source": "Stagemarkt.nl", "since": ""}
    client.post(f"/leerbedrijven/{place.sbb_id}/erkenning/", sent)
    assert list(place.accreditations.values_list("crebo", "granted_on")) == [("25604", TODAY)]


def test_an_erkenning_that_is_there_already_is_refused_at_the_date(client):
    place = a_location()
    an_accreditation(place, "25604", withdrawn_on=date(2026, 11, 20))
    client.force_login(a_user("coordinator"))
    sent = {"crebo": "25604", "accredited": "ja", "source": "Stagemarkt.nl", "since": "2020-01-01"}
    refused = client.post(f"/leerbedrijven/{place.sbb_id}/erkenning/", sent)
    assert refused.context["form"].errors == {"since": ["Deze erkenning staat er al."]}
    assert place.checks.count() == 0


def test_a_contact_person_has_a_role_and_a_praktijkopleider_an_address(client):
    place = a_location()
    client.force_login(a_user("coordinator"))
    sent = {"first_name": "Kim", "last_name": "Bos", "language": "nl"}
    page = f"/leerbedrijven/{place.sbb_id}/contactpersoon/"
    assert client.post(page, sent).context["form"].errors == {"is_supervisor": ["Kies ten minste één rol."]}
    refused = client.post(page, sent | {"is_supervisor": "on"})
    assert refused.context["form"].errors == {
        "email": ["Een praktijkopleider krijgt links per mail. Vul een e-mailadres in."]
    }
    assert client.post(page, sent | {"is_supervisor": "on", "email": "k@bedrijf.example"}).status_code == 302
    assert Contact.objects.get().full_name == "Kim Bos"


def test_the_same_address_twice_at_one_leerbedrijf_is_refused(client):
    known = a_contact()
    client.force_login(a_user("coordinator"))
    sent = {"first_name": "Kim", "last_name": "Bos", "language": "nl", "is_mentor": "on", "email": known.email}
    refused = client.post(f"/leerbedrijven/{known.location.sbb_id}/contactpersoon/", sent)
    assert refused.context["form"].non_field_errors() == ["Deze contactpersoon staat er al bij dit leerbedrijf."]


def test_search_finds_the_beginning_of_words_without_accents(client):
    place = a_location(name="Café Überhaupt", city="Goor")
    a_location(name="Ander bedrijf", city="Almelo")
    client.force_login(a_user("teacher"))
    found = client.get("/leerbedrijven/", {"q": "uberh goo"}).context["page"].object_list
    assert list(found) == [place]


def test_praktijkopleider_sees_the_own_leerbedrijf_and_students_none(client):
    own, other = a_contact(user=a_user()), a_contact()
    client.force_login(own.user)
    pages = (f"/leerbedrijven/{own.location.sbb_id}/", f"/leerbedrijven/{other.location.sbb_id}/")
    assert [client.get(page).status_code for page in pages] == [200, 404]
    assert client.get(f"{pages[0]}erkenning/").status_code == 403
    client.force_login(a_user())
    assert client.get(pages[0]).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_of_the_list(client, django_assert_num_queries, rows):
    for _ in range(rows):
        an_accreditation(a_location(), "25604")
    client.force_login(a_user("teacher"))
    client.get("/leerbedrijven/")  # the first page of a session writes the session
    with django_assert_num_queries(6):
        assert client.get("/leerbedrijven/").status_code == 200


def test_the_register_is_filtered_by_erkenning_and_students(client):
    standing, withdrawn, never = a_location(), a_location(), a_location()
    an_accreditation(standing, "25604")
    an_accreditation(withdrawn, "25604", withdrawn_on=date(2026, 11, 23))
    a_placement(location=standing, start=date(2026, 11, 23))
    a_placement(location=standing, start=date(2026, 11, 24))
    client.force_login(a_user("teacher"))
    with clock.moved(date(2026, 11, 23)):
        found = {
            query: [one.pk for one in client.get(f"/leerbedrijven/?{query}").context["page"]]
            for query in ("erkenning=erkend", "erkenning=ingetrokken", "erkenning=geen", "studenten=nu", "crebo=25604")
        }
        everything = client.get("/leerbedrijven/").context["page"]
        students = {one.pk: one.students for one in everything}
    assert found == {
        "erkenning=erkend": [standing.pk],
        "erkenning=ingetrokken": [withdrawn.pk],
        "erkenning=geen": [never.pk],
        "studenten=nu": [standing.pk],
        "crebo=25604": [standing.pk],
    }
    assert students == {standing.pk: 1, withdrawn.pk: 0, never.pk: 0}


def test_the_register_as_a_file_is_the_list(client):
    location = a_location(phone="0741234567")
    an_accreditation(location, "25604")
    a_location()
    client.force_login(a_user("teacher"))
    response = client.post("/leerbedrijven/exporteren/?erkenning=erkend", {"vorm": "csv"})
    head, line = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert (head.count(";"), line.split(";")[:2], line.split(";")[-2:]) == (
        8,
        [location.name, location.sbb_id],
        ["25604", "0"],
    )
    assert client.post("/leerbedrijven/exporteren/", {"vorm": "pdf"}).status_code == 404
