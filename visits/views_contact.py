"""A talk that was held: log it, read it, correct it, confirm it, take it along; and what was agreed in it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bpv.core import clock
from bpv.core.access import require
from bpv.core.forms import attempt
from bpv.core.returning import back_to
from placements.access import is_supervisor, may_guide, may_see_all
from placements.models import Placement
from visits import agenda, contacts, points, reports
from visits.access import may_finish, may_log_contact
from visits.forms_contact import ContactForm, CorrectionForm, Points
from visits.models import ActionPoint, ContactMoment, Talk
from visits.proposing import is_at_new_location

BY_SCRIPT = "X-Sent"  # static/js/offline.js sends `now`, or `later` when the connection is back


def contact_log(request: HttpRequest, number: str) -> HttpResponse:
    """Write down a talk; prefilled with today, on site, both present; ?gesprek= names the planned one."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)
    require(may_log_contact(request.user, placement))
    talk, today = _talk(placement, request.GET.get("gesprek", "")), clock.today()
    usual = {"on": today, "kind": talk.kind if talk else "on_site", "with_student": True, "with_supervisor": True}
    to_do = ActionPoint.objects.open().filter(placement=placement)
    new = is_at_new_location(placement)
    form = ContactForm(request.POST or None, initial=usual, today=today, at_new_location=new, open_points=to_do)
    lines = Points(request.POST or None, prefix="afspraak", form_kwargs={"today": today})
    if request.method == "POST" and _are_complete(form, lines):
        given = {name: form.cleaned_data[name] for name in ("form_key", "copies")}
        given |= {"done": [point.pk for point in form.cleaned_data["done"]], "agreements": lines.agreements}
        given |= form.fields_of_contact
        if attempt(form, lambda: contacts.log_contact(placement=placement, by=request.user, talk=talk, **given)):
            return _logged(request, placement, talk)
    if BY_SCRIPT in request.headers:
        return JsonResponse({"errors": [*form.errors, *(name for line in lines.errors for name in line)]}, status=422)
    context = {"form": form, "lines": lines, "placement": placement, "talk": talk, "last": placement.contacts.first()}
    return render(request, "visits/contact_log.html", context)


def _are_complete(form: ContactForm, lines: Any) -> bool:
    """Whether both are right; each error stands at its field."""
    complete = [form.is_valid(), lines.is_valid()]
    if all(complete) and not form.cleaned_data["no_agreements"]:
        lines.require_some()
        return bool(lines.agreements)
    return all(complete)


def _logged(request: HttpRequest, placement: Placement, talk: Talk | None) -> HttpResponse:
    """To the next student of the same visit, or to the dossier; a script is told where that is."""
    said = _("Gesprek met %(name)s vastgelegd.") % {"name": placement.student.full_name}
    after = agenda.next_of_visit(talk) if talk else None
    to = reverse("dossier", args=[placement.number])
    if after:
        said += " " + _("Nu: %(name)s.") % {"name": after.placement.student.full_name}
        to = f"{reverse('contact_log', args=[after.placement.number])}?gesprek={after.pk}"
    how = request.headers.get(BY_SCRIPT)
    if how != "later":
        messages.success(request, said)
    return JsonResponse({"next": to}, status=201) if how else redirect(to)


def _talk(placement: Placement, asked: str) -> Talk | None:
    """The planned talk that was held, when the address names one of this placement."""
    if not asked.isdecimal() or len(asked) > 17:
        return None
    return placement.talks.filter(pk=asked).exclude(state=Talk.State.CANCELLED).first()


def shown(request: HttpRequest, pk: int) -> ContactMoment:
    """The contact moment, when the person may see it."""
    of_placement = ("student", "programme", "location", "supervisor", "enrolment", "teacher")
    found = ContactMoment.objects.visible_to(request.user)
    found = found.select_related("teacher", "confirmed_by", *(f"placement__{name}" for name in of_placement))
    return get_object_or_404(found, pk=pk)


@require_safe
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """The report; the note for school and what was corrected only for who may see them."""
    found = shown(request, pk)
    is_staff = may_see_all(request.user, found.placement)
    context = {
        "contact": found,
        "placement": found.placement,
        "topics": reports.topics_of(found),
        "points": found.action_points.all(),
        "is_staff": is_staff,
        "corrections": found.corrections.select_related("by") if is_staff else [],
        "may_correct": may_log_contact(request.user, found.placement),
        "may_confirm": is_supervisor(request.user, found.placement) and not found.confirmed_at,
    }
    return render(request, "visits/contact.html", context)


@require_safe
def contact_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The gespreksverslag, in the reader's language."""
    found = shown(request, pk)
    answer = HttpResponse(reports.pdf_of(found), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="gespreksverslag-{found.on}.pdf"'
    return answer


def contact_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was written down, with a reason."""
    found = shown(request, pk)
    require(may_log_contact(request.user, found.placement))
    how = {"today": clock.today(), "at_new_location": is_at_new_location(found.placement)}
    form = CorrectionForm(request.POST or None, instance=found, **how)
    if request.method == "POST" and form.is_valid():
        given = form.fields_of_contact | {name: form.cleaned_data[name] for name in ("reason", "copies")}
        if attempt(form, lambda: contacts.correct(contact=found, by=request.user, **given)):
            messages.success(request, _("Het verslag is gewijzigd. De oude tekst blijft bewaard."))
            return redirect("contact", pk=pk)
    return render(request, "visits/contact_correct.html", {"form": form, "contact": found})


@require_POST
def contact_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The praktijkopleider says that it was so."""
    found = shown(request, pk)
    require(is_supervisor(request.user, found.placement))
    contacts.confirm(contact=found, by=request.user)
    messages.success(request, _("Bedankt. Het gesprek is bevestigd."))
    return redirect("contact", pk=pk)


@require_POST
def point_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """An action point is done, or (for who guides) no longer needed."""
    point = get_object_or_404(ActionPoint.objects.visible_to(request.user).select_related("placement__student"), pk=pk)
    drops = "vervalt" in request.POST
    require(may_guide(request.user, point.placement) if drops else may_finish(request.user, point))
    points.finish(point=point, by=request.user, today=clock.today(), dropped=drops)
    messages.success(request, _("De afspraak is vervallen.") if drops else _("De afspraak is klaar."))
    return redirect(back_to(request, reverse("dossier", args=[point.placement.number])))
