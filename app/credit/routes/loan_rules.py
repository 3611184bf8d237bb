"""Rules of lending: what counts, what counted, and the form for a new value."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.permissions import Permission
from app.credit.forms.loan_rules import loan_rule_form
from app.credit.queries.loan_rules import rule_page, rule_pages
from app.credit.services.loan_rules import set_loan_rule
from app.web.access import current_account_id, requires
from app.web.saving import attempt

blueprint = Blueprint(
    "loan_rules", __name__, url_prefix="/pinjaman/aturan", template_folder="../templates"
)


@blueprint.get("")
@requires(Permission.CREDIT_READ)
def index() -> ResponseReturnValue:
    """All rules with what counts today."""
    return render_template("credit/loan_rules.html", pages=rule_pages())


@blueprint.route("/<rule>", methods=["GET", "POST"])
@requires(Permission.CREDIT_RULE)
def show(rule: str) -> ResponseReturnValue:
    """One rule with its history, and the form for a new value."""
    page = rule_page(rule)
    form = loan_rule_form(page.kind.example)
    if not form.is_submitted():
        form.valid_from.show(local_today())
    status = attempt(
        form,
        lambda: set_loan_rule(
            rule_id=form.key, code=rule, by=current_account_id(), **form.values()
        ),
    )
    if status is None:
        flash("Aturan ditetapkan.", "success")
        return redirect(url_for(".show", rule=rule), code=303)
    return render_template("credit/loan_rule.html", page=page, form=form), status
