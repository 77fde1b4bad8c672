"""Saved filters: kept by name, for oneself or a team; changed and thrown away by the owner alone."""

from datetime import date

import pytest

from bpv.core import clock
from bpv.core.models import AuditEvent
from compliance.models import SavedFilter
from tests.builders import a_placement, a_saved_filter, a_team, a_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NEW = "/filters/nieuw/"


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def offered(client, user, query: str = "") -> list[tuple[str, str, bool]]:
    client.force_login(user)
    saved = client.get(f"/plaatsingen/?{query}").context["saved"]
    return [(view.label, view.url, view.current) for view in saved]


def messages(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_a_filter_is_kept_under_a_name(client):
    placement = a_placement()
    coordinator = a_user("coordinator", placement.team)
    client.force_login(coordinator)
    asked = {"name": "Alleen BOL", "team": "", "query": "leerweg=BOL&sort=-begin&page=2&onzin=1"}
    response = client.post(NEW, asked, follow=True)
    assert response.redirect_chain == [("/plaatsingen/?leerweg=BOL&sort=-begin", 302)]
    assert messages(response) == ["Filter Alleen BOL is opgeslagen."]
    assert offered(client, coordinator, "sort=-begin&leerweg=BOL") == [("Alleen BOL", "?leerweg=BOL&sort=-begin", True)]
    assert AuditEvent.objects.filter(event="filter_saved", by=coordinator).count() == 1


def test_a_filter_is_seen_by_its_owner_and_by_the_team_it_is_shared_with(client):
    team = a_team()
    owner, colleague, stranger = a_user("coordinator", team), a_user("teacher", team), a_user("teacher", a_team())
    a_saved_filter(owner, "Gedeeld", team=team)
    a_saved_filter(owner, "Van mij")
    assert [name for name, *_ in offered(client, owner)] == ["Gedeeld", "Van mij"]
    assert [name for name, *_ in offered(client, colleague)] == ["Gedeeld"]
    assert offered(client, stranger) == []


def test_only_the_owner_changes_a_filter(client):
    team = a_team()
    owner, colleague, stranger = a_user("coordinator", team), a_user("teacher", team), a_user("teacher", a_team())
    saved = a_saved_filter(owner, "Oud", team=team)
    url = f"/filters/{saved.pk}/"
    for user, status in ((colleague, 403), (stranger, 404)):
        client.force_login(user)
        answers = [client.get(url), client.post(url, {"name": "Nieuw"}), client.post(f"{url}verwijderen/")]
        assert [answer.status_code for answer in answers] == [status] * 3
    client.force_login(owner)
    response = client.post(url, {"name": "Nieuw", "team": "", "query": "leerweg=BBL"}, follow=True)
    assert messages(response) == ["Filter Nieuw is gewijzigd."]
    saved.refresh_from_db()
    assert (saved.name, saved.team, saved.query) == ("Nieuw", None, "leerweg=BOL")  # the filter itself stays


def test_only_the_owner_throws_it_away(client):
    saved = a_saved_filter(a_user("coordinator", a_team()), "Weg")
    client.force_login(saved.owner)
    response = client.post(f"/filters/{saved.pk}/verwijderen/", follow=True)
    assert messages(response) == ["Filter Weg is verwijderd."]
    assert SavedFilter.objects.count() == 0


def test_a_name_is_used_once_by_one_person(client):
    team = a_team()
    saved = a_saved_filter(a_user("coordinator", team), "Zorg")
    client.force_login(saved.owner)
    response = client.post(NEW, {"name": "Zorg", "query": "leerweg=BBL"})
    assert response.context["form"].errors == {"__all__": ["Je hebt al een filter met deze naam."]}
    client.force_login(a_user("coordinator", team))
    client.post(NEW, {"name": "Zorg", "query": "leerweg=BBL"})
    assert SavedFilter.objects.filter(name="Zorg").count() == 2


def test_a_filter_is_shared_with_an_own_team_only(client):
    client.force_login(a_user("coordinator", a_team()))
    response = client.post(NEW, {"name": "X", "team": a_team().pk, "query": "leerweg=BOL"})
    assert list(response.context["form"].errors) == ["team"]


def test_without_a_filter_there_is_nothing_to_keep(client):
    placement = a_placement()
    client.force_login(a_user("coordinator", placement.team))
    assert client.get("/plaatsingen/").context["save_form"] is None
    response = client.post(NEW, {"name": "Leeg", "query": "onzin=1"})
    assert response.context["form"].errors == {
        "__all__": ["Er staat geen filter aan. Kies in de lijst eerst een filter."]
    }


def test_the_own_filter_that_is_on_can_be_changed_from_the_list(client):
    placement = a_placement()
    saved = a_saved_filter(a_user("coordinator", placement.team), "Zorg", team=placement.team)
    client.force_login(saved.owner)
    assert client.get("/plaatsingen/?leerweg=BOL").context["own"] == saved
    client.force_login(placement.teacher)
    assert client.get("/plaatsingen/?leerweg=BOL").context["own"] is None
