"""Rules that decrees may move: what counts, what counted, and the form for a new value."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.permissions import Permission
from app.market.forms.dated_rules import RuleForm, rule_form
from app.market.queries.dated_rules import rule_lines, rule_page
from app.market.services.dated_rules import set_rule
from app.web.access import current_account_id, requires
from app.web.saving import attempt

blueprint = Blueprint("dated_rules", __name__, url_prefix="/aturan", template_folder="../templates")


@blueprint.get("")
@requires(Permission.RULE_MANAGE)
def index() -> ResponseReturnValue:
    """All rules with what counts today."""
    return render_template("market/rules.html", groups=rule_lines())


@blueprint.route("/<rule>", methods=["GET", "POST"])
@requires(Permission.RULE_MANAGE)
def show(rule: str) -> ResponseReturnValue:
    """One rule with its history, and the form for a new value."""
    page = rule_page(rule)
    form = rule_form(page.example)
    if not form.is_submitted():
        form.valid_from.show(local_today())
    status = attempt(form, lambda: set_rule(code=rule, **_said(form)))
    if status is None:
        flash("Aturan ditetapkan.", "success")
        return redirect(url_for(".show", rule=rule), code=303)
    return render_template("market/rule.html", page=page, form=form), status


def _said(form: RuleForm) -> dict[str, Any]:
    values = form.values()
    note = values.pop("note") or ""
    return {"rule_id": form.key, "note": note, "by": current_account_id(), **values}
