"""Pages for the examencommissie: the overview, one student, equivalence, and what does not count."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from assessment import equivalence, examined, examining, leaving_out, statements
from assessment.forms_examining import DecisionForm, ExaminingFilter, LeftOutForm, ProofForm
from assessment.models import Equivalence
from bpv.core import audit, clock, tables
from bpv.core.access import require, signed_in
from bpv.core.documents import inline
from bpv.core.forms import attempt
from bpv.core.tables import Column
from placements.models import Placement
from students.models import Enrolment

ON_A_PAGE = 50
EXPORTED = [
    Column(gettext_lazy("Student"), 28),
    Column(gettext_lazy("Studentnummer"), 14),
    Column(gettext_lazy("Klas"), 12),
    Column(gettext_lazy("Cohort"), 10),
    Column(gettext_lazy("Opleiding"), 32),
    Column(gettext_lazy("Crebo"), 10),
    Column(gettext_lazy("Leerweg"), 10),
    Column(gettext_lazy("Eindoordelen"), 48),
    Column(gettext_lazy("Uren gepland"), 12),
    Column(gettext_lazy("Uren van de opleiding"), 12),
    Column(gettext_lazy("Diploma-eis bpv"), 26),
    Column(gettext_lazy("Wat ontbreekt"), 48),
]


@require_safe
def examining_list(request: HttpRequest) -> HttpResponse:
    """Per student of the opleidingen that the reader leads: does the bpv meet the diploma requirement?"""
    user = signed_in(request)
    require(bool(examining.teams_of(user)))
    form = ExaminingFilter(request.GET, user=user)
    wanted = form.wanted
    found = examining.ordered(examining.filtered(examining.of(user), wanted))
    page: Any = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = examining.lines(page.object_list)
    context = {"page": page, "filters": form, "wanted": wanted, "address": urlencode(wanted)}
    return render(request, "assessment/examining.html", context)


@require_POST
def examining_export(request: HttpRequest) -> FileResponse:
    """The same list as a file."""
    user, today = signed_in(request), clock.today()
    require(bool(examining.teams_of(user)))
    kind = tables.form_of(request)
    found = examining.ordered(examining.filtered(examining.of(user), ExaminingFilter(request.GET, user=user).wanted))
    rows = [_row(line) for line in examining.lines(found)]
    made = tables.download(kind, name="bpv-examencommissie", day=today, columns=EXPORTED, rows=rows)
    audit.record("register_exported", subject=user, by=user, name=_("Bpv voor de examencommissie"), count=len(rows))
    return made


def _row(line: examining.Line) -> list[Any]:
    """The values of a line in the order of EXPORTED."""
    student, programme = line.enrolment.student, line.enrolment.programme
    results = [f"{place.location.name}: {examining.result_word(place)}" for place in line.placements]
    return [
        student.full_name,
        student.number,
        line.enrolment.group,
        line.enrolment.cohort,
        programme.name,
        programme.crebo,
        programme.leerweg,
        "; ".join(results),
        line.hours,
        programme.bpv_hours,
        line.verdict.word,
        "; ".join(line.verdict.reasons),
    ]


def led(request: HttpRequest, pk: int) -> Any:
    """The enrolment; who sees it but does not lead the opleiding is refused."""
    seen = Enrolment.objects.visible_to(request.user).select_related("programme")
    require(examining.leads(request.user, get_object_or_404(seen, pk=pk)))
    return examining.of(request.user).select_related("student", "programme__team").get(pk=pk)


@require_safe
def examining_student(request: HttpRequest, pk: int) -> HttpResponse:
    """Every placement of a student, and how each eindoordeel came about."""
    enrolment = led(request, pk)
    context = {
        "overview": examined.overview(enrolment, signed_in(request)),
        "enrolment": enrolment,
        "may_decide": equivalence.may_decide(request.user, enrolment),
        "may_draw": statements.may_draw(request.user, enrolment),
        "statements": enrolment.statements.select_related("drawn_by"),
        "earlier": enrolment.equivalences.filter(is_current=False).select_related("by"),
    }
    return render(request, "assessment/examining_student.html", context)


@require_safe
def examining_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """*Overzicht bpv voor de examencommissie* as PDF."""
    enrolment = led(request, pk)
    return inline(examined.pdf_of(enrolment, signed_in(request)), f"bpv-overzicht-{enrolment.student.number}.pdf")


def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """Proof of an earlier bpv was seen (ZIJ-01)."""
    enrolment = led(request, pk)
    form = ProofForm(request.POST or None, initial={"on": clock.today()})

    def recorded() -> bool:
        given = {name: form.cleaned_data[name] for name in ("proof", "proof_on", "on")}
        return attempt(form, lambda: equivalence.record_proof(enrolment=enrolment, by=request.user, **given))

    if request.method == "POST" and form.is_valid() and recorded():
        messages.success(request, _("Het bewijs is vastgelegd."))
        return redirect("examining_student", pk=pk)
    return render(request, "assessment/proof.html", {"form": form, "enrolment": enrolment})


def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """The bevoegd gezag decides on work experience (ZIJ-02)."""
    enrolment = led(request, pk)
    require(equivalence.may_decide(request.user, enrolment))
    form = DecisionForm(request.POST or None, initial={"on": clock.today()})

    def decided() -> bool:
        given = form.cleaned_data
        return attempt(form, lambda: equivalence.decide(enrolment=enrolment, by=request.user, **given))

    if request.method == "POST" and form.is_valid() and decided():
        messages.success(request, _("Het besluit is vastgelegd."))
        return redirect("examining_student", pk=pk)
    return render(request, "assessment/decision.html", {"form": form, "enrolment": enrolment})


@require_safe
def equivalence_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """*Besluit zij-instroom* as PDF, for the school and the student (D39)."""
    found = Equivalence.objects.visible_to(request.user)
    kept = get_object_or_404(found.select_related("enrolment__student", "enrolment__programme", "by"), pk=pk)
    return inline(equivalence.pdf_of(kept), f"besluit-zij-instroom-{kept.enrolment.student.number}.pdf")


def of_student(request: HttpRequest, number: str) -> Placement:
    """A placement of a student whose opleiding the reader leads, whoever guides it."""
    seen = Placement.objects.filter(enrolment__in=Enrolment.objects.visible_to(request.user))
    found = get_object_or_404(seen.select_related("enrolment__programme", "student", "location"), number=number)
    require(examining.leads(request.user, found.enrolment))
    return found


def left_out(request: HttpRequest, number: str) -> HttpResponse:
    """This bpv does not count for the diploma."""
    placement = of_student(request, number)
    form = LeftOutForm(request.POST or None, initial={"on": clock.today()})

    def decided() -> bool:
        given = form.cleaned_data
        return attempt(form, lambda: leaving_out.leave_out(placement=placement, by=request.user, **given))

    if request.method == "POST" and form.is_valid() and decided():
        messages.success(request, _("Deze bpv telt niet meer mee."))
        return redirect("examining_student", pk=placement.enrolment_id)
    return render(request, "assessment/left_out.html", {"form": form, "placement": placement})


@require_POST
def counted_again(request: HttpRequest, number: str) -> HttpResponse:
    """The decision is taken back."""
    placement = of_student(request, number)
    leaving_out.count_again(placement=placement, by=request.user)
    messages.success(request, _("Deze bpv telt weer mee."))
    return redirect("examining_student", pk=placement.enrolment_id)
