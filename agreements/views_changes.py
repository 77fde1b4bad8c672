"""What belongs to a POK: which document a change takes, addendum, rectification, the answer to what was sent."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements import changes, pages, signing, window
from agreements.forms_changes import AddendumForm, AnswerForm, QuestionsForm, RectificationForm, needs_signatures
from agreements.lifecycle import State, state_of
from agreements.models import Mode, Pok
from agreements.views import managed, pok_of
from agreements.views_signing import client_of
from bpv.core import clock
from bpv.core.access import require
from bpv.core.forms import attempt
from placements import impact
from placements.access import may_manage
from placements.models import Placement
from standards.keuzedelen import Advice, Answer, Change, Situation, advise
from standards.keuzedelen import Pok as Standing


def pok_questions(request: HttpRequest, number: str) -> HttpResponse:
    """Four questions, and which document the change takes; asked in the address, so that it can be kept."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)
    require(may_manage(request.user, placement))
    main = Pok.objects.live().main().filter(placement=placement).first()
    initial = {"change": Change.ADD.value, "same_location": "1", "start": placement.start, "end": placement.end}
    form = QuestionsForm(request.GET or None, initial=initial)
    advice, url = None, ""
    if request.GET and form.is_valid():
        advice = advise(situation(main, form.cleaned_data))
        url = where(advice, placement, main)
    context = {"form": form, "placement": placement, "pok": main, "advice": advice, "url": url, "label": label(advice)}
    return render(request, "agreements/keuzedelen.html", context)


def situation(main: Pok | None, given: dict[str, Any]) -> Situation:
    """The answers, with what the dossier knows of the POK."""
    standing = Standing.NONE
    if main is not None:
        is_signed = state_of(main, clock.today()) in changes.SIGNED
        standing = Standing.SIGNED if is_signed else Standing.UNSIGNED
    return Situation(
        pok=standing,
        same_location=given["same_location"],
        change=Change(given["change"]),
        pok_start=main.start if main else None,
        pok_end=main.placement.end if main else None,
        start=given["start"],
        end=given["end"],
    )


def where(advice: Advice, placement: Placement, main: Pok | None) -> str:
    """The page on which the advice is followed; empty when there is nothing to do."""
    match advice.answer:
        case Answer.MAKE:
            return reverse("pok_new", args=[placement.number])
        case Answer.KEUZEDELEN_POK:
            return reverse("placement_new")
        case Answer.NEW_VERSION if main:
            return reverse("pok_withdraw", args=[main.pk]) + "?nieuw=1"
        case Answer.ADDENDUM | Answer.EXTENSION if main:
            return reverse("pok_addendum", args=[main.pk])
        case Answer.END_AND_NEW if main:
            return reverse("pok_end", args=[main.pk])
        case _:
            return ""


def label(advice: Advice | None) -> str:
    """What the advice comes to: the words on the button."""
    words = {
        Answer.MAKE: _("POK maken"),
        Answer.KEUZEDELEN_POK: _("Plaatsing maken voor een keuzedelen-POK"),
        Answer.NEW_VERSION: _("Nieuwe versie maken"),
        Answer.ADDENDUM: _("Addendum maken"),
        Answer.EXTENSION: _("Addendum met verlenging maken"),
        Answer.END_AND_NEW: _("POK beëindigen"),
        Answer.NOTHING: _("Er is niets nodig"),
    }
    return words[advice.answer] if advice else ""


def pok_addendum(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the addendum and send it, or offer it for signing; first what it moves."""
    found = managed(request, pk)
    today = clock.today()
    form = AddendumForm(request.POST or None, pok=found)
    effects: list[impact.Effect] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        before = impact.period_of(found.placement)
        after = replace(before, end=given["end"], hours=given["hours_total"])
        effects = impact.impact(before, after) if given["end"] >= before.start else []
        if "voorbeeld" not in request.POST and attempt(form, lambda: _make_addendum(request, found, form)):
            messages.success(
                request, _("Het addendum is gemaakt. Student en leerbedrijf krijgen het binnen een minuut.")
            )
            return redirect("pok", pk=found.pk)
    context = {
        "pok": found,
        "form": form,
        "effects": effects,
        "again": impact.standing(found.placement),
        "signed": needs_signatures(),
        "today": today,
    }
    return render(request, "agreements/addendum.html", context)


def _make_addendum(request: HttpRequest, found: Pok, form: AddendumForm) -> Pok:
    user: Any = request.user
    given, today = form.cleaned_data, clock.today()
    how = {name: given[name] for name in ("end", "hours_total", "reason")}
    made = changes.make_addendum(pok=found, by=user, today=today, keuzedelen=form.keuzedelen, **how)
    return offered(made, user, window_allowed=True)


def offered(made: Pok, user: Any, *, window_allowed: bool = False) -> Pok:
    """Out of the door: signed by everybody, or sent with ten workdays to answer."""
    today = clock.today()
    if window_allowed and not needs_signatures():
        return window.send(pok=made, by=user, today=today)
    return signing.offer(pok=made, by=user, mode=Mode.DIGITAL, today=today)


def pok_rectification(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what stands wrongly in a sealed POK."""
    found = managed(request, pk)
    user: Any = request.user
    form = RectificationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def deed() -> Pok:
            made = changes.make_rectification(pok=found, by=user, today=clock.today(), **given)
            return offered(made, user)

        if attempt(form, deed):
            messages.success(
                request, _("De rectificatie is gemaakt. Iedereen krijgt binnen een minuut een uitnodiging.")
            )
            return redirect("pok", pk=found.pk)
    return render(request, "agreements/rectification.html", {"pok": found, "form": form})


def pok_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Student or leerbedrijf reads a change that was sent, and agrees or says what is not right."""
    found = pok_of(request, pk)
    user: Any = request.user
    waits = found.mode == Mode.WINDOW and state_of(found, clock.today()) == State.OFFERED
    mine = signing.party_of(user, found) if waits else None
    form = AnswerForm(request.POST if "niet" in request.POST else None)
    if request.method == "POST" and mine and found.document:
        sha256, client = request.POST.get("sha256", ""), client_of(request)
        if "niet" not in request.POST:
            if attempt(form, lambda: window.confirm(pok=found, by=user, sha256=sha256, client=client)):
                messages.success(request, _("Je hebt akkoord gegeven."))
                return redirect("pok", pk=pk)
        elif form.is_valid():
            text = form.cleaned_data["text"]
            if attempt(form, lambda: window.object_to(pok=found, by=user, text=text, client=client)):
                messages.success(request, _("Je bezwaar is verstuurd. De school neemt contact op."))
                return redirect("pok", pk=pk)
    context = {"pok": found, "form": form, "mine": mine, "sheets": pages.sheets(found.document)}
    return render(request, "agreements/answer.html", context)
