"""A praktijkopleider's account, made when the praktijkopleider first asks for a link."""

from accounts.services import guest
from companies.models import Contact


def connect(email: str) -> None:
    """One account for all contact persons with this address: somebody may work at two locations."""
    found = list(Contact.objects.select_for_update().filter(email__iexact=email, user=None))
    if found:
        first = found[0]
        names = {"first_name": first.first_name, "prefix": first.prefix, "last_name": first.last_name}
        user = guest(email=email, language=first.language, **names)
        Contact.objects.filter(pk__in=[contact.pk for contact in found]).update(user=user)
