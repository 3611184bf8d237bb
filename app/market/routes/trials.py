"""The calculator of therapy T06: by itself, and kept with a channel."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.permissions import Permission
from app.market.forms.trials import TrialForm
from app.market.queries.channel_pages import channel_page
from app.market.queries.channels import channel as channel_within
from app.market.queries.trials import first_answers, products_of, trial_page
from app.market.rules.consignment import Result, Terms, calculate
from app.market.services import terms
from app.web.access import current_scope, requires
from app.web.cash_lines import cash_line
from app.web.charts import LineChart
from app.web.saving import actor, attempt

blueprint = Blueprint("trials", __name__, template_folder="../templates")


@blueprint.get("/pasar/hitung")
@requires(Permission.MARKET_READ)
def calculator() -> ResponseReturnValue:
    """Calculate without keeping anything."""
    form = TrialForm(request.args)
    # A calculation by itself is about no product.
    form.produk.offer([])
    is_asked = bool(request.args)
    result = calculate(form.terms()) if is_asked and form.validate() else None
    return render_template(
        "market/trial.html", form=form, page=None, result=result, chart=_chart(form, result)
    )


@blueprint.route("/kanal/<uuid:channel_id>/uji", methods=["GET", "POST"])
@requires(Permission.MARKET_WRITE)
def for_channel(channel_id: UUID) -> ResponseReturnValue:
    """Calculate for a channel; what is posted is kept with it."""
    row = channel_within(current_scope(), channel_id)
    source = request.form if request.method == "POST" else request.args
    form = TrialForm(source) if source else TrialForm(data=first_answers(row))
    form.produk.offer(products_of(row.enterprise_id))
    status = attempt(
        form,
        lambda: terms.save_trial(
            channel_id=channel_id,
            terms=form.terms(),
            product_id=form.product_id,
            key=form.key,
            **actor(),
        ),
    )
    if status is None:
        flash("Hasil uji disimpan bersama kanal.", "success")
        return redirect(url_for("channels.show", channel_id=channel_id), code=303)
    is_valid = form.validate() if request.args and status == 200 else False
    result = calculate(form.terms()) if is_valid else None
    return render_template(
        "market/trial.html",
        form=form,
        page=channel_page(current_scope(), channel_id),
        result=result,
        chart=_chart(form, result),
        typed=[(field.name, source.get(field.name, "")) for field in form],
    ), status


@blueprint.get("/kanal/uji/<uuid:consignment_trial_id>")
@requires(Permission.MARKET_READ)
def show(consignment_trial_id: UUID) -> ResponseReturnValue:
    """A calculation that was kept."""
    page = trial_page(current_scope(), consignment_trial_id)
    return render_template(
        "market/trial_kept.html", page=page, chart=_line(page.terms, page.result)
    )


def _chart(form: TrialForm, result: Result | None) -> LineChart | None:
    return None if result is None else _line(form.terms(), result)


def _line(asked: Terms, result: Result) -> LineChart:
    return cash_line(
        chart_id="kas",
        title="Kas bebas di akhir tiap bulan",
        amounts=[asked.free_cash, *(one.cash for one in result.months)],
    )
