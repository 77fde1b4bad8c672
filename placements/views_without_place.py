"""BBL zonder plek: the list, as a file, and the beginning of a search."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from bpv.core import audit, clock, tables
from bpv.core.access import require, signed_in
from bpv.core.tables import Column
from placements import services, without_place
from placements.forms_search import WithoutPlaceFilter
from placements.models import Search
from standards import bbl
from students.models import Enrolment

ON_A_PAGE = 50
EXPORTED = [
    Column(gettext_lazy("Student"), 28),
    Column(gettext_lazy("Studentnummer"), 14),
    Column(gettext_lazy("Klas"), 12),
    Column(gettext_lazy("Opleiding"), 32),
    Column(gettext_lazy("Team"), 24),
    Column(gettext_lazy("Plek"), 22),
    Column(gettext_lazy("Zoektocht"), 26),
    Column(gettext_lazy("POK getekend uiterlijk"), 16),
    Column(gettext_lazy("Besluit mag vanaf"), 16),
    Column(gettext_lazy("Begeleiding tot en met"), 16),
    Column(gettext_lazy("Laatste stap"), 40),
    Column(gettext_lazy("Laatste stap op"), 14),
]


@dataclass(frozen=True)
class View:
    """A filter as a link, with how many it finds."""

    label: str
    url: str
    current: bool
    count: int


@require_GET
def without_place_list(request: HttpRequest) -> HttpResponse:
    """BBL zonder plek: who has no signed POK, until when, and what was done last."""
    user, today = signed_in(request), clock.today()
    require(bool(user.roles.teams))
    form = WithoutPlaceFilter(request.GET, user=user)
    wanted = form.wanted
    others = {name: value for name, value in wanted.items() if name != "zoek"}
    whole = without_place.of(user, today)
    counts = without_place.counts(without_place.filtered(whole, others))
    pages = Paginator(without_place.ordered(without_place.filtered(whole, wanted)), ON_A_PAGE)
    pages.count = counts[wanted.get("zoek", "")]  # known already: not asked again
    page: Any = pages.get_page(request.GET.get("page"))
    page.object_list = without_place.rows(page.object_list, today)
    context = {
        "page": page,
        "filters": form,
        "views": _views(counts, wanted),
        "address": urlencode(wanted),
        "wanted": wanted,
        "today": today,
        "concluded_by": bbl.concluded_by(bbl.school_year(today)),
    }
    return render(request, "placements/search_list.html", context)


def _views(counts: dict[str, int], wanted: dict[str, str]) -> list[View]:
    others = {name: value for name, value in wanted.items() if name != "zoek"}
    found = []
    for name, label in {"": _("Alles"), **without_place.SEARCHES}.items():
        said, query = str(label), others | {"zoek": name} if name else others
        found.append(
            View(said[:1].upper() + said[1:], f"?{urlencode(query)}", wanted.get("zoek", "") == name, counts[name])
        )
    return found


@require_POST
def without_place_export(request: HttpRequest) -> FileResponse:
    """The same list as a file."""
    user, today = signed_in(request), clock.today()
    require(bool(user.roles.teams))
    kind = tables.form_of(request)
    wanted = WithoutPlaceFilter(request.GET, user=user).wanted
    found = without_place.ordered(without_place.filtered(without_place.of(user, today), wanted))
    rows = [_line(row) for row in without_place.rows(found, today)]
    made = tables.download(kind, name="bbl-zonder-plek", day=today, columns=EXPORTED, rows=rows)
    audit.record("register_exported", subject=user, by=user, name=_("BBL zonder plek"), count=len(rows))
    return made


def _line(row: Any) -> list[Any]:
    """The values of a row in the order of EXPORTED."""
    student, programme, step = row.enrolment.student, row.enrolment.programme, row.last_step
    dates = [row.dates.concluded_by, row.dates.decision_from] if row.dates else [None, None]
    return [
        student.full_name,
        student.number,
        row.enrolment.group,
        programme.name,
        programme.team.name,
        row.place_word,
        without_place.SEARCHES[row.enrolment.searched],
        *dates,
        row.support_until,
        step.text if step else "",
        step.on if step else None,
    ]


@require_POST
def search_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the search of an enrolment; the one that runs is opened again."""
    user = signed_in(request)
    enrolment = get_object_or_404(Enrolment.objects.visible_to(user).select_related("programme"), pk=pk)
    require(enrolment.programme.team_id in user.roles.coordinator)
    search = services.open_search(enrolment=enrolment, kind=Search.Kind.WITHOUT, by=user, on=clock.today())
    return redirect("search", pk=search.pk)
