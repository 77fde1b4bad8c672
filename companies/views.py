"""Pages of leerbedrijven. What a location has with placements is read by way of the related names."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from bpv.core import audit, clock, tables
from bpv.core.access import require, signed_in
from bpv.core.returning import back_to
from bpv.core.tables import Column
from companies import services
from companies.forms import AccreditationForm, ContactForm, LocationFilter
from companies.models import Contact, Location

EXPORTED = [
    Column(gettext_lazy("Naam"), 36),
    Column(gettext_lazy("Leerbedrijf-ID"), 14),
    Column(gettext_lazy("Adres"), 30),
    Column(gettext_lazy("Postcode"), 10),
    Column(gettext_lazy("Plaats"), 20),
    Column(gettext_lazy("Land"), 14),
    Column(gettext_lazy("Telefoon"), 16),
    Column(gettext_lazy("Erkend voor"), 24),
    Column(gettext_lazy("Studenten nu"), 14),
]


def may_change(user: Any) -> bool:
    """Any bpv-coördinator: the register of leerbedrijven is the school's."""
    return bool(user.roles.coordinator)


def locations(request: HttpRequest) -> HttpResponse:
    """The register: search by name, place or leerbedrijf-ID; what it is erkend for, how many students are there."""
    user, today = signed_in(request), clock.today()
    form = LocationFilter(request.GET)
    found = Location.objects.visible_to(user).filtered(form.wanted, today).with_students(today)
    page = Paginator(found.prefetch_related("accreditations"), 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filters": form,
        "address": urlencode(form.wanted),
        "today": today,
        "is_staff": user.roles.knows_companies,
    }
    return render(request, "companies/locations.html", context)


@require_POST
def locations_export(request: HttpRequest) -> FileResponse:
    """The register with the same filter as a file; it is recorded who took it along."""
    user, today = signed_in(request), clock.today()
    require(user.roles.knows_companies)
    kind = tables.form_of(request)
    found = Location.objects.visible_to(user).filtered(LocationFilter(request.GET).wanted, today)
    rows = [as_line(one, today) for one in found.with_students(today).prefetch_related("accreditations")]
    made = tables.download(kind, name="leerbedrijven", day=today, columns=EXPORTED, rows=rows)
    audit.record("register_exported", subject=user, by=user, name=_("Leerbedrijven"), count=len(rows))
    return made


def as_line(found: Any, today: date) -> list[Any]:
    """The values of a location in the order of EXPORTED."""
    standing = [a.crebo for a in found.accreditations.all() if a.stands_on(today)]
    address = f"{found.street} {found.house_number}".strip()
    place = [found.postcode, found.city, found.country]
    return [found.name, found.sbb_id, address, *place, found.phone, ", ".join(standing), found.students]


def location(request: HttpRequest, sbb_id: str) -> HttpResponse:
    """One leerbedrijf: erkenning per crebo, contact persons, checks."""
    found = get_object_or_404(Location.objects.visible_to(request.user).select_related("company"), sbb_id=sbb_id)
    context = {
        "location": found,
        "accreditations": found.accreditations.all(),
        "contacts": Contact.objects.visible_to(request.user).filter(location=found),
        "checks": found.checks.select_related("by")[:10],
        "placements": found.placements.visible_to(request.user).for_list().order_by("-start", "id")[:50],
        "may_change": may_change(request.user),
        "today": clock.today(),
    }
    return render(request, "companies/location.html", context)


def accreditation_check(request: HttpRequest, sbb_id: str) -> HttpResponse:
    """Write down what Stagemarkt or SBB says today."""
    found = changeable(request, sbb_id)
    today = clock.today()
    form = AccreditationForm(request.POST or None, today=today, initial={"crebo": request.GET.get("crebo", "")})
    if request.method == "POST" and form.is_valid():
        try:
            services.check_accreditation(location=found, by=request.user, on=today, **form.cleaned_data)
        except ValidationError as fault:
            form.add_error("since", fault.messages)
        else:
            messages.success(request, _("De erkenning is nagekeken."))
            return redirect(back_to(request, reverse("location", args=[sbb_id])))
    return render(request, "companies/accreditation.html", {"form": form, "location": found})


def contact_edit(request: HttpRequest, sbb_id: str, pk: int | None = None) -> HttpResponse:
    """A new contact person, or a changed one."""
    found = changeable(request, sbb_id)
    contact = get_object_or_404(found.contacts, pk=pk) if pk else Contact(location=found)
    form = ContactForm(request.POST or None, instance=contact)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_contact(contact=form.instance, by=request.user)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            messages.success(request, _("De contactpersoon is bewaard."))
            return redirect(back_to(request, reverse("location", args=[sbb_id])))
    return render(request, "companies/contact.html", {"form": form, "location": found})


def changeable(request: HttpRequest, sbb_id: str) -> Location:
    """The location, when the person may change it."""
    found = get_object_or_404(Location.objects.visible_to(request.user), sbb_id=sbb_id)
    require(may_change(signed_in(request)))
    return found
