"""Pages for the end of a bpv: what each of the three thinks, what the school decides, and who was told."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessment import finals, hearing, rights, sharing, student_view
from assessment.assignments import left_open
from assessment.forms import AnswerForm, StudentViewForm
from assessment.forms_final import FinalForm
from assessment.forms_interim import ToldForm
from assessment.forms_scores import parts_for
from assessment.models import Final
from assessment.papers import pdf_of_final
from assessment.presenting import beside
from assessment.saving import answer_to_saving, is_saving
from bpv.core import clock
from bpv.core.access import require
from bpv.core.forms import attempt
from placements.access import is_student, may_guide
from placements.models import Placement

EVERY_PART = ("company", "school", "both")
LONG = 6  # digits that no version has


def seen(request: HttpRequest, number: str) -> Placement:
    """The placement, when the person may see it."""
    return get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)


@require_safe
def final(request: HttpRequest, number: str) -> HttpResponse:
    """The end of this bpv for one reader: what may be read now, and the next deed."""
    placement = seen(request, number)
    return render(request, "assessment/final.html", _context(request, placement))


def _context(request: HttpRequest, placement: Placement) -> dict[str, Any]:
    moment = rights.moment_of(placement)
    may = rights.rights_of(request.user, placement, moment)
    view, judged, agreed = student_view.of(placement), hearing.of(placement), sharing.of(placement)
    decided = finals.current(placement)
    return {
        "placement": placement,
        "moment": moment,
        "may": may,
        "view": view if may.read_own else None,
        "judged": judged if may.read_company and moment.company_in else None,
        "answer": view if may.read_answer else None,
        "final": decided,
        "versions": Final.objects.filter(placement=placement, is_current=False).select_related("adopted_by"),
        "lines": beside(agreed, view=view, judged=judged, final=decided, may=may, moment=moment),
        "is_student": is_student(request.user, placement),
        "guides": may_guide(request.user, placement),
        "answer_form": AnswerForm() if may.write_answer else None,
        "told_form": ToldForm(initial={"on": clock.today()}) if decided and may.write_final else None,
        "lacking": finals.lacking(placement, clock.today()) if may.write_final and not decided else [],
    }


def own_view(request: HttpRequest, number: str) -> HttpResponse:
    """The student's own view; handed in, it is read on the page of the end."""
    placement = seen(request, number)
    require(is_student(request.user, placement))
    if not rights.rights_of(request.user, placement, rights.moment_of(placement)).write_own and not request.POST:
        return redirect("final", number=number)
    submit = "bewaren" not in request.POST
    form = StudentViewForm(
        request.POST or None,
        instance=student_view.of(placement),
        parts=parts_for(sharing.of(placement), *EVERY_PART),
        submit=submit,
    )
    if request.method == "POST":
        deed = {"placement": placement, "by": request.user, "submit": submit}
        kept = form.is_valid() and attempt(form, lambda: student_view.write(**deed, **form.given()))
        if is_saving(request):
            return answer_to_saving(request, kept)
        if kept:
            messages.success(request, _("Je oordeel is ingeleverd.") if submit else _("Bewaard."))
            return redirect("final" if submit else "own_view", number=number)
    return render(request, "assessment/own_view.html", {"form": form, "placement": placement})


@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """The student agrees with the leerbedrijf, or not."""
    placement = seen(request, number)
    require(is_student(request.user, placement))
    form = AnswerForm(request.POST)
    deed = {"placement": placement, "by": request.user}
    if form.is_valid() and attempt(form, lambda: student_view.answer(**deed, **form.cleaned_data)):
        messages.success(request, _("Je reactie is bewaard. De school leest haar voordat zij beslist."))
        return redirect("final", number=number)
    return render(request, "assessment/final.html", _context(request, placement) | {"form": form, "answer_form": form})


def final_new(request: HttpRequest, number: str) -> HttpResponse:
    """Adopt the eindoordeel, or correct it, with what student and leerbedrijf think beside it."""
    placement = seen(request, number)
    require(may_guide(request.user, placement))
    before = finals.current(placement)
    context = _context(request, placement)
    form = FinalForm(
        request.POST or None,
        initial=_usual(context, before),
        parts=parts_for(sharing.of(placement), *EVERY_PART),
        override=context["may"].override,
        correcting=before is not None,
    )
    if request.method == "POST" and form.is_valid():
        about = {"placement": placement, "by": request.user, **form.given()}
        if attempt(form, lambda: finals.correct(**about, read=_read(request)) if before else finals.adopt(**about)):
            messages.success(request, _("Het eindoordeel is vastgesteld. Vertel het aan student en praktijkopleider."))
            if finals.searches_on(placement):
                messages.warning(request, _("De zoektocht naar een tweede plek loopt nog. Rond die zo nodig af."))
            return redirect("final", number=number)
    own_student = placement.teacher_id == request.user.pk
    context |= {"form": form, "before": before, "is_guide_too": own_student}
    context["left_open"] = [] if before else left_open(placement)
    return render(request, "assessment/final_new.html", context)


def _usual(context: dict[str, Any], before: Final | None) -> dict[str, Any]:
    """What stands filled in: the version before, or the scores of the leerbedrijf."""
    if before:
        kept = ("held_on", "score", "scores", "text", "difference", "override")
        return {name: getattr(before, name) for name in kept}
    judged = context["judged"]
    return {"held_on": clock.today(), "scores": judged.scores if judged else {}}


def _read(request: HttpRequest) -> int | None:
    """The version that stood on the page; None when the form does not say."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < LONG else None


@require_POST
def final_tell(request: HttpRequest, number: str) -> HttpResponse:
    """Write down that the result was told orally (BEO-12)."""
    placement = seen(request, number)
    require(may_guide(request.user, placement))
    form, decided = ToldForm(request.POST), finals.current(placement)
    if decided is None:
        return redirect("final", number=number)
    deed = {"final": decided, "by": request.user, "read": _read(request)}
    if form.is_valid() and attempt(form, lambda: finals.tell(**deed, **form.cleaned_data)):
        messages.success(request, _("Vastgelegd."))
        return redirect("final", number=number)
    return render(request, "assessment/final.html", _context(request, placement) | {"form": form, "told_form": form})


@require_safe
def final_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The form *Eindbeoordeling bpv* (D26), once it was decided."""
    decided = get_object_or_404(Final.objects.visible_to(request.user), placement__number=number, is_current=True)
    answer = HttpResponse(pdf_of_final(seen(request, number), decided), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="eindbeoordeling-bpv.pdf"'
    return answer
