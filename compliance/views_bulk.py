"""One deed for many placements: first what will happen, then how far it is, then what was done and what was not."""

from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from agreements import packing
from agreements.models import Pok
from bpv.core import clock
from bpv.core.access import require, signed_in
from compliance import bulk as deeds
from compliance.forms import PlacementFilter
from compliance.forms_bulk import BulkForm, MessageForm, form_for
from compliance.models import Bulk, BulkItem, Deed
from placements.messages import Receivers, as_read, receivers_of
from placements.models import Placement

ON_A_PAGE = 20
# The page on which a reason is put right: what the link says, and whether it is about the leerbedrijf.
MENDS = {
    "dossier": gettext_lazy("Dossier bekijken"),
    "pok_new": gettext_lazy("POK apart maken"),
    "placement_edit": gettext_lazy("Plaatsing wijzigen"),
    "placement_teacher": gettext_lazy("Docent toewijzen"),
    "accreditation_check": gettext_lazy("Erkenning nakijken"),
}


class Line(NamedTuple):
    """One placement for which it could not be done."""

    placement: Placement
    why: str
    url: str
    label: str


def line(placement: Placement, why: str, mend: str) -> Line:
    """With the link to where it is put right."""
    about = placement.location.sbb_id if mend == "accreditation_check" else placement.number
    mend = mend if mend in MENDS else "dossier"
    return Line(placement, why, reverse(mend, args=[about]), str(MENDS[mend]))


@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """GET: what this person did for many at once. POST: what will happen, and with `doen` it does."""
    user = signed_in(request)
    require(bool(user.roles.coordinator or user.roles.teacher))
    if request.method == "POST":
        return _asked(request, user)
    counted = {
        state: Count("items", filter=Q(items__state=state)) for state in (deeds.WAITING, deeds.DONE, deeds.REFUSED)
    }
    done = Bulk.objects.visible_to(user).annotate(**counted).order_by("-at", "-id")
    page = Paginator(done, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "compliance/bulks.html", {"page": page})


def _asked(request: HttpRequest, user: Any) -> HttpResponse:
    """The plan for what was chosen, with the form of the deed; done when that is complete and still what was seen."""
    if request.POST.get("deed") not in Deed.values:
        raise Http404
    deed, today, sent = Deed(request.POST["deed"]), clock.today(), "doen" in request.POST
    require(deed == Deed.SEND_MESSAGE or bool(user.roles.coordinator))
    if sent and (made := deeds.made_with(request.POST.get("form_key", ""), by=user)):
        return redirect("bulk_run", pk=made.pk)
    found, asked_for = _chosen(request.POST, user)
    if not asked_for:
        messages.info(request, _("Kies eerst een of meer plaatsingen."))
        return redirect(_list_url(_list_query(request.POST)))
    plan = deeds.make_plan(deed, found, by=user, today=today)
    if not plan.everything:
        raise Http404
    teachers = deeds.teachers_for(plan, today) if deed == Deed.ASSIGN_TEACHER else []
    form = form_for(plan, request.POST if sent else None, teachers=teachers, initial=_typed(request.POST))
    if sent and request.POST.get("gezien") != plan.seal:
        messages.warning(request, _("Er is intussen iets gewijzigd. Er is nog niets gedaan. Kijk het na."))
    elif sent and plan.can and form.is_valid():
        made = deeds.start(plan, by=user, form_key=form.cleaned_data["form_key"], asked=form.asked)
        return redirect("bulk_run", pk=made.pk)
    return _show(request, plan, form, asked_for)


def _show(request: HttpRequest, plan: deeds.Plan, form: BulkForm, asked_for: int) -> HttpResponse:
    """What will happen, for whom not and why, and the form."""
    list_query = _list_query(request.POST)
    context = {
        "plan": plan,
        "form": form,
        "title": plan.deed.label,
        "cannot": [line(placement, stop.why, stop.mend) for placement, stop in plan.cannot],
        "too_many": asked_for if asked_for > deeds.MOST else 0,
        "most": deeds.MOST,
        "back": _list_url(list_query),
        "list_query": list_query,
    }
    return render(request, "compliance/bulk.html", context | _about_mail(form, plan, signed_in(request)))


