"""Everything that pages share, given to one application."""

from __future__ import annotations

from flask import Flask
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from app.web.errors import init_errors
from app.web.filters import init_filters
from app.web.forms import rendering
from app.web.headers import init_headers
from app.web.logs import init_request_log
from app.web.menu import enterprise_tabs, main_menu, own_menu
from app.web.routes import blueprint
from app.web.schema import init_schema_check
from app.web.static import init_static


def csrf_field() -> Markup:
    """The hidden box with the token that every POST form carries."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def init_web(app: Flask) -> None:
    """Bind templates, filters, static files, headers and error pages to `app`."""
    app.register_blueprint(blueprint)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        csrf_field=csrf_field,
        main_menu=main_menu,
        own_menu=own_menu,
        enterprise_tabs=enterprise_tabs,
    )
    for filter_function in (
        rendering.field_attributes,
        rendering.field_described,
        rendering.field_errors,
        rendering.field_kind,
        rendering.form_problems,
        rendering.input_class,
    ):
        app.jinja_env.filters[filter_function.__name__] = filter_function
    init_request_log(app)
    init_schema_check(app)
    init_filters(app)
    init_static(app)
    init_headers(app)
    init_errors(app)
