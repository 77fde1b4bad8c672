"""Plaatsingen: one table for all who see more than one student."""

from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from bpv.core import audit, clock, tables
from bpv.core.access import require
from compliance import listing
from compliance.exporting import COLUMNS as EXPORTED
from compliance.exporting import as_line
from compliance.forms import PlacementFilter, SavedFilterForm
from compliance.models import SavedFilter
from compliance.presentation import COLUMNS

ON_A_PAGE = 50


class View(NamedTuple):
    """A filter as a link, with how many placements it finds (None: not counted)."""

    label: str
    url: str
    current: bool = False
    count: int | None = None
    note: str = ""


MINE = {"docent": "mijn"}  # not shown to who guides nobody
VIEWS: list[tuple[dict[str, str], Any]] = [
    ({}, _("Loopt of komt")),
    (MINE, _("Mijn studenten")),
    ({"regel": "S5", "uitkomst": "missed"}, _("POK te laat")),
    ({"regel": "S4.2-b", "uitkomst": "missed"}, _("1e contact te laat")),
    ({"regel": "S6.1-c", "uitkomst": "open"}, _("Vraag open")),
    ({"docent": "geen"}, _("Zonder docent")),
]


class Counted(Paginator):
    """Pages of a list whose length is known already."""

    def __init__(self, found: Any, length: int) -> None:
        super().__init__(found, ON_A_PAGE)
        self.length = length

    @property
    def count(self) -> int:
        """Without asking again."""
        return self.length


def placements(request: HttpRequest) -> HttpResponse:
    """Search, filter, order and page through the placements of the person's teams."""
    user: Any = request.user
    require(bool(user.roles.teams))
    today = clock.today()
    form = PlacementFilter(request.GET, user=user)
    wanted, address = form.wanted, form.address
    count, counts = listing.count_each(user, wanted, [query for query, _label in VIEWS], today)
    page: Any = Counted(form.placements(today), count).get_page(request.GET.get("page"))
    page.object_list = listing.rows(user, list(page.object_list), today)
    teams = form.choices.teams
    saved = list(SavedFilter.objects.visible_to(user).select_related("team"))
    context = {
        "filters": form,
        "page": page,
        "lines": [row.line(today) for row in page.object_list],
        "chips": chips(form),
        "views": views(wanted, counts),
        "saved": saved_views(saved, user, address),
        "own": next((found for found in saved if found.owner_id == user.pk and same(found.query, address)), None),
        "save_form": SavedFilterForm(teams=teams, initial={"query": address}) if address else None,
        "columns": COLUMNS,
        "today": today,
        "wanted": wanted,
        "address": address,
        "may_choose": any(row.may_choose for row in page.object_list),
        "lead": ", ".join(name for _pk, name in teams[:4]) + (" …" if len(teams) > 4 else ""),
    }
    response = render(request, "compliance/placements.html", context)
    if request.headers.get("HX-Request"):
        response["HX-Replace-Url"] = f"{request.path}?{address}" if address else request.path
    return response


def chips(form: PlacementFilter) -> list[View]:
    """The filters that are on, each a link that takes it off."""
    on = dict(parse_qsl(form.address))
    return [
        View(label, link({name: value for name, value in on.items() if name != taken_off}))
        for taken_off, label in form.labels.items()
    ]


def views(wanted: dict[str, str], counts: list[int]) -> list[View]:
    """Filters that are asked for often."""
    return [
        View(label, link(query), wanted == query, count)
        for (query, label), count in zip(VIEWS, counts, strict=True)
        if count or query != MINE or wanted == query
    ]


def saved_views(saved: list[SavedFilter], user: Any, address: str) -> list[View]:
    """The own saved filters, and those that were shared with the person's teams."""
    return [
        View(
            found.name,
            f"?{found.query}",
            same(found.query, address),
            note="" if found.owner_id == user.pk or found.team is None else found.team.name,
        )
        for found in saved
    ]


def same(one: str, other: str) -> bool:
    """Whether two addresses ask the same."""
    return dict(parse_qsl(one)) == dict(parse_qsl(other))


def link(query: dict[str, str]) -> str:
    """An address on this page."""
    return f"?{urlencode(query)}" if query else "?"


@require_POST
def export(request: HttpRequest) -> FileResponse:
    """The whole list as a file: same filter, same order. A POST, because it is recorded who took it along."""
    user: Any = request.user
    require(bool(user.roles.teams))
    form, today = PlacementFilter(request.GET, user=user), clock.today()
    kind = tables.form_of(request)
    lines = map(as_line, listing.all_rows(user, form.placements(today), today))
    made = tables.download(kind, name="plaatsingen", day=today, columns=EXPORTED, rows=lines)
    audit.record("list_exported", subject=user, by=user, count=form.placements(today).count(), filter=form.in_words)
    return made
