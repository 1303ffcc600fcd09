"""The application as a WSGI server sees it."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from alert4you.config.bodies import by_few, whole

AT_ONCE = 2  # requests: one works, one waits for data; more get in its way
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alert4you.config.settings")
application = whole(by_few(get_wsgi_application(), AT_ONCE))
get_resolver().url_patterns  # noqa: B018 (read now: it takes a second, and nobody should wait for it)
gc.set_threshold(20_000, 20, 100)  # a page makes thousands of objects, and hardly a circle of them
gc.freeze()  # what is read now stays: nobody looks through it again, and the processes share it
