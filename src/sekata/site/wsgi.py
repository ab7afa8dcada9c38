"""The suite as a WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template

from sekata.site.body import limited

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sekata.site.settings")

COLLECT_AFTER = 20_000
"""Objects made before the collector looks: a request makes thousands that die with it anyway."""

application = limited(get_wsgi_application(), lambda: get_template("413.html").render())
gc.collect()
gc.freeze()  # what is loaded now stays for good and is never looked through again
gc.set_threshold(COLLECT_AFTER, 20, 20)
