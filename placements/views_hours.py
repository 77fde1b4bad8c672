"""Pages for the hours of a week: entered by the student, confirmed or sent back by the leerbedrijf."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bpv.core import clock
from bpv.core.access import require
from bpv.core.forms import attempt
from placements import hours, timesheet
from placements.access import is_student, is_supervisor, may_confirm_hours
from placements.forms_hours import ConfirmForm, SendBackForm, WeekForm
from placements.models import HoursWeek, Placement, WeekState

WEEK = timedelta(days=7)


def kept(request: HttpRequest, number: str) -> Placement:
    """The placement, when the person may see it and its opleiding keeps hours; otherwise there is no page (UUR-01)."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)
    if not timesheet.registers(placement):
        raise Http404
    return placement


def week(request: HttpRequest, number: str, year: str, week: str) -> HttpResponse:
    """One ISO week: the student enters it, everybody else reads it; outside the bpv only what is there is read."""
    placement, today = kept(request, number), clock.today()
    monday = _monday(year, week)
    own = is_student(request.user, placement)
    require(own or request.method != "POST")
    versions = list(timesheet.versions([placement]).filter(monday=monday))
    newest = versions[-1] if versions else None
    inside = _inside(placement, monday)
    if not inside and newest is None:
        raise Http404
    submitted = newest is not None and newest.state in (WeekState.HANDED_IN, WeekState.CONFIRMED)
    may_write = own and inside and not placement.closed_at
    writes = may_write and (not submitted or "wijzigen" in request.GET or request.method == "POST")
    form = _form(request, placement, newest, monday, today) if writes else None
    if form and request.method == "POST" and form.is_valid():
        hand_in = "indienen" in request.POST
        if attempt(form, lambda: _written(form, placement, monday, request, hand_in=hand_in)):
            said = _("Week %(week)s is ingediend.") if hand_in else _("Week %(week)s is bewaard.")
            messages.success(request, said % {"week": monday.isocalendar().week})
            return redirect("hours", number=number) if hand_in else redirect(request.path)
    context = {
        "placement": placement,
        "week": newest or HoursWeek(placement=placement, monday=monday),
        "days": newest.days.all() if newest else [],
        "older": versions[:-1],
        "form": form,
        "submitted": submitted,
        "own": own,
        "may_write": may_write,
        "may_hand_in": timesheet.may_hand_in(placement, monday, today),
        "may_confirm": may_confirm_hours(request.user, placement),
        "warnings": timesheet.warnings(placement, newest) if own or submitted else [],
        "before": _beside(placement, monday - WEEK),
        "after": _beside(placement, monday + WEEK) if monday + WEEK <= today else None,
    }
    return render(request, "placements/hours_week.html", context)


def _form(request: HttpRequest, placement: Placement, newest: HoursWeek | None, monday: date, today: date) -> WeekForm:
    days = timesheet.days_of(placement, monday, today)
    copied = "zoals" in request.GET and newest is None
    first = timesheet.same_as_before(placement, monday, days) if copied else {}
    correcting = newest is not None and (newest.state == WeekState.CONFIRMED or newest.version > 1)
    initial = {"reason": newest.reason} if newest and newest.state != WeekState.CONFIRMED else {}
    data = request.POST or None
    return WeekForm(data, days=days, week=newest, correcting=correcting, first=first, initial=initial)


def _written(form: WeekForm, placement: Placement, monday: date, request: HttpRequest, *, hand_in: bool) -> HoursWeek:
    return hours.write(
        placement=placement,
        monday=monday,
        days=form.entered,
        hand_in=hand_in,
        by=request.user,
        today=clock.today(),
        reason=form.cleaned_data.get("reason", ""),
    )


def _monday(year: str, week: str) -> date:
    try:
        return date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        raise Http404 from None


def _inside(placement: Placement, monday: date) -> bool:
    """Whether the bpv has this week; one that ended early may have weeks that were entered before that."""
    return timesheet.monday_of(placement.start) <= monday <= placement.last_day


def _beside(placement: Placement, monday: date) -> str | None:
    """The name of a week next to this one, when the bpv has it."""
    return HoursWeek(monday=monday).name if _inside(placement, monday) else None


def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """The weeks that wait, by month; all of them chosen, so that one press does a month."""
    placement = kept(request, number)
    require(may_confirm_hours(request.user, placement))
    on_behalf = not is_supervisor(request.user, placement)
    weeks = list(timesheet.versions([placement]))
    form = ConfirmForm(request.POST or None, weeks=weeks, on_behalf=on_behalf)
    done: list[HoursWeek] = []

    def deed() -> None:
        given, of_month = form.cleaned_data, request.POST.get("maand", "")
        months = {week.pk: f"{week.monday:%Y-%m}" for week in weeks}
        seen = {pk: read for pk, read in given["weeks"].items() if of_month in ("", months[pk])}
        done.extend(hours.confirm(placement=placement, seen=seen, by=request.user, way=given.get("way", "")))

    if request.method == "POST" and form.is_valid() and attempt(form, deed):
        said = ngettext("%(count)s week is bevestigd.", "%(count)s weken zijn bevestigd.", len(done))
        messages.success(request, said % {"count": len(done)})
        return redirect("hours", number=number)
    waiting: list[Any] = [week for week in weeks if week.state == WeekState.HANDED_IN]
    for one in waiting:
        one.warnings = timesheet.warnings(placement, one)
    context = {
        "placement": placement,
        "form": form,
        "on_behalf": on_behalf,
        "months": by_month(waiting),
        "count": len(waiting),
    }
    return render(request, "placements/hours_confirm.html", context)


def by_month(weeks: list[HoursWeek]) -> list[tuple[date, list[HoursWeek]]]:
    """Weeks by the month in which their Monday lies."""
    return [(first, list(found)) for first, found in groupby(weeks, key=lambda week: week.monday.replace(day=1))]


def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a week back to the student, with the reason; what is not handed in is for the student alone."""
    related = ("student", "programme", "location", "supervisor", "team")
    found: Any = HoursWeek.objects.visible_to(request.user).select_related(*(f"placement__{name}" for name in related))
    week = get_object_or_404(found, pk=pk)
    reads = week.state == WeekState.HANDED_IN or (request.method == "POST" and week.state != WeekState.DRAFT)
    if not timesheet.registers(week.placement) or not reads:
        raise Http404
    require(may_confirm_hours(request.user, week.placement))
    form = SendBackForm(request.POST or None)

    def deed() -> HoursWeek:
        return hours.send_back(week=week, reason=form.cleaned_data["reason"], by=request.user)

    if request.method == "POST" and form.is_valid() and attempt(form, deed):
        messages.success(request, _("Week %(week)s is teruggestuurd.") % {"week": week.number})
        return redirect("hours", number=week.placement.number)
    return render(request, "placements/hours_back.html", {"form": form, "week": week, "placement": week.placement})
