"""The door for WSGI servers; each process keeps connections to the database between requests."""

import os

from django.core.wsgi import get_wsgi_application

from juxian.site import collector

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juxian.site.settings")
os.environ.setdefault("DATABASE_POOL", "8")

application = get_wsgi_application()
collector.settle()
