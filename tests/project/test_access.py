"""Every address x every role x own, other side and not existing (T1, T2, T4; R1); the table is pages.py."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from accounts.models import User
from placements.querysets import OfPlacementQuerySet, PlacementQuerySet
from tests.project.pages import OFFICE, PAGES, STAFF, Page
from tests.project.world import KINDS, Side, World, a_world
from visits.querysets import HelpRequestQuerySet

pytestmark = pytest.mark.django_db
MISSING = {
    "number": "PL999999",
    "location": "999999999",
    "contact": 10**9,
    "student": "999999999999",
    "programme": 10**9,
    "pok": 10**9,
    "scan": 10**9,
    "talk": 10**9,
    "planned": 10**9,
    "incident": "V99999",
    "duty": 10**9,
    "guidance": 10**9,
    "absence": 10**9,
    "contact_moment": 10**9,
    "point": 10**9,
    "remark": 10**9,
    "ending": 10**9,
    "request": "H99999",
    "deviation": 10**9,
    "team": 10**9,
    "plan": 10**9,
    "interim": 10**9,
    "judgement": 10**9,
    "goal": 10**9,
    "task": 10**9,
    "handed": 10**9,
    "version": 99,
    "proposal": 10**9,
    "equivalence": 10**9,
    "statement": 10**9,
    "import": 10**9,
    "mail": 10**9,
    "filter": 10**9,
    "bulk": 10**9,
    "search": 10**9,
    "enrolment": 10**9,
    "hours_week": 10**9,
}
WHO = [f"{kind} {side}" for side in ("ours", "theirs") for kind in KINDS] + [
    "without a role",
    "anonymous",
]


@pytest.fixture
def world(settings) -> World:
    settings.ACCOUNT_RATE_LIMITS = False
    return a_world()


def patterns(urls: list[Any]) -> Iterator[URLPattern]:
    """Every address, also those in included lists."""
    for entry in urls:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from patterns(entry.url_patterns)


def names() -> list[str]:
    return [str(pattern.name) for pattern in patterns(get_resolver().url_patterns)]


def test_every_address_is_listed():
    assert sorted(set(names()) ^ set(PAGES)) == []


def test_no_two_addresses_share_a_name():
    assert len(names()) == len(set(names()))


def address(name: str, page: Page, ids: dict[str, Any]) -> str:
    kwargs = {argument: ids[kind] for argument, kind in page.ids.items()} | page.fixed
    query = page.query.format(**ids) if page.query else ""
    return reverse(name, kwargs=kwargs) + (f"?{query}" if query else "")


def expected(page: Page, kind: str, same_side: bool, exists: bool = True) -> int:
    """The status of the page for somebody who is logged in."""
    has_object = bool(page.ids or page.query)
    if has_object and not exists:
        return 404
    if not has_object or same_side or page.role_first or (page.school_wide and kind in [*STAFF, *OFFICE]):
        if kind in page.may:
            return page.opened
        if kind in page.sent_on:
            return 302
        return 403 if kind in page.sees or sees_the_pok(page, kind) or not has_object else 404
    return 404


def sees_the_pok(page: Page, kind: str) -> bool:
    """The studentenadministratie knows every POK of its teams, also where only others do something with it."""
    return kind in OFFICE and not {"pok", "ending"}.isdisjoint(page.ids.values())


class Visitor:
    """Somebody who opens pages; every visit is undone."""

    def __init__(self, kind: str, side: Side | None, user: User | None) -> None:
        self.kind, self.side = kind, side
        self.client = Client()
        if user:
            self.client.force_login(user)

    def open(self, page: Page, url: str) -> HttpResponse:
        return self.post(url) if page.post else self.get(url)

    def get(self, url: str) -> HttpResponse:
        return self._undone(self.client.get, url)

    def post(self, url: str) -> HttpResponse:
        return self._undone(self.client.post, url)

    def _undone(self, method: Any, url: str) -> HttpResponse:
        with transaction.atomic():
            response = method(url)
            if not response.streaming:
                response.content  # noqa: B018 - rendered before the undoing
            transaction.set_rollback(True)
        self.client.cookies.pop("messages", None)
        return response


def visitor(world: World, who: str) -> Visitor:
    for kind, side, user in world.people():
        if who == (f"{kind} {'ours' if side is world.ours else 'theirs'}" if side else kind):
            return Visitor(kind, side, user)
    raise LookupError(who)


def body(response: HttpResponse) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def without_form_token(text: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"', "", text)


def deviations(world: World, who: str, first: str = "") -> Iterator[str]:
    """What the visitor gets that the table does not say, and words of the other side; pages named `first` first."""
    me = visitor(world, who)
    for name, page in sorted(PAGES.items(), key=lambda item: not item[0].startswith(first)):
        if name not in names():
            continue
        if me.kind == "anonymous" or page.open:
            yield from of_open_page(me, name, page, world)
            continue
        ours, theirs = (me.open(page, address(name, page, side.ids)) for side in (world.ours, world.theirs))
        yield from of_object(me, name, page, world.ours, ours, world)
        yield from of_object(me, name, page, world.theirs, theirs, world)
        if page.ids or page.query:
            foreign = theirs if me.side is world.ours else ours
            yield from of_missing(me, name, page, foreign, world)


def of_open_page(me: Visitor, name: str, page: Page, world: World) -> Iterator[str]:
    url = address(name, page, world.ours.ids)
    answer = me.open(page, url)
    if page.open:
        if answer.status_code in (401, 403, 500) or answer.get("Location", "").startswith("/account/login/?"):
            yield f"{name}: {answer.status_code}"
    elif not answer.get("Location", "").startswith("/account/login/?next="):
        yield f"{name}: {answer.status_code} without a login"
    if not page.open:
        yield from leaks(name, body(answer), [*world.ours.secrets(""), *world.theirs.secrets("")])


def of_object(me: Visitor, name: str, page: Page, side: Side, answer: HttpResponse, world: World) -> Iterator[str]:
    url = address(name, page, side.ids)
    wanted = expected(page, me.kind, me.side is side)
    if answer.status_code != wanted:
        yield f"GET {url}: {answer.status_code}, not {wanted}"
    foreign = [other for other in (world.ours, world.theirs) if other is not me.side]
    for other in foreign:
        yield from leaks(url, body(answer), other.secrets(me.kind))
    if not page.post and (me.kind not in page.writers or wanted == 404):
        posted = me.post(url).status_code
        as_read = 302 if me.kind in page.sent_on else 200
        if posted not in (403, 404, 405) and not (posted == as_read and page.writers == []):
            yield f"POST {url}: {posted}"


def of_missing(me: Visitor, name: str, page: Page, foreign: HttpResponse, world: World) -> Iterator[str]:
    """Not existing looks the same as somebody else's."""
    missing = me.open(page, address(name, page, world.ours.ids | MISSING))
    if page.role_first and me.kind not in page.may:
        return
    if missing.status_code != 404:
        yield f"{name}: {missing.status_code} for what does not exist"
    if foreign.status_code == 404 and without_form_token(body(foreign)) != without_form_token(body(missing)):
        yield f"{name}: foreign and not existing differ"


