from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompaniesConfig(AppConfig):
    name = "companies"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Leerbedrijven")

    def ready(self) -> None:
        """Its people may ask for a link."""
        from accounts import guests  # models exist only now
        from companies.guests import connect

        guests.register(connect)
