"""Flask extensions, bound to the application in `app.factory`."""

from __future__ import annotations

from flask_compress import Compress
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

csrf = CSRFProtect()
compress = Compress()
migrate = Migrate()
