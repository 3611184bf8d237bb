"""Handing out and taking back owners' cards."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import utc_now
from app.core.errors import Conflict, InvalidInput, NotFound, WrongState
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.portal.forms import HandOutForm
from app.portal.queries.owner_cards import owner_cards
from app.portal.responses import card_picture, card_sheet, shown_for
from app.portal.rules.cards import shown_code
from app.portal.services.cards import hand_out
from app.portal.services.cards import revoke as take_back
from app.printing.responses import pdf_response
from app.web.access import current_account_id, current_scope, requires
from app.web.errors import status_of

blueprint = Blueprint(
    "owner_cards",
    __name__,
    template_folder="../templates",
    url_prefix="/pemilik/<uuid:owner_id>/kartu-masuk",
)
# The code of a new card, for the pages that follow within a few minutes.
_FRESH = "kartu_masuk_baru"


@blueprint.get("")
@requires(Permission.OWNER_CARD)
def show(owner_id: UUID) -> ResponseReturnValue:
    """The cards of an owner; a new one with its code, right after it was made."""
    return _page(owner_id, HandOutForm(formdata=None))


@blueprint.post("")
@requires(Permission.OWNER_CARD)
def make(owner_id: UUID) -> ResponseReturnValue:
    """Make a card; the one before opens nothing any more."""
    form = HandOutForm()
    if not form.validate():
        return _page(owner_id, form), 422
    try:
        with transaction():
            made = hand_out(
                owner_id=owner_id,
                days=form.days.data or "",
                scope=current_scope(),
                by=current_account_id(),
            )
    except (Conflict, InvalidInput, WrongState) as refusal:
        form.add_errors(refusal)
        return _page(owner_id, form), status_of(refusal)
    session[_FRESH] = {
        "owner": str(owner_id),
        "card": str(made.card_id),
        "code": made.code,
        "at": utc_now().timestamp(),
    }
    return redirect(url_for(".show", owner_id=owner_id), code=303)


@blueprint.post("/<uuid:card_id>/cabut")
@requires(Permission.OWNER_CARD)
def revoke(owner_id: UUID, card_id: UUID) -> ResponseReturnValue:
    """Take a card back."""
    with transaction():
        take_back(
            owner_id=owner_id, card_id=card_id, scope=current_scope(), by=current_account_id()
        )
    session.pop(_FRESH, None)
    flash("Kartu dicabut. Kartu itu tidak bisa dipakai lagi.", "success")
    return redirect(url_for(".show", owner_id=owner_id), code=303)


@blueprint.get("/cetak")
@requires(Permission.OWNER_CARD)
def sheet(owner_id: UUID) -> ResponseReturnValue:
    """The card to print, for as long as its code is known."""
    page = owner_cards(current_scope(), owner_id)
    code = shown_for(session.get(_FRESH), page)
    if code is None:
        raise NotFound("card_unknown")
    return pdf_response(card_sheet(page, code), filename="kartu-masuk.pdf")


def _page(owner_id: UUID, form: HandOutForm) -> str:
    page = owner_cards(current_scope(), owner_id)
    code = shown_for(session.get(_FRESH), page)
    return render_template(
        "portal/owner_cards.html",
        page=page,
        form=form,
        code=code and shown_code(code),
        picture=code and card_picture(code),
    )
