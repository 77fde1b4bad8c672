"""The chain of events of a round: each holds the hash of the one before, so nothing can be left out or changed.

Network address and browser are kept beside the chain for authorised readers; the chain holds only their hash, made
with a nonce, so that the evidence that goes to the parties tells nothing about each other's devices.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from agreements.models import Pok, SigningEvent

PARTS = ("number", "at", "event", "party", "data", "previous")


def record(
    pok: Pok, event: str, *, at: datetime, party: str = "", client: Mapping[str, str] | None = None, **data: Any
) -> SigningEvent:
    """Add one event. The caller holds the row lock of the POK, so numbers follow each other without a gap."""
    last = SigningEvent.objects.filter(pok=pok).order_by("-number").first()
    kept = dict(client) | {"nonce": secrets.token_hex(16)} if client else {}
    if kept:
        data["client"] = digest(kept)
    link = SigningEvent(
        pok=pok,
        number=last.number + 1 if last else 1,
        at=at,
        event=event,
        party=party,
        data=data,
        previous=last.hash if last else "",
        client=kept,
    )
    link.hash = digest(_said(link))
    link.save()
    return link


def as_list(pok: Pok) -> list[dict[str, Any]]:
    """The chain as it stands in the evidence: without network addresses and browsers."""
    return [_said(link) | {"hash": link.hash} for link in pok.events.order_by("number")]


def is_intact(links: Iterable[Mapping[str, Any]]) -> bool:
    """Numbers without a gap, each hash right, each pointing to the one before."""
    previous, number = "", 0
    for link in links:
        number += 1
        said = {part: link.get(part) for part in PARTS}
        if link.get("number") != number or link.get("previous") != previous or link.get("hash") != digest(said):
            return False
        previous = link["hash"]
    return number > 0


def digest(value: Any) -> str:
    """SHA-256 of JSON in one fixed form."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _said(link: SigningEvent) -> dict[str, Any]:
    return {part: getattr(link, part) for part in PARTS} | {"at": link.at.astimezone(UTC).isoformat()}
