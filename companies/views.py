"""Pages of leerbedrijven. What a location has with placements is read by way of the related names."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from bpv.core import clock
from bpv.core.access import require, signed_in
from companies import services
from companies.forms import AccreditationForm, ContactForm
from companies.models import Accreditation, Contact, Location


def may_change(user: Any) -> bool:
    """Any bpv-coördinator: the register of leerbedrijven is the school's."""
    return bool(user.roles.coordinator)


def locations(request: HttpRequest) -> HttpResponse:
    """The register: search by name, place or leerbedrijf-ID; per crebo whether it is accredited today."""
    typed, crebo = request.GET.get("q", "").strip(), request.GET.get("crebo", "").strip()
    found = Location.objects.visible_to(request.user).matching(typed)
    if crebo:
        today = clock.today()
        standing = Accreditation.objects.standing_on(today).filter(location=OuterRef("pk"), crebo=crebo)
        found = found.filter(Exists(standing))
    page = Paginator(found.prefetch_related("accreditations"), 50).get_page(request.GET.get("page"))
    context = {"page": page, "typed": typed, "crebo": crebo, "today": clock.today()}
    return render(request, "companies/locations.html", context)


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
            return redirect("location", sbb_id=sbb_id)
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
            return redirect("location", sbb_id=sbb_id)
    return render(request, "companies/contact.html", {"form": form, "location": found})


def changeable(request: HttpRequest, sbb_id: str) -> Location:
    """The location, when the person may change it."""
    found = get_object_or_404(Location.objects.visible_to(request.user), sbb_id=sbb_id)
    require(may_change(signed_in(request)))
    return found
