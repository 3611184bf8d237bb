"""Looking business fields up by words."""

from __future__ import annotations

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app.core.permissions import Permission
from app.enterprises.forms.kbli import matches_of
from app.web.access import requires

blueprint = Blueprint("kbli", __name__, template_folder="../templates")


@blueprint.get("/usaha/kbli")
@requires(Permission.ENTERPRISE_READ)
def search() -> ResponseReturnValue:
    """Business fields that a text may mean: JSON for the box of a form, else a page."""
    text = request.args.get("q", "")[:200]
    matches = matches_of(text)
    accepted = request.accept_mimetypes
    if accepted["application/json"] > accepted["text/html"]:
        return jsonify(matches=[{"code": one.code, "label": one.label} for one in matches])
    return render_template("enterprises/kbli.html", text=text, matches=matches)
