"""A round on paper, step by step."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agreements import paper
from agreements.forms_paper import CheckForm, ReceivedForm, SentForm
from agreements.lifecycle import State, state_of
from agreements.models import Mode, Paper, Pok
from agreements.views import managed
from bpv.core import clock
from bpv.core.forms import attempt


def pok_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Sent, received, checked: the form of the step that is next. What was done stands above it."""
    found = managed(request, pk)
    today = clock.today()
    known = Paper.objects.filter(pok=found).first()
    open_round = state_of(found, today) == State.OFFERED and found.mode in ("", Mode.PAPER)
    step = step_of(found, known) if open_round else ""
    form = form_of(step, request, found, today)
    asked = request.method == "POST" and form is not None and form.is_valid()
    if asked and attempt(form, lambda: do(step, form, found, request.user)):
        messages.success(request, _("Vastgelegd."))
        return redirect("pok" if step == "check" else "pok_paper", pk=pk)
    return render(request, "agreements/pok_paper.html", {"pok": found, "paper": known, "step": step, "form": form})


def step_of(found: Pok, known: Paper | None) -> str:
    """What is next; what was taken over from elsewhere was sent by somebody else."""
    if known is not None and known.received_on:
        return "check"
    sent = known is not None and known.sent_on is not None
    return "receive" if sent or found.mode == "" else "send"


def form_of(step: str, request: HttpRequest, found: Pok, today: Any) -> Any:
    """The form of the step, filled with today where a day is asked."""
    data = request.POST or None
    match step:
        case "send":
            return SentForm(data, initial={"sent_on": today})
        case "receive":
            return ReceivedForm(data, initial={"received_on": today})
        case "check":
            return CheckForm(data, pok=found)
    return None


def do(step: str, form: Any, found: Pok, by: Any) -> Any:
    """The deed of the step."""
    given, today = form.cleaned_data, clock.today()
    if step == "send":
        return paper.mark_sent(pok=found, by=by, on=given["sent_on"], today=today)
    if step == "receive":
        how = {"on": given["received_on"], "channel": given["channel"]}
        return paper.receive_original(pok=found, by=by, today=today, **how)
    kept_at = given["kept_at"]
    return paper.check_original(pok=found, by=by, signatures=form.signatures, kept_at=kept_at, today=today)
