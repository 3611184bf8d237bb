"""Links by which buyers see a product: made by mentors, opened without an account.

The code travels behind the `#` of the link, which browsers send to nobody; the first page takes it
out of the address (or it is typed there) and sends it in the body of a form.
"""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.core import settings
from app.core.errors import WrongState
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.files.responses import photo_response
from app.market.forms.cards import CardCodeForm, CardForm
from app.market.queries.cards import Card, card_page, card_view, live_card
from app.market.services.cards import MadeCard, make_card, open_card, revoke_card
from app.web.access import current_scope, open_to_all, requires
from app.web.saving import actor, attempt

blueprint = Blueprint("cards", __name__, template_folder="../templates")
# The code of a new link, for the page that follows; the key of the card that a buyer opened.
_FRESH, _OPENED = "kartu_baru", "kartu"


@blueprint.route("/produk/<uuid:product_id>/kartu", methods=["GET", "POST"])
@requires(Permission.MARKET_WRITE)
def links(product_id: UUID) -> ResponseReturnValue:
    """The links of a product; a new one is shown once, right after it was made."""
    card_page(current_scope(), product_id)
    form = CardForm()
    made: list[MadeCard] = []

    def save() -> None:
        made.append(make_card(product_id=product_id, days=form.days.data or "", **actor()))

    status = attempt(form, save)
    if status is None:
        session[_FRESH] = {"id": str(product_id), "code": made[0].code}
        return redirect(url_for(".links", product_id=product_id), code=303)
    page = card_page(current_scope(), product_id)
    fresh = session.pop(_FRESH, None)
    code = fresh["code"] if fresh and fresh["id"] == str(product_id) else None
    door = settings.current().public_address.rstrip("/") + url_for(".door")
    link = code and f"{door}#{code}"
    return render_template("market/cards.html", form=form, page=page, link=link, code=code), status


@blueprint.post("/produk/<uuid:product_id>/kartu/<uuid:card_id>/cabut")
@requires(Permission.MARKET_WRITE)
def revoke(product_id: UUID, card_id: UUID) -> ResponseReturnValue:
    """Take a link back."""
    with transaction():
        revoke_card(product_id=product_id, card_id=card_id, **actor())
    flash("Kartu dicabut. Tautannya tidak dapat dibuka lagi.", "success")
    return redirect(url_for(".links", product_id=product_id), code=303)


@blueprint.get("/kartu")
@open_to_all
def door() -> ResponseReturnValue:
    """The door of a link."""
    return render_template("market/card_door.html", form=CardCodeForm())


@blueprint.post("/kartu")
@open_to_all
def enter() -> ResponseReturnValue:
    """Take the code of a link."""
    form = CardCodeForm()
    if not form.validate():
        return render_template("market/card_door.html", form=form), 422
    try:
        key = open_card(code=form.code.data or "", address=request.remote_addr or "")
    except WrongState:
        return render_template("market/card_wait.html"), 429
    if key is None:
        return _closed()
    session[_OPENED] = key
    return redirect(url_for(".show"), code=303)


@blueprint.get("/kartu/produk")
@open_to_all
def show() -> ResponseReturnValue:
    """The product whose link was opened."""
    card = _opened()
    return _closed() if card is None else render_template("market/card.html", card=card)


@blueprint.get("/kartu/produk/foto")
@open_to_all
def picture() -> ResponseReturnValue:
    """The picture of the product whose link was opened."""
    card = _opened()
    return _closed() if card is None else photo_response(card.photo_id)


def _opened() -> Card | None:
    row = live_card(str(session.get(_OPENED, "")))
    return None if row is None else card_view(row)


def _closed() -> ResponseReturnValue:
    """The one answer to a code that opens nothing, whatever the reason."""
    return render_template("market/card_closed.html"), 404
