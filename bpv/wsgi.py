"""WSGI entry: `gunicorn bpv.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpv.settings")
application = get_wsgi_application()
