"""The mentor's calendar: its secret address, and what is fetched there."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app.core import settings
from app.core.clock import utc_now
from app.core.errors import NotFound
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.market.queries.calendar_feeds import calendar_events, made_at
from app.market.rules.calendar import calendar_text
from app.market.services.calendar_feeds import make_feed, revoke_feed
from app.web.access import current_account_id, open_to_all, requires

blueprint = Blueprint(
    "calendar_feeds", __name__, url_prefix="/kalender", template_folder="../templates"
)
# The code of a new address, for the page that follows.
_FRESH = "kalender_baru"


@blueprint.get("")
@requires(Permission.CASELOAD_READ)
def own() -> ResponseReturnValue:
    """One's own address; a new one is shown once, right after it was made."""
    code = session.pop(_FRESH, None)
    link = code and f"{_outside()}{url_for('.feed', token=code)}"
    return render_template("market/calendar.html", made_at=made_at(current_account_id()), link=link)


@blueprint.post("/buat")
@requires(Permission.CASELOAD_READ)
def make() -> ResponseReturnValue:
    """Make an address; the one before opens nothing any more."""
    with transaction():
        code = make_feed(by=current_account_id())
    session[_FRESH] = code
    return redirect(url_for(".own"), code=303)


@blueprint.post("/cabut")
@requires(Permission.CASELOAD_READ)
def revoke() -> ResponseReturnValue:
    """Take the address back."""
    with transaction():
        revoke_feed(by=current_account_id())
    flash("Alamat kalender dicabut.", "success")
    return redirect(url_for(".own"), code=303)


@blueprint.get("/<token>.ics")
@open_to_all
def feed(token: str) -> ResponseReturnValue:
    """The calendar of whom the address was made for."""
    outside = _outside()
    events = calendar_events(token, address=f"{outside}/izin")
    if events is None:
        raise NotFound("calendar_unknown", message="Kalender ini tidak ditemukan.")
    host = urlsplit(outside).hostname or "pulih"
    text = calendar_text("Izin usaha dampingan", events, now=utc_now(), host=host)
    answer = Response(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _outside() -> str:
    return settings.current().public_address.rstrip("/")
