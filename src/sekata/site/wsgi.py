"""The suite as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template

from sekata.site.body import limited

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sekata.site.settings")

application = limited(get_wsgi_application(), lambda: get_template("413.html").render())
