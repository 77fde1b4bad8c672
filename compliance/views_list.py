"""Plaatsingen: one table for all who see more than one student."""

from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from bpv.core import clock
from bpv.core.access import require
from compliance import queries
from compliance.forms import PlacementFilter
from compliance.presentation import COLUMNS
from compliance.rows import Row

ON_A_PAGE = 50


class Link(NamedTuple):
    """A filter as a link."""

    label: str
    url: str
    current: bool = False


VIEWS = [
    ("", _("Loopt of komt")),
    ("docent=mijn", _("Mijn studenten")),
    ("regel=S5&uitkomst=missed", _("POK te laat")),
    ("regel=S4.2-b&uitkomst=missed", _("1e contact te laat")),
    ("regel=S6.1-c&uitkomst=open", _("Vraag open")),
    ("docent=geen", _("Zonder docent")),
]


def placements(request: HttpRequest) -> HttpResponse:
    """Search, filter and page through the placements of the person's teams."""
    user: Any = request.user
    require(user.roles.is_staff)
    today = clock.today()
    teams = queries.teams_of(user)
    form = PlacementFilter(request.GET, teams=teams, groups=queries.groups_of(user))
    wanted = form.wanted
    page: Any = Paginator(queries.placements(user, wanted, today), ON_A_PAGE).get_page(request.GET.get("page"))
    found = queries.findings_by_placement(list(page.object_list))
    page.object_list = [Row.of(user, placement, found[placement.pk], today) for placement in page.object_list]
    context = {
        "filters": form,
        "page": page,
        "chips": chips(request.GET, form),
        "views": views(request.GET),
        "columns": COLUMNS,
        "today": today,
        "wanted": wanted,
        "lead": ", ".join(name for _pk, name in teams),
    }
    return render(request, "compliance/placements.html", context)


def chips(params: QueryDict, form: PlacementFilter) -> list[Link]:
    """The filters that are on, each a link that takes it off."""
    found = []
    for name in form.wanted:
        left = params.copy()
        left.pop(name)
        left.pop("page", None)
        found.append(Link(f"{form.fields[name].label}: {form.label_of(name)}", f"?{left.urlencode()}"))
    return found


def views(params: QueryDict) -> list[Link]:
    """Filters that are asked for often."""
    now = {name: value for name, value in params.items() if value and name != "page"}
    return [Link(label, f"?{query}", now == QueryDict(query).dict()) for query, label in VIEWS]