def _chosen(sent: QueryDict, user: Any) -> tuple[Any, int]:
    """The placements, at most as many as can be done at once, and how many were asked for.

    `alles` (the address of the list) stands for everything that it finds; else `sel`: numbers.
    """
    if "alles" in sent:
        found = PlacementFilter(QueryDict(sent["alles"]), user=user).placements(clock.today())
        numbers = list(found.values_list("number", flat=True)[: deeds.MOST])
        return deeds.chosen(user, numbers), found.count()
    numbers = [number for number in dict.fromkeys(sent.getlist("sel")) if number.isalnum()]
    return deeds.chosen(user, numbers[: deeds.MOST]), len(numbers)


def _typed(sent: QueryDict) -> dict[str, Any]:
    """What was filled in when only the example was asked for: shown again, not judged."""
    return {name: value for name, value in sent.items() if value} if "voorbeeld" in sent else {}


def _list_query(sent: QueryDict) -> str:
    """The address of the list that was chosen from, after the question mark."""
    return QueryDict(sent.get("alles") or sent.get("terug", "")).urlencode()


def _list_url(query: str) -> str:
    """Back to the list as it was."""
    return reverse("placements") + (f"?{query}" if query else "")


def _about_mail(form: BulkForm, plan: deeds.Plan, user: Any) -> dict[str, Any]:
    """For a message: how many get it, and the mail as the first of them reads it."""
    if not isinstance(form, MessageForm):
        return {}
    wanted = form["receivers"].value() or Receivers.STUDENT
    reached = [receiver for placement in plan.can for receiver in receivers_of(placement, Receivers.BOTH)]
    addresses = {role: {r.person.email.lower() for r in reached if r.role == role} for role in Receivers}
    first = next((receiver for place in plan.can for receiver in receivers_of(place, wanted)), None)
    example = ""
    if first:
        theirs = [p for p in plan.can if p.supervisor and p.supervisor.email == first.person.email]
        text, subject = form["text"].value() or "…", form["subject"].value() or ""
        students = deeds.students_of(theirs)
        school = settings.SCHOOL_NAME
        example = as_read(first, by=user, subject=subject, text=text, students=students, school=school)
    return {
        "students": len(addresses[Receivers.STUDENT]),
        "supervisors": len(addresses[Receivers.SUPERVISOR]),
        "mails": len({mail for role in Receivers if wanted in (role, Receivers.BOTH) for mail in addresses[role]}),
        "first": first,
        "example": example,
    }


def bulk_run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one deed is, and what came of it."""
    user = signed_in(request)
    found = get_object_or_404(Bulk.objects.visible_to(user), pk=pk)
    visible = Placement.objects.visible_to(user)
    items = list(found.items.select_related("placement__student", "placement__location"))
    seen = set(visible.filter(pk__in=[item.placement_id for item in items]).values_list("pk", flat=True))
    of = {state: [item for item in items if item.state == state] for state in BulkItem.State}
    refused = [item for item in of[deeds.REFUSED] if item.placement_id in seen]
    context = {
        "bulk": found,
        "worked": len(items) - len(of[deeds.WAITING]),
        "total": len(items),
        "done": [item for item in of[deeds.DONE] if item.placement_id in seen],
        "done_count": len(of[deeds.DONE]),
        "refused": [line(item.placement, item.note, item.mend) for item in refused],
        "refused_count": len(of[deeds.REFUSED]),
        "hidden": len(items) - len(seen),
    }
    return render(request, "compliance/bulk_run.html", context)


@require_POST
def bulk_file(request: HttpRequest, pk: int) -> FileResponse | HttpResponse:
    """The POKs that were made or offered in one file: to keep (zip) or to print (pdf)."""
    user = signed_in(request)
    found = get_object_or_404(Bulk.objects.visible_to(user), pk=pk, deed__in=[Deed.MAKE_POKS, Deed.OFFER_POKS])
    done = found.items.filter(state=deeds.DONE).values("placement")
    poks = Pok.objects.visible_to(user).live().main().filter(placement__in=done).order_by("placement__sort_key", "pk")
    poks = poks.select_related("document", "sealed", "placement__student")[: packing.MOST]
    to_print = "print" in request.POST
    try:
        made = packing.as_print_file(poks, by=user) if to_print else packing.as_zip(poks, by=user)
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
        return redirect("bulk_run", pk=pk)
    name = f"poks-{pk}-printen.pdf" if to_print else f"poks-{pk}.zip"
    return FileResponse(made, as_attachment=True, filename=name)


@require_POST
def bulk_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try once more what could not be done."""
    found = get_object_or_404(Bulk.objects.visible_to(signed_in(request)), pk=pk)
    if not deeds.again(found):
        messages.info(request, _("Dit is nog bezig, of er is niets meer te doen."))
    return redirect("bulk_run", pk=pk)
