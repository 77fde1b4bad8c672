"""ASGI entry, for servers that want one; WSGI is what was measured."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpv.settings")
application = get_asgi_application()
