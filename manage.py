#!/usr/bin/env python
"""Django's command line."""

import os
import sys

from bpv.core.embedded import Unavailable

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpv.settings")
    from django.core.management import execute_from_command_line  # reads the settings, which start the services

    try:
        execute_from_command_line(sys.argv)
    except Unavailable as fault:
        sys.exit(str(fault))
