"""Deeds with leerbedrijven."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bpv.core import audit
from bpv.core.models import Touch
from companies.models import Accreditation, AccreditationCheck, Contact, Location


@transaction.atomic
def check_accreditation(
    *, location: Location, crebo: str, accredited: bool, source: str, by: Any, on: date, since: date | None = None
) -> AccreditationCheck:
    """Write down that somebody looked the erkenning up, where, and what it said (LB-03).

    `since`: from which day it is granted, or withdrawn when the answer is no.
    """
    Location.objects.select_for_update().get(pk=location.pk)  # two answers at once: one after the other
    check = AccreditationCheck(location=location, crebo=crebo, on=on, by=by, source=source, accredited=accredited)
    check.full_clean()
    check.save()
    standing = location.accreditations.select_for_update().filter(crebo=crebo, withdrawn_on=None)
    if accredited and not standing.exists():
        grant = Accreditation(location=location, crebo=crebo, granted_on=since or on)
        grant.full_clean()
        grant.save()
    if not accredited:
        for accreditation in standing:
            accreditation.withdrawn_on = max(since or on, accreditation.granted_on)
            accreditation.save(update_fields=["withdrawn_on"])
    answer = _("erkend") if accredited else _("niet erkend")
    # Judged again: every dossier of this crebo here (by the related name: placements lie above leerbedrijven).
    there = location.placements.filter(programme__crebo=crebo).values_list("pk", flat=True)
    Touch.objects.bulk_create(Touch(dossier=dossier) for dossier in there)
    audit.record("accreditation_checked", subject=location, by=by, crebo=crebo, answer=answer)
    return check


@transaction.atomic
def save_contact(*, contact: Contact, by: Any) -> Contact:
    """Keep a new or changed contact person. Whoever reads the mail of an old address comes in no longer."""
    contact.full_clean(exclude=["sort_key"])
    if contact.user and contact.user.email != contact.email.lower():
        contact.user = None  # the new address gets an account with its first link
    contact.save()
    audit.record("contact_changed", subject=contact, by=by, name=contact.full_name)
    return contact
