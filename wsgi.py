"""The application for a WSGI server: `gunicorn wsgi:app`."""

from __future__ import annotations

import logging

from app.factory import app_or_exit
from app.web.logs import configure_logs

app = app_or_exit()
# While developing only what went wrong is worth a line.
configure_logs(level=logging.INFO if app.config["PULIH_PRODUCTION"] else logging.WARNING)
