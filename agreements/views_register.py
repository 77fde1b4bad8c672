"""The register: the bpv records of a school year as a file, and a file of the register laid beside what is here."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from agreements import administration, comparing, register
from agreements.forms_administration import CompareForm, DifferenceFilter, SchoolYearForm
from agreements.views_administration import ON_A_PAGE, View, office
from bpv.core import audit, clock, tables
from bpv.core.tables import Column

KEPT_SECONDS = 3600  # a comparison is looked at, and then forgotten
FAULTS_SHOWN = 50
FIELDS = [
    gettext_lazy("recordsoort"),
    gettext_lazy("studentnummer"),
    gettext_lazy("leeg (onderwijsnummer)"),
    gettext_lazy("inschrijvingvolgnummer"),
    gettext_lazy("volgnummer (POK-nummer)"),
    gettext_lazy("afsluitdatum"),
    gettext_lazy("begin"),
    gettext_lazy("geplande einde"),
    gettext_lazy("werkelijke einde"),
    gettext_lazy("omvang in uren"),
    gettext_lazy("leerbedrijf-ID"),
    gettext_lazy("crebo"),
    gettext_lazy("keuzedeel"),
]
UNKNOWN = gettext_lazy(
    "Geen enkel studentnummer in dit bestand hoort bij jouw teams. Staat in het tweede veld het studentnummer?"
)
DIFFERENCES = [
    Column(gettext_lazy("Studentnummer"), 14),
    Column(gettext_lazy("POK-nummer"), 18),
    Column(gettext_lazy("Crebo of keuzedeel"), 18),
    Column(gettext_lazy("Verschil"), 24),
    Column(gettext_lazy("Hier"), 32),
    Column(gettext_lazy("Register"), 32),
]


class Compared(NamedTuple):
    """What is kept of a comparison for an hour: for whom, of which file and school year, and the outcome."""

    teams: frozenset[int]
    file: str
    first: int
    at: Any
    comparison: comparing.Comparison
    faults: list[register.Fault]


def register_page(request: HttpRequest) -> HttpResponse:
    """Make the bpv records of a school year, or lay a file of the register beside them."""
    user, today = office(request), clock.today()
    form = CompareForm(request.POST or None, request.FILES or None, today=today)
    if request.method == "POST" and form.is_valid():
        reading, first = form.cleaned_data["file"], form.first
        here = register.records(register.poks_of(user, first, today))
        comparison = comparing.of_school_year(user, first, here, reading.records)
        if reading.records and comparison.elsewhere == len(reading.records):
            form.add_error("file", UNKNOWN)
        else:
            name = request.FILES["file"].name or ""
            kept = Compared(user.roles.administration, name[:80], first, clock.now(), comparison, reading.faults)
            cache.set(_key(user), kept, KEPT_SECONDS)
            audit.record("register_compared", subject=user, by=user, count=len(comparison.differences))
            return redirect("register_differences")
    years = SchoolYearForm(today=today, auto_id="bestand_%s")
    context = {"form": form, "years": years, "last": _kept(user), "fields": FIELDS}
    return render(request, "agreements/administration/register.html", context)


def _key(user: Any) -> str:
    return f"register-compared-{user.pk}"


def _kept(user: Any) -> Compared | None:
    """The last comparison of this person, as long as the person has the same teams."""
    kept: Compared | None = cache.get(_key(user))
    return kept if kept and kept.teams == user.roles.administration else None


@require_POST
def register_download(request: HttpRequest) -> HttpResponse:
    """The bpv records of a school year as a file; what cannot stand in it is refused by name."""
    user, today = office(request), clock.today()
    form = SchoolYearForm(request.POST, today=today)
    if not form.is_valid():
        raise Http404
    found = list(register.records(register.poks_of(user, form.first, today)))
    faults = [f"{record.number}: {why}" for record in found if (why := register.unfit(record))]
    for fault in faults[:8]:
        messages.warning(request, fault)
    if not found:
        messages.warning(request, _("In dit schooljaar is geen getekende POK."))
    if faults or not found:
        return redirect("register")
    name = register.file_name(form.first)
    audit.record("register_file_made", subject=user, by=user, name=name, count=len(found))
    response = HttpResponse(register.write(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
def register_differences(request: HttpRequest) -> HttpResponse:
    """What differs between here and the register, by kind."""
    user = office(request)
    kept = _kept(user)
    if kept is None:
        messages.info(request, _("Er is geen vergelijking van het afgelopen uur. Kies het bestand opnieuw."))
        return redirect("register")
    wanted, found = DifferenceFilter(request.GET).wanted.get("soort", ""), kept.comparison.differences
    each = {kind: sum(one.kind == kind for one in found) for kind in comparing.KINDS}
    views = [View(_("Alle verschillen"), "?", not wanted, len(found))] + [
        View(str(label)[:1].upper() + str(label)[1:], f"?soort={kind}", wanted == kind, each[kind])
        for kind, label in comparing.KINDS.items()
        if each[kind] or wanted == kind
    ]
    page = Paginator(_of_kind(found, wanted), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = administration.of(user, clock.today()).filter(number__in={one.pok for one in page})
    poks = dict(shown.values_list("number", "pk"))
    names = comparing.names(user, {one.student for one in page})
    context = {
        "kept": kept,
        "page": page,
        "rows": [(one, poks.get(one.pok), names.get(one.student, "")) for one in page],
        "views": views,
        "wanted": wanted,
        "faults": kept.faults[:FAULTS_SHOWN],
        "more_faults": max(0, len(kept.faults) - FAULTS_SHOWN),
        "school_year": f"{kept.first}-{kept.first + 1}",
    }
    return render(request, "agreements/administration/differences.html", context)


@require_POST
def differences_export(request: HttpRequest) -> HttpResponse | FileResponse:
    """The differences of this kind as a file."""
    user = office(request)
    kind, kept = tables.form_of(request), _kept(user)
    if kept is None:
        return redirect("register")
    wanted = DifferenceFilter(request.GET).wanted.get("soort", "")
    rows = [
        [one.student, one.number, one.code, one.label, one.here, one.there]
        for one in _of_kind(kept.comparison.differences, wanted)
    ]
    made = tables.download(kind, name="verschillen", day=clock.today(), columns=DIFFERENCES, rows=rows)
    audit.record("register_exported", subject=user, by=user, name=_("Verschillen met het register"), count=len(rows))
    return made


def _of_kind(found: list[comparing.Difference], wanted: str) -> list[comparing.Difference]:
    return [one for one in found if not wanted or one.kind == wanted]