def leaks(where: str, text: str, secrets: list[str]) -> Iterator[str]:
    yield from (f"{where} says {secret}" for secret in secrets if secret in text)


@pytest.mark.parametrize("who", WHO)
def test_access(world, who):
    assert list(deviations(world, who)) == []


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("supervisor", ["mist begeleiding", "Kanariestraat", "Kanarievraag"]),
        ("student", ["komt te laat"]),
        ("neighbour", ["Kanarie", "mist begeleiding", "komt te laat"]),
    ],
)
def test_t3_what_one_party_told_the_school_is_not_shown_to_the_other(world, kind, words):
    me = visitor(world, f"{kind} ours")
    urls = [address(name, page, world.ours.ids) for name, page in PAGES.items() if name in names() and not page.post]
    assert [line for url in urls for line in leaks(url, body(me.get(url)), words)] == []


def everything(self: Any, user: Any) -> Any:
    return self


@pytest.mark.parametrize(
    ("queryset", "first"), [(PlacementQuerySet, ""), (OfPlacementQuerySet, ""), (HelpRequestQuerySet, "request")]
)
@pytest.mark.parametrize("who", ["coordinator theirs", "student theirs", "supervisor theirs"])
def test_control_without_a_visibility_filter_the_table_turns_red(world, monkeypatch, queryset, first, who):
    monkeypatch.setattr(queryset, "visible_to", everything)
    assert next(deviations(world, who, first), None) is not None


def test_control_a_view_that_forgets_the_login_turns_red(world, monkeypatch):
    view = next(pattern for pattern in patterns(get_resolver().url_patterns) if pattern.name == "profile").callback
    monkeypatch.setattr(view, "login_required", False, raising=False)
    monkeypatch.setattr("accounts.views.is_mfa_enabled", lambda user: False)
    with pytest.raises(AttributeError):  # the page asks the roles of nobody
        list(deviations(world, "anonymous"))
