"""What the leerbedrijf sends back before signing: a mistake in its data, or who should sign instead."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agreements import chain
from agreements.lifecycle import State, require_state
from agreements.models import Party, Pok, Remark
from agreements.signing import Client, locked, party_of, reach
from agreements.telling import tell
from bpv.core import audit, clock
from companies.models import Contact
from companies.services import save_contact


def report_mistake(*, pok: Pok, by: User, text: str, client: Client) -> Remark:
    """Something in the POK is not right; the coordinator answers or makes a new version."""
    return _send_back(pok, Remark(kind=Remark.Kind.MISTAKE, by=by, text=text.strip()), client)


def name_other(*, pok: Pok, by: User, client: Client, **person: str) -> Remark:
    """Somebody else signs for the leerbedrijf (first_name, prefix, last_name, email, function); the school confirms."""
    return _send_back(pok, Remark(kind=Remark.Kind.OTHER_SIGNATORY, by=by, **person), client)


@transaction.atomic
def _send_back(pok: Pok, remark: Remark, client: Client) -> Remark:
    pok = locked(pok)
    now = clock.now()
    require_state(pok, clock.local_day(now), State.OFFERED)
    if party_of(remark.by, pok) != Party.COMPANY:
        raise ValidationError(_("Dat kan alleen wie namens het leerbedrijf tekent."), code="party")
    if pok.remarks.filter(kind=remark.kind, settled_at=None).exists():
        raise ValidationError(_("Dit is al gemeld. De school reageert zo snel mogelijk."), code="reported")
    remark.pok, remark.party, remark.at = pok, Party.COMPANY, now
    remark.full_clean(exclude=["settled_at", "settled_by", "accepted"])
    remark.save()
    chain.record(pok, f"remark_{remark.kind}", at=now, party=Party.COMPANY, client=client)
    words = {"number": pok.number, "kind": Remark.Kind(remark.kind).label}
    audit.record("pok_sent_back", subject=pok, by=remark.by, dossier=pok.placement_id, **words)
    if pok.offered_by:
        tell(pok.offered_by, pok, "pok_sent_back", key=str(remark.pk), about=Remark.Kind(remark.kind).label)
    return remark


@transaction.atomic
def settle(*, remark: Remark, by: User, accepted: bool, answer: str = "") -> Remark:
    """The school answers. Accepting another signatory keeps the person at the location and invites within a minute.

    Turning something down takes an answer; the sender gets it by mail.
    """
    pok = locked(remark.pok)
    remark = Remark.objects.select_for_update().get(pk=remark.pk)
    if remark.settled_at:
        raise ValidationError(_("Hier is al op gereageerd."), code="settled")
    if not accepted and not answer.strip():
        raise ValidationError({"answer": _("Geef een antwoord voor het leerbedrijf.")})
    now = clock.now()
    if accepted and remark.kind == Remark.Kind.OTHER_SIGNATORY:
        require_state(pok, clock.local_day(now), State.OFFERED)
        _replace_signatory(pok, remark, by)
    remark.settled_at, remark.settled_by, remark.accepted, remark.answer = now, by, accepted, answer.strip()
    remark.save(update_fields=["settled_at", "settled_by", "accepted", "answer"])
    chain.record(pok, "remark_settled", at=now, kind=remark.kind, accepted=accepted)
    words = {"number": pok.number, "kind": Remark.Kind(remark.kind).label}
    audit.record("pok_remark_settled", subject=pok, by=by, dossier=pok.placement_id, **words)
    tell(remark.by, pok, "pok_remark_settled", key=str(remark.pk), accepted=accepted, answer=remark.answer)
    return remark


def _replace_signatory(pok: Pok, remark: Remark, by: User) -> None:
    """The one named signs from now on; who was asked before no longer can."""
    if pok.signatures.filter(party=Party.COMPANY).exists():
        raise ValidationError(_("Het leerbedrijf heeft al getekend."), code="signed")
    contact = _contact(pok, remark, by)
    signer = pok.signatories.get(party=Party.COMPANY)
    signer.contact, signer.name, signer.email = contact, contact.full_name, contact.email
    reach(signer)
    if pok.signatories.exclude(pk=signer.pk).filter(user=signer.user).exists():
        raise ValidationError(_("Deze persoon tekent al voor een andere partij."), code="party")
    signer.invited_at = signer.opened_at = signer.reminded_on = None
    signer.reminders = 0
    signer.save()
    chain.record(pok, "signatory_changed", at=clock.now(), party=Party.COMPANY, name=signer.name)


def _contact(pok: Pok, remark: Remark, by: User) -> Contact:
    """The contact person with this address at the location, made when new; tekenbevoegde from now on."""
    location = pok.placement.location
    found = location.contacts.filter(email__iexact=remark.email).first()
    fields: dict[str, Any] = {name: getattr(remark, name) for name in ("first_name", "prefix", "last_name", "function")}
    contact = found or Contact(location=location, email=remark.email, **fields)
    contact.is_signatory = True
    return save_contact(contact=contact, by=by)
