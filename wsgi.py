"""The application for a WSGI server: `gunicorn wsgi:app`."""

from __future__ import annotations

import logging

from app.factory import create_app
from app.web.logs import configure_logs

app = create_app()
# While developing only what went wrong is worth a line.
configure_logs(level=logging.INFO if app.config["PULIH_PRODUCTION"] else logging.WARNING)
