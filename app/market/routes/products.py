"""What an enterprise sells."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.permissions import Permission
from app.enterprises.queries import enterprise as enterprise_within
from app.market.forms.products import ProductForm, shown
from app.market.queries.product_overview import product_overview
from app.market.queries.products import enterprise_products, product_page
from app.market.queries.reach import product as product_within
from app.market.services.products import add_product, change_product
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint("products", __name__, template_folder="../templates")
_BOTH = ["GET", "POST"]


@blueprint.get("/usaha/<uuid:enterprise_id>/produk")
@requires(Permission.MARKET_READ)
def enterprise(enterprise_id: UUID) -> ResponseReturnValue:
    """The products of one enterprise."""
    page = enterprise_products(current_scope(), enterprise_id)
    return render_template("market/products.html", page=page)


@blueprint.route("/usaha/<uuid:enterprise_id>/produk/baru", methods=_BOTH)
@requires(Permission.MARKET_WRITE)
def add(enterprise_id: UUID) -> ResponseReturnValue:
    """Note a product."""
    row = enterprise_within(current_scope(), enterprise_id)
    form = ProductForm(data={"declared_non_halal": row.declared_non_halal})
    made: list[UUID] = []

    def save() -> None:
        made.append(
            add_product(enterprise_id=enterprise_id, facts=form.facts(), key=form.key, **actor()).id
        )

    status = attempt(form, save)
    if status is None:
        flash("Produk tersimpan.", "success")
        return redirect(url_for(".show", product_id=made[0]), code=303)
    row = enterprise_within(current_scope(), enterprise_id)
    return render_template("market/product_form.html", form=form, enterprise=row), status


@blueprint.get("/produk/<uuid:product_id>")
@requires(Permission.MARKET_READ)
def show(product_id: UUID) -> ResponseReturnValue:
    """One product."""
    overview = product_overview(current_scope(), product_id)
    return render_template("market/product.html", overview=overview, page=overview.product)


@blueprint.route("/produk/<uuid:product_id>/ubah", methods=_BOTH)
@requires(Permission.MARKET_WRITE)
def edit(product_id: UUID) -> ResponseReturnValue:
    """Change what is known of a product."""
    form = ProductForm(data=shown(product_within(current_scope(), product_id)))

    def save() -> None:
        change_product(
            product_id=product_id, version=form.seen_version, facts=form.facts(), **actor()
        )

    status = attempt(form, save)
    if status is None:
        flash("Perubahan tersimpan.", "success")
        return redirect(url_for(".show", product_id=product_id), code=303)
    page = product_page(current_scope(), product_id)
    return render_template("market/product_form.html", form=form, page=page), status
