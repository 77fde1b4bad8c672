"""Pages of the studentenadministratie: POKs on their way into the dossier, and dossiers to take along."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from agreements import administration, archive
from agreements.forms_administration import AdministrationFilter, FilingForm
from agreements.models import Pok
from bpv.core import audit, clock, tables
from bpv.core.access import require, signed_in
from bpv.core.tables import Column

ON_A_PAGE = 50
EXPORTED = [
    Column(gettext_lazy("Student"), 28),
    Column(gettext_lazy("Studentnummer"), 14),
    Column(gettext_lazy("POK-nummer"), 16),
    Column(gettext_lazy("Versie"), 8),
    Column(gettext_lazy("Soort"), 16),
    Column(gettext_lazy("Opleiding"), 32),
    Column(gettext_lazy("Leerweg"), 10),
    Column(gettext_lazy("Team"), 24),
    Column(gettext_lazy("Leerbedrijf"), 32),
    Column(gettext_lazy("Begin"), 12),
    Column(gettext_lazy("Einde"), 12),
    Column(gettext_lazy("Stand"), 24),
    Column(gettext_lazy("Uiterlijk in dossier"), 16),
    Column(gettext_lazy("In dossier op"), 14),
]


@dataclass(frozen=True)
class View:
    """A filter as a link, with how many it finds."""

    label: Any
    url: str
    current: bool
    count: int


def office(request: HttpRequest) -> Any:
    """The person, who must be of the studentenadministratie."""
    user = signed_in(request)
    require(bool(user.roles.administration))
    return user


@require_GET
def administration_list(request: HttpRequest) -> HttpResponse:
    """The POKs of the own teams by how far they are on their way into the dossier."""
    user, today = office(request), clock.today()
    form = AdministrationFilter(request.GET, user=user, today=today)
    wanted = form.wanted
    others = {name: value for name, value in wanted.items() if name != "stand"}
    whole = administration.of(user, today)
    counts = administration.counts(administration.filtered(whole, others))
    found = administration.ordered(administration.filtered(whole, wanted), wanted)
    pages = Paginator(found, ON_A_PAGE)
    pages.count = counts[wanted.get("stand", "")]  # known already: not asked again
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "filters": form,
        "views": _views(counts, wanted),
        "address": urlencode(wanted),
        "wanted": wanted,
        "today": today,
        "lead": ", ".join(name for _pk, name in form.teams[:4]) + (" …" if len(form.teams) > 4 else ""),
        "at_once": administration.AT_ONCE,
    }
    return render(request, "agreements/administration/list.html", context)


def _views(counts: dict[str, int], wanted: dict[str, str]) -> list[View]:
    labels = {"": _("Alles"), **administration.STANDS, administration.LATE: _("te laat")}
    order = ("", administration.TO_FILE, administration.LATE, administration.TO_SEAL, administration.OPEN)
    others = {name: value for name, value in wanted.items() if name != "stand"}
    found = []
    for stand in (*order, administration.FILED):
        query = others | {"stand": stand} if stand else others
        label = str(labels[stand])
        url = f"?{urlencode(query)}"
        found.append(View(label[:1].upper() + label[1:], url, wanted.get("stand", "") == stand, counts[stand]))
    return found


def _chosen(request: HttpRequest, user: Any) -> QuerySet[Pok]:
    """The POKs that were chosen one by one, or all that an address of the list finds; too many is an error."""
    today = clock.today()
    whole = administration.of(user, today)
    if "alles" in request.POST:
        asked = QueryDict(request.POST["alles"])
        found = administration.filtered(whole, AdministrationFilter(asked, user=user, today=today).wanted)
    else:
        found = whole.filter(pk__in=[pk for pk in request.POST.getlist("sel") if pk.isdecimal() and len(pk) < 19])
    return found.order_by("placement__sort_key", "id")


def _refusal(chosen: QuerySet[Pok]) -> str:
    """Why nothing can be done with what was chosen; empty when it can."""
    count = chosen.count()
    if not count:
        return _("Kies eerst een of meer POK's.")
    if count > administration.AT_ONCE:
        return _("Kies hoogstens %(most)s POK's tegelijk; nu zijn het er %(count)s.") % {
            "most": administration.AT_ONCE,
            "count": count,
        }
    return ""


def _back(request: HttpRequest) -> str:
    """The list as it was."""
    address = urlencode(parse_qsl(request.POST.get("terug", "")))
    return reverse("administration") + (f"?{address}" if address else "")


@require_POST
def administration_file(request: HttpRequest) -> HttpResponse:
    """Say first which of the chosen POKs go into the dossier and which cannot; with a day, do it."""
    user, today = office(request), clock.today()
    chosen = _chosen(request, user)
    if refusal := _refusal(chosen):
        messages.warning(request, refusal)
        return redirect(_back(request))
    found = list(administration.ordered(chosen, {}))
    ready = [pok for pok in found if pok.stand == administration.TO_FILE]
    asked = "on" in request.POST
    form = FilingForm(request.POST if asked else None, today=today, initial={"on": today})
    if asked and form.is_valid() and ready:
        filed, refused = administration.file_many(ready, by=user, on=form.cleaned_data["on"])
        if filed:
            messages.success(request, _filed(len(filed)))
        for pok, why in refused[:8]:
            messages.warning(request, f"{pok.number}: {why}")
        return redirect(_back(request))
    context = {
        "form": form,
        "ready": ready,
        "others": [pok for pok in found if pok not in ready],
        "back": _back(request),
        "terug": request.POST.get("terug", ""),
        "stands": administration.STANDS,
    }
    return render(request, "agreements/administration/file.html", context)


def _filed(count: int) -> str:
    said = ngettext("%(count)s POK is in het dossier gezet.", "%(count)s POK's zijn in het dossier gezet.", count)
    return said % {"count": count}


@require_POST
def administration_archive(request: HttpRequest) -> HttpResponse | FileResponse:
    """The documents of the chosen POKs as one ZIP with a manifest; made whole before the answer begins."""
    user, today = office(request), clock.today()
    chosen = _chosen(request, user)
    refusal = _refusal(chosen)
    if not refusal:
        try:
            made = archive.make(chosen, by=user, today=today)
            return FileResponse(
                made, as_attachment=True, filename=f"dossiers-{today:%Y-%m-%d}.zip", content_type="application/zip"
            )
        except ValidationError as fault:
            refusal = " ".join(fault.messages)
    messages.warning(request, refusal)
    return redirect(_back(request))


@require_POST
def administration_export(request: HttpRequest) -> FileResponse:
    """The whole list as a file: same filter, same order."""
    user, today = office(request), clock.today()
    kind = tables.form_of(request)
    form = AdministrationFilter(request.GET, user=user, today=today)
    found = administration.ordered(administration.filtered(administration.of(user, today), form.wanted), form.wanted)
    rows = [_line(pok) for pok in found]
    made = tables.download(kind, name="poks", day=today, columns=EXPORTED, rows=rows)
    audit.record("register_exported", subject=user, by=user, name=_("POK's"), count=len(rows))
    return made


def _line(pok: Any) -> list[Any]:
    """The values of a POK in the order of EXPORTED."""
    placement = pok.placement
    stand = administration.STANDS[pok.stand]
    return [
        placement.student.full_name,
        placement.student.number,
        pok.number,
        pok.version,
        pok.get_kind_display(),
        placement.programme.name,
        placement.programme.leerweg,
        placement.team.name,
        placement.location.name,
        pok.start,
        pok.end,
        stand,
        pok.due if pok.is_main else None,
        pok.filed_on,
    ]
