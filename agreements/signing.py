"""Deeds of the round of signing: offer, read, sign, refuse, send back, name somebody else.

Each locks the row of the POK first: two people at the same moment give one signature each and one completion (T17).
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import guests, languages, links
from accounts.models import User
from accounts.services import guest
from agreements import chain, completion, readiness, statements
from agreements.document import signatory_of
from agreements.lifecycle import State, open_parties, require_mode, require_state
from agreements.models import Kind, Method, Mode, Party, Pok, Signatory, Signature
from agreements.telling import people_of, tell
from bpv.core import audit, clock
from companies.models import Contact
from placements.access import hold_open, may_manage
from standards.norms import norms_for

Client = Mapping[str, str]  # network address and browser of who does it


@transaction.atomic
def offer(
    *,
    pok: Pok,
    by: Any,
    mode: Mode,
    today: date,
    contact: Contact | None = None,
    parents_informed_on: date | None = None,
) -> Pok:
    """Offer a made document for signing (POK-02). From here its bytes stand; the invitations go within a minute.

    `contact`: who signs for the leerbedrijf; without it the tekenbevoegde of the location, else the praktijkopleider
    (T15). Raises ValidationError when it was offered before, when a signer cannot be reached, or when the dossier is
    closed (S8-d).
    """
    pok = locked(pok)
    hold_open(pok.placement)
    require_state(pok, today, State.CONCEPT)
    if pok.document is None:
        raise ValidationError(_("Van deze POK is geen document. Trek hem in en maak een nieuwe versie."))
    readiness.require_ready(pok.placement, today, pok)
    signers = _signatories(pok, mode, contact)
    pok.mode, pok.offered_at, pok.offered_by = mode, clock.now(), by
    if mode == Mode.DIGITAL:
        pok.lapses_on = last_day_to_sign(today, pok.start)
    if parents_informed_on:
        pok.parents_informed_on = parents_informed_on
    pok.save(update_fields=["mode", "offered_at", "offered_by", "lapses_on", "parents_informed_on"])
    Signatory.objects.bulk_create(signers)
    asked = {signer.party: signer.name for signer in signers}
    chain.record(
        pok, "offered", at=pok.offered_at, mode=str(mode), sha256=pok.document.sha256, version=pok.version, asked=asked
    )
    audit.record("pok_offered", subject=pok, by=by, dossier=pok.placement_id, number=pok.number, mode=Mode(mode).label)
    return pok


def last_day_to_sign(offered_on: date, start: date) -> date:
    """When a round ends: never before the start, so that nobody is shut out who is late; norms say how much later."""
    norms = norms_for(start)
    after_offer = offered_on + timedelta(days=norms.round_days)
    return max(after_offer, start + timedelta(days=norms.round_days_after_start))


@transaction.atomic
def mark_read(*, pok: Pok, by: User, sha256: str, client: Client) -> None:
    """The signer saw the bytes with this sha256 up to the last page. Once per signer in the chain."""
    pok = locked(pok)
    signer = pok.signatories.filter(user=by).first()
    if signer is None or pok.document is None or pok.document.sha256 != sha256 or signer.opened_at:
        return
    now = clock.now()
    Signatory.objects.filter(pk=signer.pk).update(opened_at=now)
    chain.record(pok, "read", at=now, party=signer.party, client=client, sha256=sha256)


def party_of(user: User, pok: Pok) -> Party | None:
    """For which party this person may sign now; None when for none. Never for two (T15)."""
    waiting = open_parties(pok)
    if any(signature.recorded_by_id == user.pk and signature.signed_at for signature in pok.signatures.all()):
        return None
    for signer in pok.signatories.all():
        if signer.user_id == user.pk and signer.party in waiting:
            return Party(signer.party)
    return Party.SCHOOL if Party.SCHOOL in waiting and may_manage(user, pok.placement) else None


@transaction.atomic
def sign(
    *,
    pok: Pok,
    by: User,
    name: str,
    sha256: str,
    proof: str,
    client: Client,
    function: str = "",
    authority: bool = False,
) -> Signature:
    """One signature, for the party this person stands for, under the bytes that were shown (POK-02, T15-T18).

    `proof` says how the person was known (link_code, password, password_mfa). With the last signature the document is
    complete and waits for the seal, in this same transaction. Raises ValidationError in plain words.
    """
    pok = locked(pok)
    now = clock.now()
    today = clock.local_day(now)
    require_state(pok, today, State.OFFERED)
    require_mode(pok, Mode.DIGITAL)
    party = _party_for(by, pok)
    if pok.document is None or sha256 != pok.document.sha256:
        raise ValidationError(_("De tekst is intussen veranderd. Open de POK opnieuw en lees de nieuwe versie."))
    if party == Party.COMPANY and not authority:
        raise ValidationError({"authority": _("Bevestig dat je namens het leerbedrijf mag tekenen.")})
    how = {"signer": name.strip(), "function": function.strip(), "sha256": sha256, "proof": proof, "recorded_by": by}
    signature = Signature(pok=pok, party=party, method=Method.DIGITAL, signed_on=today, signed_at=now, **how)
    signature.statement = statements.VERSION
    signature.full_clean()
    signature.save()
    said = {"name": signature.signer, "function": signature.function, "sha256": sha256, "proof": proof}
    declared = {"statement": statements.VERSION, "text": statements.statement(party)}
    chain.record(pok, "signed", at=now, party=party, client=client, **said, **declared)
    words = {"number": pok.number, "party": party.label}
    audit.record("pok_signed", subject=pok, by=by, dossier=pok.placement_id, **words)
    if not open_parties(_fresh(pok)):
        complete(pok, today=today)
    return signature


def sign_several(poks: Iterable[tuple[Pok, str]], **how: Any) -> tuple[list[Pok], list[tuple[Pok, str]]]:
    """One confirmation for several, given as (POK, sha256): each its own deed. Returns the signed and the refused."""
    signed, refused = [], []
    for pok, sha256 in poks:
        try:
            sign(pok=pok, sha256=sha256, **how)
            signed.append(pok)
        except ValidationError as fault:
            refused.append((pok, " ".join(fault.messages)))
    return signed, refused


def complete(pok: Pok, *, today: date) -> None:
    """Everybody has signed: the seal is asked for (not on paper) and what follows from the document happens.

    Inside the transaction and the lock of the deed that made it complete.
    """
    now = clock.now()
    pok.complete_at = now
    pok.seal_due_at = now if pok.mode in (Mode.DIGITAL, Mode.WINDOW) else None
    pok.save(update_fields=["complete_at", "seal_due_at"])
    chain.record(pok, "complete", at=now)
    completion.completed(pok, today)


@transaction.atomic
def refuse(*, pok: Pok, by: User, reason: str, client: Client) -> Pok:
    """A party does not sign, and says why. The round stops; the others and the coordinator are told."""
    pok = locked(pok)
    now = clock.now()
    require_state(pok, clock.local_day(now), State.OFFERED)
    party = _party_for(by, pok)
    pok.refused_at, pok.refused_party, pok.refused_reason = now, party, reason.strip()
    pok.save(update_fields=["refused_at", "refused_party", "refused_reason"])
    chain.record(pok, "refused", at=now, party=party, client=client, reason=pok.refused_reason)
    words = {"number": pok.number, "party": party.label, "reason": pok.refused_reason}
    audit.record("pok_refused", subject=pok, by=by, dossier=pok.placement_id, **words)
    for person in people_of(pok):
        if person != by:
            tell(person, pok, "pok_refused", key=str(pok.pk), party=party.label, reason=pok.refused_reason)
    return pok


def locked(pok: Pok) -> Pok:
    """The row, read again and held until the end of the transaction."""
    return Pok.objects.select_for_update(of=("self",)).select_related("placement", "document").get(pk=pok.pk)


def _fresh(pok: Pok) -> Pok:
    """Without what was prefetched before the deed."""
    pok._prefetched_objects_cache = {}
    return pok


def _party_for(by: User, pok: Pok) -> Party:
    party = party_of(by, pok)
    if party is None:
        if pok.signatures.filter(recorded_by=by, signed_at__isnull=False).exists():
            raise ValidationError(_("Je hebt deze POK al getekend."), code="signed")
        raise ValidationError(_("Je bent niet degene die deze POK tekent."), code="party")
    return party


def _signatories(pok: Pok, mode: Mode, contact: Contact | None) -> list[Signatory]:
    """Who is asked, per party; on paper without an account, because nothing is sent to them by us."""
    placement = pok.placement
    student = placement.student
    found = [Signatory(pok=pok, party=Party.STUDENT, name=student.full_name, email=student.email)]
    if pok.kind != Kind.FURTHER:
        contact = contact or signatory_of(pok)
        if contact is None:
            raise ValidationError(_("Er is nog niemand die namens het leerbedrijf tekent. Kies een contactpersoon."))
        name, email = contact.full_name, contact.email
        found.append(Signatory(pok=pok, party=Party.COMPANY, contact=contact, name=name, email=email))
    if guardian := _guardian(pok):
        found.append(Signatory(pok=pok, party=Party.GUARDIAN, name=guardian.name, email=guardian.email))
    if mode != Mode.PAPER:
        for signer in found:
            reach(signer)
        if len({signer.user for signer in found}) < len(found):
            raise ValidationError(_("Twee partijen hebben hetzelfde e-mailadres. Niemand tekent voor twee partijen."))
    return [*found, Signatory(pok=pok, party=Party.SCHOOL)]


def reach(signer: Signatory) -> None:
    """Give the signer the account of the address. Raises ValidationError when a link cannot be sent there."""
    words = {"name": signer.name, "email": signer.email}
    if not signer.email:
        raise ValidationError(_("Van %(name)s is geen e-mailadres bekend.") % words)
    if signer.party == Party.GUARDIAN:
        first, _space, last = signer.name.rpartition(" ")
        guest(email=signer.email, first_name=first or last, last_name=last)
    user = guests.find(signer.email)
    if user is None or not links.may_use(user):
        raise ValidationError(_("Het adres %(email)s van %(name)s kan geen link krijgen.") % words)
    signer.user, signer.language = user, languages.of(user)


def _guardian(pok: Pok) -> Any:
    """The guardian who signs along, when the school asks that for minors (T26)."""
    student = pok.placement.student
    if settings.MINORS != "cosign" or student.age_on(pok.start) >= 18:
        return None
    guardian = getattr(student, "guardian", None)
    if guardian is None:
        raise ValidationError(_("De student is minderjarig. Vul eerst in welke ouder of voogd meetekent."))
    return guardian
