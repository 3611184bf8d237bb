"""The second door of pages with money: the owner's own number, given a short while ago."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import flash, g, redirect, request, url_for

from app.core.clock import utc_now
from app.portal.rules.cards import PIN_LIFE
from app.web.access import has_given_password

View = TypeVar("View", bound=Callable[..., Any])


def pin_needed(view: View) -> View:
    """Ask for the owner's number before a view, unless it was given within a quarter of an hour.

    Stands below `@requires(Permission.OWN_PAGE)`. Who came with a password and not with a card
    gives the password again instead.
    """

    @wraps(view)
    def asked(*args: Any, **kwargs: Any) -> Any:
        if is_open_for_money():
            return view(*args, **kwargs)
        if request.method == "POST":
            # What was typed is gone: nobody should believe that it was kept.
            flash("Belum terkirim. Ulangi sekali lagi sesudah ini.", "warning")
        endpoint = "own_pin.ask" if g.is_by_card else "accounts.confirm"
        return redirect(url_for(endpoint, next=_way_back()), code=303)

    return cast("View", asked)


def is_open_for_money() -> bool:
    """Whether the caller may see money now without being asked."""
    if not g.is_by_card:
        return has_given_password(PIN_LIFE)
    pin_at = g.get("pin_at")
    return pin_at is not None and utc_now() - pin_at <= PIN_LIFE


def _way_back() -> str:
    """Where to go on; what a form sent is sent anew from its page, for the same enterprise."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    page = urlsplit(request.referrer or "")._replace(scheme="", netloc="", fragment="")
    return page.geturl() or url_for("portal.home")
