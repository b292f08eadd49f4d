"""The web application as the server loads it."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingfu.project.settings")
application = get_wsgi_application()
