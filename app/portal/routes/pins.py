"""The owner's own number: choosing it, and giving it before pages with money."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import TOKEN
from app.accounts.routes.own import local_target
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.portal.forms import ChoosePinForm, PinForm
from app.portal.queries.cards import card_in_hand
from app.portal.rules.cards import PIN_TRIES
from app.portal.services.pins import PinTry, give_pin, set_pin
from app.web.access import current_account_id, requires
from app.web.errors import status_of

blueprint = Blueprint("own_pin", __name__, template_folder="../templates")


@blueprint.get("/saya/pin")
@requires(Permission.OWN_PAGE)
def ask() -> ResponseReturnValue:
    """Ask for the number, or have one chosen."""
    target = local_target(request.args.get("next")) or url_for("portal.home")
    card = card_in_hand(current_account_id())
    if card is None or not g.is_by_card:
        return redirect(url_for("portal.home"), code=303)
    if card.pin_hash is None:
        form = ChoosePinForm(formdata=None, data={"next": target})
        return render_template("portal/pin_new.html", form=form)
    if card.pin_tries >= PIN_TRIES:
        return render_template("portal/pin_locked.html")
    return render_template("portal/pin.html", form=PinForm(formdata=None, data={"next": target}))


@blueprint.post("/saya/pin")
@requires(Permission.OWN_PAGE)
def give() -> ResponseReturnValue:
    """Take the number."""
    form = PinForm()
    if not form.validate():
        return render_template("portal/pin.html", form=form), 422
    outcome = give_pin(
        account_id=current_account_id(),
        token=session.get(TOKEN, ""),
        pin=form.pin.data or "",
        address=request.remote_addr or "",
    )
    return _go_on(form) if outcome.is_right else _not_yet(form, outcome)


@blueprint.post("/saya/pin/baru")
@requires(Permission.OWN_PAGE)
def choose() -> ResponseReturnValue:
    """Choose a number; only where the card has none."""
    form = ChoosePinForm()
    if not form.validate():
        return render_template("portal/pin_new.html", form=form), 422
    try:
        set_pin(
            account_id=current_account_id(),
            token=session.get(TOKEN, ""),
            pin=form.pin.data or "",
            again=form.again.data or "",
        )
    except PulihError as refusal:
        form.add_errors(refusal)
        return render_template("portal/pin_new.html", form=form), status_of(refusal)
    flash("PIN tersimpan. Ingat baik-baik.", "success")
    return _go_on(form)


def _go_on(form: PinForm | ChoosePinForm) -> ResponseReturnValue:
    return redirect(local_target(form.next.data) or url_for("portal.home"), code=303)


def _not_yet(form: PinForm, outcome: PinTry) -> ResponseReturnValue:
    if outcome.is_locked:
        return render_template("portal/pin_locked.html"), 409
    if outcome.wait is not None:
        minutes = int(outcome.wait.total_seconds() // 60) + 1
        return render_template("portal/pin.html", form=form, wait_minutes=minutes), 429
    return render_template("portal/pin.html", form=form, is_wrong=True), 422
