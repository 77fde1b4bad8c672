"""The agenda: the week, what must be planned, one visit for several, and the address for a calendar."""

import hashlib
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bpv.core import clock
from bpv.core.access import require, signed_in
from bpv.core.forms import attempt
from bpv.core.returning import back_to
from placements.access import may_guide
from placements.models import Placement
from visits import agenda, feed, planning
from visits.forms_planning import CancelForm, TalkForm, TogetherForm
from visits.models import ContactKind, Talk

MOST = 20  # talks in one visit


@require_safe
def agenda_week(request: HttpRequest) -> HttpResponse:
    """The own week, and what is proposed; ?vanaf=DAY asks for the week of that day."""
    user, today = signed_in(request), clock.today()
    require(bool(user.roles.teacher or user.roles.coordinator))
    monday = agenda.monday_of(_day(request.GET.get("vanaf", ""), today))
    proposed = agenda.proposed(user, today)
    context = {
        "days": agenda.week(user, monday),
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "is_this_week": monday == agenda.monday_of(today),
        "proposed": proposed,
        "towns": agenda.towns(proposed, today),
        "today": today,
    }
    return render(request, "visits/agenda.html", context)


def _day(asked: str, today: date) -> date:
    """The day that the address asks for; today when it is none."""
    try:
        return max(date.fromisoformat(asked), date(2000, 1, 3))
    except ValueError:
        return today


def guided(request: HttpRequest, pk: int) -> Talk:
    """The talk, when the person may plan it."""
    found = Talk.objects.visible_to(request.user).for_list().select_related("placement__teacher")
    talk = get_object_or_404(found, pk=pk)
    require(may_guide(request.user, talk.placement))
    return talk


def talk_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan or move a talk."""
    talk = guided(request, pk)
    form = TalkForm(request.POST or None, instance=talk, initial={"invite": not talk.invited_at})
    if request.method == "POST" and form.is_valid():
        how = form.fields_of_talk | {"invite": form.cleaned_data["invite"]}
        if attempt(form, lambda: planning.plan(talk=talk, by=request.user, today=clock.today(), **how)):
            messages.success(request, _("Het gesprek staat in de agenda."))
            return redirect(back_to(request, _week_of(how["on"])))
    return render(request, "visits/talk_plan.html", {"form": form, "talk": talk, "placement": talk.placement})


def talk_new(request: HttpRequest, number: str) -> HttpResponse:
    """Plan an extra voortgangsgesprek (BEG-08)."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)
    require(may_guide(request.user, placement))
    usual = {"on": clock.today() + timedelta(days=7), "kind": ContactKind.ON_SITE, "minutes": 45}
    form = TalkForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        how = form.fields_of_talk | {"invite": form.cleaned_data["invite"]}
        if attempt(form, lambda: planning.extra(placement=placement, by=request.user, today=clock.today(), **how)):
            messages.success(request, _("Het gesprek staat in de agenda."))
            return redirect(back_to(request, _week_of(how["on"])))
    return render(request, "visits/talk_plan.html", {"form": form, "talk": None, "placement": placement})


def talk_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """The talk does not take place."""
    talk = guided(request, pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: planning.cancel(talk=talk, by=request.user, reason=reason)):
            messages.success(request, _("Het gesprek is afgezegd."))
            return redirect(_week_of(talk.on))
    return render(request, "visits/talk_cancel.html", {"form": form, "talk": talk, "placement": talk.placement})


def talks_together(request: HttpRequest) -> HttpResponse:
    """One visit for several students; ?sel=… names the talks, in the order in which they follow each other."""
    user = signed_in(request)
    require(bool(user.roles.teacher or user.roles.coordinator))
    asked = [value for value in request.GET.getlist("sel") if value.isdecimal() and len(value) < 18][:MOST]
    talks = sorted(agenda.of(user).filter(pk__in=asked), key=lambda talk: asked.index(str(talk.pk)))
    if not talks:
        messages.warning(request, _("Kies minstens één gesprek."))
        return redirect("agenda")
    form = TogetherForm(request.POST or None, initial={"on": min(talk.on for talk in talks)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: planning.plan_together(talks=talks, by=user, today=clock.today(), **given)):
            messages.success(request, _("De gesprekken staan in de agenda."))
            return redirect(_week_of(given["on"]))
    return render(request, "visits/talks_together.html", {"form": form, "talks": talks})


def _week_of(day: date) -> str:
    return f"{reverse('agenda')}?vanaf={day}"


def agenda_address(request: HttpRequest) -> HttpResponse:
    """Make, renew or withdraw the address that a calendar follows; a new one is shown once."""
    user: Any = signed_in(request)
    require(bool(user.roles.teacher or user.roles.coordinator))
    address = ""
    if request.method == "POST":
        if "weg" in request.POST:
            feed.withdraw(user=user)
            messages.success(request, _("Het adres werkt niet meer."))
            return redirect("agenda_address")
        address = feed.renew(user=user)
    has_feed = hasattr(user, "calendar_feed") or bool(address)
    return render(request, "visits/agenda_address.html", {"address": address, "has_feed": has_feed})


@login_not_required
@require_safe
def agenda_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself, for programs that have the address."""
    user = feed.owner_of(token)
    if user is None:
        raise Http404
    content = feed.as_ics(user, clock.today())
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["ETag"] = etag
    answer.headers["Content-Disposition"] = 'inline; filename="bpv.ics"'
    return answer
