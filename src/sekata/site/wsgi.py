"""The suite as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from sekata.site.body import limited

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sekata.site.settings")

application = limited(get_wsgi_application())
