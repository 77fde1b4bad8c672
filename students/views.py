"""Pages on which the bpv-coördinator keeps what a POK needs to know of a student."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bpv.core import clock
from bpv.core.access import require, signed_in
from bpv.core.forms import attempt
from bpv.core.returning import back_to
from students import services
from students.access import may_manage
from students.forms import GuardianForm, HoursRegistrationForm, PermitForm, ReachForm
from students.models import Programme, Student


def managed(request: HttpRequest, number: str) -> Student:
    """The student, when the person may change what is known."""
    found = Student.objects.visible_to(request.user).select_related("work_permit__checked_by", "guardian")
    student = get_object_or_404(found, number=number)
    require(may_manage(request.user, student))
    return student


def student(request: HttpRequest, number: str) -> HttpResponse:
    """Who it is, how to reach, work permit and parent, each with the page on which it is changed."""
    found = managed(request, number)
    context = {
        "student": found,
        "permit": getattr(found, "work_permit", None),
        "guardian": getattr(found, "guardian", None),
        "enrolments": found.enrolments.select_related("programme"),
        "placements": found.placements.visible_to(request.user).for_list().order_by("-start"),
        "age": found.age_on(clock.today()),
        "minors": settings.MINORS,
    }
    return render(request, "students/student.html", context)


def student_reach(request: HttpRequest, number: str) -> HttpResponse:
    """E-mail address and mobile number."""
    found = managed(request, number)
    form = ReachForm(request.POST or None, initial={"email": found.email, "mobile": found.mobile})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: services.change_reach(student=found, by=request.user, **given)):
            messages.success(request, _("De gegevens zijn bewaard."))
            return redirect(back_to(request, reverse("student", args=[number])))
    return render(request, "students/reach.html", {"form": form, "student": found})


def work_permit(request: HttpRequest, number: str) -> HttpResponse:
    """What was seen of a tewerkstellingsvergunning."""
    found, today = managed(request, number), clock.today()
    permit = getattr(found, "work_permit", None)
    known = {"state": permit.state, "valid_until": permit.valid_until} if permit else {}
    form = PermitForm(request.POST or None, today=today, initial=known | {"checked_on": today})
    if request.method == "POST" and form.is_valid():
        state, until, on = (form.cleaned_data[name] for name in ("state", "valid_until", "checked_on"))
        if attempt(
            form,
            lambda: services.record_permit(student=found, by=request.user, on=on, state=state, valid_until=until),
        ):
            messages.success(request, _("De werkvergunning is vastgelegd."))
            return redirect(back_to(request, reverse("student", args=[number])))
    return render(request, "students/permit.html", {"form": form, "student": found, "permit": permit})


def guardian(request: HttpRequest, number: str) -> HttpResponse:
    """The parent or guardian of a student under 18."""
    found = managed(request, number)
    known = getattr(found, "guardian", None)
    form = GuardianForm(request.POST or None, initial={"name": known.name, "email": known.email} if known else {})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: services.save_guardian(student=found, by=request.user, **given)):
            messages.success(request, _("De ouder of voogd is bewaard."))
            return redirect(back_to(request, reverse("student", args=[number])))
    context = {"form": form, "student": found, "cosign": settings.MINORS == "cosign"}
    return render(request, "students/guardian.html", context)


def programme_hours(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch the registration of hours on or off for an opleiding."""
    user = signed_in(request)
    programme = get_object_or_404(Programme.objects.visible_to(user), pk=pk)
    require(programme.team_id in user.roles.coordinator)
    form = HoursRegistrationForm(
        request.POST or None, initial={"registers": "ja" if programme.registers_hours else "nee"}
    )

    def deed() -> Programme:
        return services.set_hours_registration(programme=programme, by=user, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, deed):
        messages.success(request, _("De keuze is bewaard."))
        return redirect("programmes")
    return render(request, "students/programme_hours.html", {"form": form, "programme": programme})
