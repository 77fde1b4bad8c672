"""Print the demo accounts."""

from typing import Any

from django.core.management.base import BaseCommand

from exchange.demo.accounts import accounts


class Command(BaseCommand):
    help = "Laat zien met wie je in de demo kunt inloggen."

    def handle(self, **options: Any) -> None:
        for account in accounts():
            how = f"wachtwoord {account.password}" if account.password else "met een link; de mail staat op /post/"
            self.stdout.write(f"  {account.role:<27}{account.email:<52}{how}")
