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
from bench.timing import Line, PageLine, Spread, in_turn, samples_in_turn
from bpv.core import clock
from compliance import counting, queries
from compliance.models import DailyCount
from placements.models import Placement
from visits.contacts import log_contact
from visits.models import ContactMoment

TALK = {"on": TODAY - timedelta(days=1), "kind": "phone", "with_student": True, "with_supervisor": True}

TIMES = 41
PATHS = (
    ("Vandaag", "/"),
    ("Plaatsingen", "/plaatsingen/"),
    ("Plaatsingen, search", "/plaatsingen/?q=huism"),
    ("Plaatsingen, POK missed", "/plaatsingen/?regel=S5&uitkomst=missed"),
    ("Overzicht", "/overzicht/"),
    ("Examencommissie", "/examencommissie/"),
    ("Examencommissie, requirement met", "/examencommissie/?antwoord=voldoet"),
)


def lines() -> Iterator[Line]:
    """All goals of this group."""
    with clock.moved(TODAY):
        yield visit()
        yield from dashboard()
        yield search()


def opened() -> list[PageLine]:
    """The pages themselves."""
    count_days()
    with clock.moved(TODAY):
        return list(pages())


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


def pages() -> Iterator[PageLine]:
    """Queries, p50 and p95 of the pages people have open all day, through the whole stack but the network."""
    for who, email in (("team", COORDINATOR), ("school", MANAGER)):
        user = User.objects.get(email=email)
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        for name, path in (*PATHS, *_paths_of_one(user)):
            client.get(path)
            with CaptureQueriesContext(connection) as seen:
                answer = client.get(path)
            asked = len(seen)
            if answer.status_code != 200:
                raise RuntimeError(f"{path} answers {answer.status_code}")
            ours, empty = samples_in_turn(partial(client.get, path), partial(client.get, "/gezond/"), TIMES)
            yield PageLine(f"{name}, {who}", asked, Spread.of(ours), Spread.of(empty))


def _paths_of_one(user: User) -> Iterator[tuple[str, str]]:
    """Pages of one placement, and of the leerbedrijf where it is."""
    found = Placement.objects.visible_to(user).order_by("-start", "pk")
    number, sbb_id = found.values_list("number", "location__sbb_id")[0]
    yield "Dossier", f"/plaatsingen/{number}/"
    yield "Werkprocessen of a placement", f"/plaatsingen/{number}/werkprocessen/"
    yield "Werkprocessen at a leerbedrijf", f"/leerbedrijven/{sbb_id}/werkprocessen/"


def count_days() -> None:
    """A trend of twelve weeks for the overview, as the nights would have kept it."""
    DailyCount.objects.all().delete()
    for weeks in range(13):
        counting.keep(TODAY - timedelta(weeks=weeks))


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
