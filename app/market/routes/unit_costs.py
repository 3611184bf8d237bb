"""What one piece of a product costs."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.permissions import Permission
from app.market.forms.unit_costs import CostForm, shown_batch
from app.market.queries.unit_costs import cost_page
from app.market.services.unit_costs import count_cost
from app.web.access import current_scope, requires
from app.web.forms import BaseForm
from app.web.saving import actor, attempt

blueprint = Blueprint("unit_costs", __name__, template_folder="../templates")


@blueprint.get("/produk/<uuid:product_id>/biaya")
@requires(Permission.MARKET_READ)
def show(product_id: UUID) -> ResponseReturnValue:
    """The counts of a product."""
    page = cost_page(current_scope(), product_id)
    return render_template("market/costs.html", page=page)


@blueprint.route("/produk/<uuid:product_id>/biaya/hitung", methods=["GET", "POST"])
@requires(Permission.MARKET_WRITE)
def count(product_id: UUID) -> ResponseReturnValue:
    """The calculator; what it comes to is shown before anything is kept."""
    page = cost_page(current_scope(), product_id)
    form = CostForm(
        data={
            "price": page.line.price,
            "counted_on": local_today(),
            "source": "catatan",
            **shown_batch(page.last_batch),
        }
    )
    if form.is_submitted() and "hitung" in request.form:
        is_fine = form.validate()
        cost = form.cost() if is_fine else None
        return _calculator(product_id, form, cost), 200 if is_fine else 422

    def save() -> None:
        count_cost(product_id=product_id, count=form.count(), key=form.key, **actor())

    status = attempt(form, save)
    if status is None:
        flash("Hitungan tersimpan.", "success")
        return redirect(url_for(".show", product_id=product_id), code=303)
    cost = form.cost() if status == 200 and page.last_batch else None
    return _calculator(product_id, form, cost), status


def _calculator(product_id: UUID, form: BaseForm, cost: object) -> str:
    page = cost_page(current_scope(), product_id)
    return render_template("market/cost_form.html", form=form, page=page, cost=cost)
