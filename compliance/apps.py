from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplianceConfig(AppConfig):
    name = "compliance"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Standaarden")

    def ready(self) -> None:
        """Closing a dossier also looks at the POK and the talks."""
        from assessment import closing
        from compliance import closing_parts

        closing.CHECKS.append(closing_parts.unmet)
