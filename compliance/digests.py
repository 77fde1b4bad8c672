"""One mail on a workday for whoever has something new or late; an empty one is not sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import override

from accounts import languages
from accounts.models import Membership, Role, User
from bpv.core import calendar, mail
from compliance import night, worklist
from compliance.models import Run
from standards.workdays import is_workday

OPENS = time(6, 30)  # Europe/Amsterdam
SHOWN = 8


@dataclass(frozen=True)
class Digest:
    """What the mail says: new since the last one, and all that is late."""

    user: User
    new: list[worklist.WorkItem]
    late: list[worklist.WorkItem]

    @property
    def shown_late(self) -> list[worklist.WorkItem]:
        """The first ones by name; the others stand on the page."""
        return self.late[:SHOWN]

    @property
    def more(self) -> int:
        """How many late ones are not named."""
        return len(self.late) - len(self.shown_late)


def run_digests(now: datetime) -> list[Run]:
    """The digest of today, once. A day that was missed is not sent afterwards: its news is in the next one."""
    done = []
    for day in night.due_days("digest", now, OPENS)[-1:]:
        with transaction.atomic():
            if not night.claim("digest", day):
                break
            done.append(Run.objects.create(kind="digest", day=day, done_at=now, counts={"mails": send(day)}))
    return done


def send(day: date) -> int:
    """Queue the mails of a day; returns how many. Not on a day that is no workday."""
    if not is_workday(day, calendar.free_days()):
        return 0
    earlier = Run.objects.filter(kind="digest", day__lt=day).order_by("-day").first()
    since = earlier.day if earlier else None
    sent = 0
    for user in receivers(day):
        language = languages.of(user)
        with override(language):
            digest = digest_for(user, day, since)
        if digest.new or digest.late:
            words = {"language": language, "digest": digest, "day": day, "name": user.first_name}
            mail.queue("digest", to=user.email, key=day.isoformat(), **words)
            sent += 1
    return sent


def receivers(day: date) -> Iterable[User]:
    """Teachers and coordinators who may have something late; somebody who is both gets one mail.

    Three queries for the whole school, so that looking closer is done only for whoever has work.
    """
    late = worklist.worth_doing(day).filter(due__lt=day).order_by()
    rows = list(late.values_list("teacher", "request__owner", "team").distinct())
    persons = {person for teacher, owner, _team in rows for person in (teacher, owner)}
    led = Membership.objects.filter(role=Role.COORDINATOR)
    teams = {team for _teacher, _owner, team in rows}
    persons |= set(led.filter(Q(team__in=teams) | Q(college__teams__in=teams)).values_list("user", flat=True))
    roles = [Role.TEACHER, Role.COORDINATOR]
    found = User.objects.filter(pk__in=persons - {None}, is_active=True, memberships__role__in=roles)
    return found.distinct().order_by("pk")


def digest_for(user: Any, day: date, since: date | None) -> Digest:
    """New is what became late since the last digest; on the first digest everything late is new."""
    items = [item for item in worklist.items_for(user, day) if item.due < day]
    new = [item for item in items if since is None or item.due >= since]
    return Digest(user, new[:SHOWN], items)
