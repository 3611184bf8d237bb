"""The server after its next release: `gunicorn tests.e2e.field.newer:app`."""

from __future__ import annotations

import wsgi
from app.field.routes import shell

shell.APP_VERSION = "1.1"
app = wsgi.app
