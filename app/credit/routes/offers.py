"""What lenders offer: all, one with its history, and the forms by which admins set them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.permissions import Permission
from app.credit.forms.offers import OfferForm, first_answers
from app.credit.queries.offers import offer_page, offers_by_lender
from app.credit.services.offers import set_offer
from app.web.access import current_account_id, requires
from app.web.saving import attempt

blueprint = Blueprint(
    "loan_offers", __name__, url_prefix="/pinjaman/produk", template_folder="../templates"
)


@blueprint.get("")
@requires(Permission.CREDIT_READ)
def index() -> ResponseReturnValue:
    """All offers of today."""
    today = local_today()
    return render_template(
        "credit/offers.html",
        groups=offers_by_lender(on=today),
        withdrawn=offers_by_lender(on=today, withdrawn=True),
    )


@blueprint.get("/<offer>")
@requires(Permission.CREDIT_READ)
def show(offer: str) -> ResponseReturnValue:
    """One offer with its history."""
    return render_template("credit/offer.html", page=offer_page(offer))


@blueprint.route("/baru", methods=["GET", "POST"])
@requires(Permission.CREDIT_RULE)
def add() -> ResponseReturnValue:
    """An offer that was not known before."""
    form = OfferForm(data=first_answers(None, local_today()))
    return _set(form, "")


@blueprint.route("/<offer>/ubah", methods=["GET", "POST"])
@requires(Permission.CREDIT_RULE)
def change(offer: str) -> ResponseReturnValue:
    """What an offer says from a day on."""
    page = offer_page(offer)
    form = OfferForm(data=first_answers(page.now, local_today()))
    return _set(form, page.now.code)


def _set(form: OfferForm, code: str) -> ResponseReturnValue:
    made = []
    status = attempt(
        form,
        lambda: made.append(
            set_offer(offer_id=form.key, offer=form.offer(code), by=current_account_id()).code
        ),
    )
    if status is None:
        flash("Tawaran pinjaman ditetapkan.", "success")
        return redirect(url_for(".show", offer=made[0]), code=303)
    return render_template("credit/offer_form.html", form=form, code=code), status
