"""Pages for contact moments and questions."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from bpv.core import audit, clock, tables
from bpv.core.access import require, signed_in
from bpv.core.tables import Column
from placements.access import is_student, is_supervisor
from placements.models import Placement
from visits import services
from visits.access import may_answer, may_ask
from visits.forms import AnswerForm, HandOverForm, RequestForm
from visits.inbox import ANSWERED, MINE, OPEN, Clock, Row, counts, inbox
from visits.models import HelpRequest

PARTS = {
    OPEN: gettext_lazy("Wachten op antwoord"),
    MINE: gettext_lazy("Van mij"),
    ANSWERED: gettext_lazy("Beantwoord"),
}
EXPORTED = [
    Column(gettext_lazy("Nummer"), 10),
    Column(gettext_lazy("Soort"), 14),
    Column(gettext_lazy("Onderwerp"), 36),
    Column(gettext_lazy("Van"), 14),
    Column(gettext_lazy("Student"), 28),
    Column(gettext_lazy("Leerbedrijf"), 32),
    Column(gettext_lazy("Ontvangen"), 18),
    Column(gettext_lazy("Uiterlijk"), 12),
    Column(gettext_lazy("Beantwoord"), 18),
    Column(gettext_lazy("Eigenaar"), 28),
]


def requests(request: HttpRequest) -> HttpResponse:
    """The inbox: what waits for an answer first, by the day it is due."""
    user, which = signed_in(request), part(request)
    page = Paginator(inbox(user, today=clock.today(), which=which), 50).get_page(request.GET.get("page"))
    found = counts(user)
    parts = [{"name": name, "label": label, "count": found[name]} for name, label in PARTS.items()]
    context = {"page": page, "which": which, "parts": parts, "is_staff": user.roles.is_staff}
    return render(request, "visits/requests.html", context)


def part(request: HttpRequest) -> str:
    """The part of the inbox that the address asks for."""
    asked = request.GET.get("toon", OPEN)
    return asked if asked in PARTS else OPEN


@require_POST
def requests_export(request: HttpRequest) -> FileResponse:
    """The same list as a file, without what people wrote: that stays inside (T4). It is recorded who took it along."""
    user, today = signed_in(request), clock.today()
    require(user.roles.is_staff and not user.roles.only_confidant)
    kind = tables.form_of(request)
    rows = inbox(user, today=today, which=part(request))
    made = tables.download(kind, name="vragen", day=today, columns=EXPORTED, rows=map(as_line, rows))
    audit.record("register_exported", subject=user, by=user, name=_("Vragen"), count=len(rows))
    return made


def as_line(row: Row) -> list[Any]:
    """The values of a row in the order of EXPORTED."""
    question, placement = row.question, row.question.placement
    return [
        question.number,
        question.get_kind_display(),
        question.topic,
        question.get_sender_display(),
        placement.student.full_name,
        placement.location.name,
        question.received_at,
        row.clock.due,
        question.first_response_at,
        question.owner.full_name if question.owner else "",
    ]


def request_new(request: HttpRequest) -> HttpResponse:
    """Ask, or enter what somebody asked by phone; ?plaatsing=NUMBER names the placement."""
    found = Placement.objects.visible_to(request.user).for_list()
    placement = get_object_or_404(found, number=request.GET.get("plaatsing", ""))
    require(may_ask(request.user, placement))
    sender = own_side(request.user, placement)
    form = RequestForm(request.POST or None, sender=sender)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data | ({"sender": sender} if sender else {"entered_by": request.user})
        at = fields.pop("received_at", clock.now())
        made = services.receive_request(placement=placement, by=request.user, at=at, **fields)
        messages.success(request, _("De vraag is verstuurd. Nummer %(number)s.") % {"number": made.number})
        return redirect("request", number=made.number)
    context = {"form": form, "placement": placement, "may_report": sender == "student"}
    return render(request, "visits/request_new.html", context)


def own_side(user: Any, placement: Placement) -> str:
    """For whom somebody from outside asks: the own side; empty for staff, who choose."""
    if is_student(user, placement):
        return "student"
    return "company" if is_supervisor(user, placement) else ""


def request_page(request: HttpRequest, number: str) -> HttpResponse:
    """One question with its clock, and the answer form for who may answer."""
    question = get_object_or_404(HelpRequest.objects.visible_to(request.user).for_list(), number=number)
    form = AnswerForm(request.POST or None, number=question.number)
    if request.method == "POST":
        require(may_answer(request.user, question))
        if form.is_valid() and given(request, question, form):
            return redirect("request", number=number)
    context = {
        "question": question,
        "clock": Clock.of(question, clock.today()),
        "form": form,
        "may_answer": may_answer(request.user, question) and not question.first_response_at,
        "may_follow_up": may_answer(request.user, question) and question.first_response_at and not question.closed_at,
        "steps": steps_for(request.user, question),
        "is_staff": request.user.roles.is_staff,
    }
    return render(request, "visits/request.html", context)


def steps_for(user: Any, question: HelpRequest) -> Any:
    """What was done further: all of it for staff, for who asked what is meant for them."""
    steps = question.steps.select_related("by")
    return steps if user.roles.is_staff else steps.filter(to_sender=True)


def given(request: HttpRequest, question: HelpRequest, form: AnswerForm) -> bool:
    """Answer; false with the reason at the field when somebody was first."""
    try:
        services.answer(request=question, by=request.user, at=clock.now(), text=form.cleaned_data["text"])
    except ValidationError as fault:
        form.add_error("text", fault)
        return False
    messages.success(request, _("Het antwoord is verstuurd."))
    return True


def request_hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Give the question to a colleague of the team."""
    question = get_object_or_404(HelpRequest.objects.visible_to(request.user).for_list(), number=number)
    require(may_answer(request.user, question))
    form = HandOverForm(request.POST or None, team=question.placement.team_id)
    if request.method == "POST" and form.is_valid():
        owner = form.cleaned_data["owner"]
        services.hand_over(request=question, to=owner, by=request.user)
        messages.success(request, _("De vraag is nu van %(name)s.") % {"name": owner.full_name})
        return redirect("request", number=number)
    return render(request, "visits/hand_over.html", {"form": form, "question": question})
