"""The WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from anlanh.server.bodies import WholeBodies
from anlanh.server.environment import working_threads

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anlanh.server.settings")

application = WholeBodies(get_wsgi_application(), working_threads())

# What is loaded by now stays for good: the collector need not look through it again and again, nor after every few
# hundred objects of a page.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
