"""Rounds of signing in every state, made by the real deeds: what waits for whom on the first day of the demo."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from accounts.models import Role, User
from agreements import readiness, signing
from agreements.models import Mode, Pok
from agreements.services import make_pok
from bpv.core import clock
from placements.models import Placement

AT_MOST = 24  # a document takes a third of a second
TOGETHER = 5  # that wait for one praktijkopleider
CLIENT = {"ip": "192.0.2.10", "agent": "demo"}
# How far each gets: made only, offered with these signatures, or refused.
LIVES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("offered", ()),
    ("offered", ("student",)),
    ("offered", ("student", "company")),
    ("concept", ()),
    ("offered", ("student", "company", "school")),
    ("refused", ("student",)),
    ("offered", ("company",)),
)


def rounds(today: date) -> None:
    """POKs of placements that are still to begin and have none: some to make, some in every state of a round."""
    found = Placement.objects.filter(start__gt=today + timedelta(weeks=2), poks=None, supervisor__isnull=False)
    found = found.select_related("team", "student", "location", "programme", "supervisor").order_by("number")
    coming = [placement for placement in found if not readiness.blocking(placement, today)]
    if not coming:
        return
    place, _count = Counter(placement.location_id for placement in coming).most_common(1)[0]
    together = [placement for placement in coming if placement.location_id == place][:TOGETHER]
    for placement in together:
        _live(placement, "offered", (), today)
    others = [placement for placement in coming if placement.location_id != place]
    for index, placement in enumerate(others[: AT_MOST - len(together)]):
        _live(placement, *LIVES[index % len(LIVES)], today)


def _live(placement: Placement, life: str, signed: tuple[str, ...], today: date) -> None:
    by = _coordinator(placement)
    if by is None:
        return
    with clock.moved(clock.at(today - timedelta(days=6), 10)):
        pok = _make(placement, by, today - timedelta(days=6))
        if life == "concept":
            return
        signing.offer(pok=pok, by=by, mode=Mode.DIGITAL, today=today - timedelta(days=6))
    for days, party in enumerate(signed):
        with clock.moved(clock.at(today - timedelta(days=4 - days), 11 + days)):
            _sign(pok, party, by)
    if life == "refused":
        with clock.moved(clock.at(today - timedelta(days=1), 15)):
            company = pok.signatories.get(party="company").user
            signing.refuse(pok=pok, by=company, reason="De begindatum klopt niet met wat we afspraken.", client=CLIENT)


def _coordinator(placement: Placement) -> User | None:
    led = User.objects.filter(memberships__role=Role.COORDINATOR, memberships__team=placement.team)
    return led.order_by("staff_number").first()


def _make(placement: Placement, by: User, today: date) -> Pok:
    fields: dict[str, Any] = {
        name: getattr(placement, name) for name in ("start", "end", "hours_per_week", "hours_total")
    }
    hours: dict[str, int | None] = dict.fromkeys(placement.keuzedelen, 80)
    return make_pok(placement=placement, by=by, today=today, hours=hours, **fields)


def _sign(pok: Pok, party: str, by: User) -> None:
    signer = pok.signatories.get(party=party).user or by
    how = {"name": signer.full_name, "proof": "password" if party == "school" else "link_code", "client": CLIENT}
    signing.sign(pok=pok, by=signer, sha256=pok.document.sha256 if pok.document else "", authority=True, **how)
