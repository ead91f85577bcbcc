"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from anlanh.server.bodies import WholeBodies
from anlanh.server.environment import working_threads

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anlanh.server.settings")

application = WholeBodies(get_wsgi_application(), working_threads())
