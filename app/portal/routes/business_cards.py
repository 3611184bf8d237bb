"""The card of an enterprise: made by mentors or by the owner, opened without an account.

The code travels behind the `#` of the link, as with the cards of products.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import WrongState
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.market.forms.cards import CardCodeForm, CardForm
from app.portal.queries.business_cards import (
    business_card_page,
    business_view,
    live_business_card,
)
from app.portal.queries.own_enterprises import own_choice
from app.portal.responses import link_to_share
from app.portal.services.business_cards import (
    MadeBusinessCard,
    make_business_card,
    open_business_card,
    revoke_business_card,
)
from app.web.access import current_scope, open_to_all, requires
from app.web.saving import actor, attempt

blueprint = Blueprint("business_cards", __name__, template_folder="../templates")
# The code of a new link, for the page that follows; the key of the card that a reader opened.
_FRESH, _OPENED = "kartu_usaha_baru", "kartu_usaha"


@blueprint.route("/usaha/<uuid:enterprise_id>/kartu-usaha", methods=["GET", "POST"])
@requires(Permission.MARKET_WRITE)
def links(enterprise_id: UUID) -> ResponseReturnValue:
    """The links of an enterprise; a new one is shown once, right after it was made."""
    here = url_for(".links", enterprise_id=enterprise_id)
    return _links(enterprise_id, "portal/business_cards.html", here)


@blueprint.post("/usaha/<uuid:enterprise_id>/kartu-usaha/<uuid:card_id>/cabut")
@requires(Permission.MARKET_WRITE)
def revoke(enterprise_id: UUID, card_id: UUID) -> ResponseReturnValue:
    """Take a link back."""
    return _revoke(enterprise_id, card_id, url_for(".links", enterprise_id=enterprise_id))


@blueprint.route("/saya/kartu-usaha", methods=["GET", "POST"])
@requires(Permission.OWN_PAGE)
def own() -> ResponseReturnValue:
    """The owner's own links."""
    choice = own_choice(current_scope(), request.args.get("usaha"))
    here = url_for(".own", usaha=choice.asked)
    return _links(choice.chosen.id, "portal/own_business_card.html", here, choice=choice)


@blueprint.post("/saya/kartu-usaha/<uuid:enterprise_id>/<uuid:card_id>/cabut")
@requires(Permission.OWN_PAGE)
def own_revoke(enterprise_id: UUID, card_id: UUID) -> ResponseReturnValue:
    """Take a link of one's own back."""
    choice = own_choice(current_scope(), str(enterprise_id))
    return _revoke(enterprise_id, card_id, url_for(".own", usaha=choice.asked))


@blueprint.get("/kartu-usaha")
@open_to_all
def door() -> ResponseReturnValue:
    """The door of a link."""
    return render_template("portal/business_card_door.html", form=CardCodeForm(formdata=None))


@blueprint.post("/kartu-usaha")
@open_to_all
def enter() -> ResponseReturnValue:
    """Take the code of a link."""
    form = CardCodeForm()
    if not form.validate():
        return render_template("portal/business_card_door.html", form=form), 422
    try:
        key = open_business_card(code=form.code.data or "", address=request.remote_addr or "")
    except WrongState:
        return render_template("market/card_wait.html"), 429
    if key is None:
        return _closed()
    session[_OPENED] = key
    return redirect(url_for(".show"), code=303)


@blueprint.get("/kartu-usaha/isi")
@open_to_all
def show() -> ResponseReturnValue:
    """The enterprise whose link was opened."""
    row = live_business_card(str(session.get(_OPENED, "")))
    if row is None:
        return _closed()
    return render_template("portal/business_card.html", card=business_view(row))


def _links(enterprise_id: UUID, template: str, here: str, **more: Any) -> ResponseReturnValue:
    business_card_page(current_scope(), enterprise_id)
    form = CardForm()
    made: list[MadeBusinessCard] = []

    def save() -> None:
        days = form.days.data or ""
        made.append(make_business_card(enterprise_id=enterprise_id, days=days, **actor()))

    status = attempt(form, save)
    if status is None:
        session[_FRESH] = {"id": str(enterprise_id), "code": made[0].code}
        return redirect(here, code=303)
    page = business_card_page(current_scope(), enterprise_id)
    fresh = session.pop(_FRESH, None)
    code = fresh["code"] if fresh and fresh["id"] == str(enterprise_id) else None
    link = code and link_to_share(url_for(".door"), code)
    return render_template(template, form=form, page=page, link=link, here=here, **more), status


def _revoke(enterprise_id: UUID, card_id: UUID, here: str) -> ResponseReturnValue:
    with transaction():
        revoke_business_card(enterprise_id=enterprise_id, card_id=card_id, **actor())
    flash("Tautan dicabut. Tidak dapat dibuka lagi.", "success")
    return redirect(here, code=303)


def _closed() -> ResponseReturnValue:
    """The one answer to a code that opens nothing, whatever the reason."""
    return render_template("market/card_closed.html"), 404
