from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudentsConfig(AppConfig):
    name = "students"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Studenten")

    def ready(self) -> None:
        """Its people may ask for a link."""
        from accounts import guests  # models exist only now
        from students.guests import connect

        guests.register(connect)
