"""`make words`: the catalogues in locale/ follow the sources and are compiled. Dutch is the source and has none."""

import re
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands import makemessages

NOT_OURS = [".venv", "var", "tests", "bench", "docs", "static", "node_modules", "Procfile"]
MADE_ON = re.compile(r'^"POT-Creation-Date: .*\n', re.MULTILINE)


class Command(makemessages.Command):
    """Django's makemessages without what makes differences large: places, dates, guesses and what is gone."""

    help = "Bring locale/*/django.po up to date with the sources and compile them (needs gettext)."
    msgmerge_options = ["-q", "--backup=none", "--update", "--no-fuzzy-matching", "--sort-output"]

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        parser.set_defaults(
            locale=languages, ignore_patterns=NOT_OURS, no_location=True, no_obsolete=True, no_wrap=True, verbosity=0
        )

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        for catalogue in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po")):
            catalogue.write_text(MADE_ON.sub("", catalogue.read_text()))
            compiled = catalogue.with_suffix(".mo")
            subprocess.run(["msgfmt", "--check-format", "-o", compiled, catalogue], check=True)
