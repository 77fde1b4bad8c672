"""Visit, dashboard, list and search: the goals of what people wait for."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from bench.school import COORDINATOR, MANAGER, TODAY
from bench.timing import Line, in_turn
from bpv.core import clock
from compliance import queries
from placements.models import Placement
from visits.models import ContactMoment
from visits.services import log_contact

TALK = {"on": TODAY - timedelta(days=1), "kind": "phone", "with_student": True, "with_supervisor": True}


def lines() -> Iterator[Line]:
    """All goals of this group."""
    with clock.moved(TODAY):
        yield visit()
        yield from dashboard()
        yield from pages()
        yield search()


def visit() -> Line:
    """The deed with its audit event and touch against one row."""
    placement = Placement.objects.select_related("teacher").filter(teacher__isnull=False).first()
    teacher = placement.teacher

    def deed() -> None:
        log_contact(placement=placement, by=teacher, form_key=uuid.uuid4(), **TALK)

    def row() -> None:
        ContactMoment.objects.create(placement=placement, teacher=teacher, **TALK)

    last = ContactMoment.objects.order_by("-pk").values_list("pk", flat=True)[0]
    took = in_turn(deed, row, 101)
    ContactMoment.objects.filter(pk__gt=last).delete()  # the school grows on from here
    return Line("logging a visit / bare insert and commit", *took, "<= 3")


def dashboard() -> Iterator[Line]:
    """The counts of the overview against a scan that reads every active finding."""

    def scan() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*), min(due), max(done_on) FROM compliance_finding WHERE active_until >= %s", [TODAY]
            )
            cursor.fetchall()

    for name, email, aim in (("whole school", MANAGER, "<= 2"), ("one team", COORDINATOR, "<= 0.2")):
        user = User.objects.get(email=email)
        ours, bare = in_turn(partial(queries.counts, user, TODAY), scan)
        yield Line(f"dashboard, {name} / scan of active findings", ours, bare, aim)


def pages() -> Iterator[Line]:
    """Queries and p50 of list pages, through the whole stack but the network."""
    for who, email in (("team", COORDINATOR), ("school", MANAGER)):
        client = Client(headers={"host": "localhost"})
        client.force_login(User.objects.get(email=email))
        for path in ("/plaatsingen/", "/plaatsingen/?q=huism", "/plaatsingen/?regel=S5&uitkomst=missed", "/overzicht/"):
            client.get(path)
            with CaptureQueriesContext(connection) as seen:
                answer = client.get(path)
            asked = len(seen)
            if answer.status_code != 200:
                raise RuntimeError(f"{path} answers {answer.status_code}")
            ours, bare = in_turn(partial(client.get, path), partial(client.get, "/gezond/"), 21)
            yield Line(f"{path} of a {who}, {asked} queries / empty page", ours, bare, "p50 equal at both sizes")


def search() -> Line:
    """First fifty by the beginning of a word in the whole school."""
    plain = Q()
    for field in ("student__first_name", "student__last_name", "student__number", "number", "location__name"):
        plain |= Q(**{f"{field}__icontains": "huisman99"})

    def ours() -> None:
        list(Placement.objects.matching("huisman99").order_by("sort_key", "id").values_list("id")[:50])

    def bare() -> None:
        list(Placement.objects.filter(plain).order_by("sort_key", "id").values_list("id")[:50])

    own, other = in_turn(ours, bare)
    return Line("search, icontains over the joined tables / ours", other, own, ">= 50 at 200,000")
