from typing import Any

from django.core.management import BaseCommand, CommandError

from agreements import keys


class Command(BaseCommand):
    help = "Make the school's own seal key and the CA above it; an existing key is never overwritten."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make key, password and trusted root, and say where they lie."""
        try:
            place = keys.make()
        except FileExistsError:
            raise CommandError(f"There is a seal key already: {keys.files().p12}. Nothing was changed.") from None
        self.stdout.write(f"Key {place.p12}\nPassword {place.password}\nTrusted root {place.roots}")
        self.stdout.write("Back these up: without them no new seal can be made, and no old one checked.")
