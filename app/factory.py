"""Making the application, step by step."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import cli, pages
from app.accounts.guards import init_guards
from app.core import settings as process_settings
from app.core.settings import Settings
from app.db import db
from app.demo.notice import init_notice
from app.extensions import compress, csrf, migrate
from app.history.responses import init_read_log
from app.tables import load_tables
from app.web.setup import init_web
from config import ConfigurationError, load_settings


def create_app(settings: Settings | None = None) -> Flask:
    """A new application from these settings, or from the environment.

    Raises:
        config.ConfigurationError: the environment can't be used; it names what to mend.
    """
    chosen = settings or load_settings()
    process_settings.bind(chosen)
    app = Flask("app", static_folder=None)
    app.config.update(_flask_config(chosen))
    _init_extensions(app, chosen)
    init_web(app)
    init_guards(app)
    init_read_log(app)
    init_notice(app)
    pages.init_pages(app)
    cli.init_commands(app)
    return app


def app_or_exit() -> Flask:
    """The application of this environment; where that can't be, the process ends with the reason.

    78 is what sysexits.h calls a wrong configuration; a service manager need not try again.
    """
    try:
        return create_app()
    except ConfigurationError as refusal:
        sys.stderr.write(f"{refusal}\n")
        raise SystemExit(os.EX_CONFIG) from refusal


def _flask_config(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.secret_key_fallbacks),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings.database_url),
        "MAX_CONTENT_LENGTH": settings.upload_max_bytes,
        # A form has a few dozen fields; thousands are an attack.
        "MAX_FORM_PARTS": 1000,
        "TRUSTED_HOSTS": list(settings.trusted_hosts) or None,
        # The browser keeps a `__Host-` cookie only over TLS and for this host alone.
        "SESSION_COOKIE_NAME": "__Host-pulih" if settings.is_production else "pulih",
        "SESSION_COOKIE_SECURE": settings.is_production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "PULIH_PRODUCTION": settings.is_production,
        "PULIH_FOLDER": str(settings.folder),
    }


def _engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {}
    # A connection that died with its server is noticed before it is used.
    return {"pool_pre_ping": True, "pool_recycle": 1800}


def _init_extensions(app: Flask, settings: Settings) -> None:
    load_tables()
    db.init_app(app)
    # Commands are run from any folder.
    migrations = Path(app.root_path).parent / "migrations"
    migrate.init_app(app, db, directory=str(migrations), render_as_batch=True, compare_type=True)
    csrf.init_app(app)
    # A seventh lighter than by default, and as quick for pages of our size.
    app.config["COMPRESS_ZSTD_LEVEL"] = 9
    compress.init_app(app)
    if settings.trusted_proxy_count:
        hops = settings.trusted_proxy_count
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
