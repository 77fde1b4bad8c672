"""Leerbedrijven, their erkenningen and their people."""

from django.utils.translation import gettext as _

from exchange.importing.register import Record
from exchange.importing.school import ADDRESS, NAME
from exchange.importing.sheets import CONTACT_ROLES
from exchange.importing.steps import Step


def location(step: Step) -> None:
    """A location; locations with one KvK-nummer are one company."""
    known = step.school.locations.get(step["sbb_id"])
    company = _company(step, known)
    values = step.some("sbb_id", "name", "establishment_number", *ADDRESS, "country", "phone", "website")
    if known is None:
        values["country"] = values.get("country") or "Nederland"
    step.main = step.school.locations.put(values | {"company_id": company.pk}, known)


def _company(step: Step, known: Record | None) -> Record:
    companies = step.school.companies
    own = companies.with_id(known["company_id"]) if known else None
    same = companies.get(step["kvk"]) if step["kvk"] else own
    if same is not None:
        return same
    if own is not None and own["kvk"] is None:
        return companies.put({"kvk": step["kvk"]}, own)
    return companies.add({"name": step["name"], "kvk": step["kvk"] or None})


def accreditation(step: Step) -> None:
    """An erkenning of a location for a crebo."""
    found = step.need(step.school.locations.get(step["sbb_id"]), "sbb_id", "leerbedrijven")
    step.in_order("granted_on", "withdrawn_on", _("Ingetrokken per %(end)s; dat is voor de erkenning van %(start)s."))
    if found is None or step.failed:
        return
    values = step.some("crebo", "granted_on", "withdrawn_on")
    step.main = step.school.accreditations.put(values | {"location_id": found.pk})


def contact(step: Step) -> None:
    """A person at a location: by e-mail address, without one by name. The account is shared over locations."""
    school = step.school
    found = step.need(school.locations.get(step["sbb_id"]), "sbb_id", "leerbedrijven")
    if found is None or step.failed:
        return
    values = step.some(*NAME, "function", "email", "phone", "language") | {"location_id": found.pk}
    values |= {flag: flag in step["roles"] for flag in CONTACT_ROLES.values()}
    known = _known_contact(step, found)
    if known is None:
        values["language"] = values.get("language") or "nl"
        values["email"] = step["email"] or ""
    if step["email"] and not (known and known["user_id"]):
        account = school.users.get(step["email"])
        account = account or school.users.add(step.some(*NAME, "email", "phone", "language"))
        values["user_id"] = account.pk
    step.main = school.contacts.put(values, known) if known else school.contacts.add(values)


def _known_contact(step: Step, location: Record) -> Record | None:
    contacts = step.school.contacts
    if step["email"] and (found := contacts.get(location.pk, step["email"])):
        return found
    name = (step["first_name"], step["prefix"] or "", step["last_name"])
    found = contacts.by("location_id", *NAME).get((location.pk, *name))
    return found if found and (not step["email"] or not found["email"]) else None
