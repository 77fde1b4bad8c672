from django.apps import AppConfig
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from standards import words


class CoreConfig(AppConfig):
    name = "bpv.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Kern")

    def ready(self) -> None:
        """The norms speak the reader's language."""
        words.install(translation.gettext, translation.ngettext)
