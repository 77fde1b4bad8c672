"""Reading never writes: every page, for everybody who may open it, under a guard in front of the database."""

import re
from typing import Any

import pytest
from django.db import connection

from tests.project.pages import PAGES
from tests.project.test_access import WHO, address, names, visitor
from tests.project.world import World, a_world

pytestmark = pytest.mark.django_db
WRITES = re.compile(r"^\W*(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|ALTER|CREATE|DROP)\b|\bFOR (NO KEY )?UPDATE\b", re.I)
FREE = re.compile(r'"?(django_session|core_cache)"?\b')  # being seen, and the counters of sign-in


class Written(AssertionError):
    """A page wrote; the message is the statement."""


def guard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Refuses statements that write, but for sessions and the cache."""
    if WRITES.search(sql) and not FREE.search(sql):
        raise Written(sql[:200])
    return execute(sql, params, many, context)


@pytest.fixture
def world(settings) -> World:
    settings.ACCOUNT_RATE_LIMITS = False
    return a_world()


def written(world: World, who: str) -> list[str]:
    """The pages that wrote when this person opened them."""
    me = visitor(world, who)
    side = me.side or world.ours
    found = []
    for name, page in PAGES.items():
        if page.post or name not in names():
            continue
        try:
            with connection.execute_wrapper(guard):
                me.get(address(name, page, side.ids))
        except Written as fault:
            found.append(f"{name}: {fault}")
    return found


@pytest.mark.parametrize("who", [who for who in WHO if not who.endswith("theirs")])
def test_get_never_writes(world, who):
    assert written(world, who) == []


def test_control_a_page_that_writes_turns_red(world, monkeypatch):
    def counted(request: Any) -> bool:
        world.mail.save()
        return False

    monkeypatch.setattr("accounts.views.is_mfa_enabled", counted)
    assert [line.split(":")[0] for line in written(world, "teacher ours")] == ["profile"]
