"""Mails about a document to the people of its round, each in the own language."""

from typing import Any

from django.conf import settings

from accounts import languages, links
from accounts.models import User
from agreements.models import Pok
from bpv.core import mail


def tell(person: User, pok: Pok, kind: str, *, key: str, **words: Any) -> None:
    """Queue one mail in the deed's transaction; its address leads through a link who has no password."""
    path = f"/pok/{pok.pk}/"
    placement = pok.placement
    mail.queue(
        kind,
        to=person.email,
        key=key,
        dossier=pok.placement_id,
        language=languages.of(person),
        name=person.full_name,
        number=pok.number,
        student=placement.student.full_name,
        location=placement.location.name,
        page=settings.SITE_URL + (f"/link/?next={path}" if links.may_use(person) else path),
        **words,
    )


def people_of(pok: Pok, *, school: bool = True) -> list[User]:
    """Everybody who is asked to sign, and who offered it."""
    people = {signer.user for signer in pok.signatories.select_related("user") if signer.user}
    if school and pok.offered_by:
        people.add(pok.offered_by)
    return sorted(people, key=lambda person: person.pk)
