"""What a signer confirms. The version and the words that were shown are kept with the signature."""

from django.utils.translation import gettext as _

from agreements.models import Party

VERSION = "2026-11"  # changes with every change of the words below


def statement(party: str) -> str:
    """The declaration in the reader's language."""
    if party == Party.COMPANY:
        return _(
            "Ik heb de overeenkomst en de bijlage gelezen, ik onderteken ze namens het leerbedrijf en ik ben daartoe "
            "bevoegd."
        )
    if party == Party.SCHOOL:
        return _("Ik onderteken de overeenkomst en de bijlage namens de school en ik ben daartoe bevoegd.")
    if party == Party.GUARDIAN:
        return _("Ik heb de overeenkomst en de bijlage gelezen en ik stem er als ouder of voogd mee in.")
    return _("Ik heb de overeenkomst en de bijlage gelezen en ik onderteken ze.")
