"""Old addresses of enterprises that were merged away lead to the one that stands for them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for

from app.accounts.guards import scope_for
from app.core.permissions import Permission
from app.quality.queries.successors import successor
from app.web.access import may
from app.web.filters import tanggal

blueprint = Blueprint("successors", __name__)
# Pages of an enterprise that everybody who reads it may open; forms lead to its page.
_SAME_PAGE = frozenset(
    {
        "enterprises.show",
        "health.enterprise",
        "interventions.enterprise",
        "mentoring.enterprise_visits",
        "aid.enterprise",
        "enterprises.timeline",
    }
)


@blueprint.after_app_request
def lead_on(answer: Response) -> Response:
    """Redirect a page that is not found because its enterprise was merged away.

    Only for those who reach the kept one; others get the same answer as for what never was.
    """
    gone_id = (request.view_args or {}).get("enterprise_id")
    if answer.status_code != _NOT_FOUND or request.method != "GET" or not isinstance(gone_id, UUID):
        return answer
    if not may(Permission.ENTERPRISE_READ):
        return answer
    found = successor(scope_for(Permission.ENTERPRISE_READ), gone_id)
    if found is None:
        return answer
    flash(f"{found.gone_name} digabung ke usaha ini pada {tanggal(found.merged_at)}.", "success")
    endpoint = request.endpoint if request.endpoint in _SAME_PAGE else "enterprises.show"
    values: dict[str, Any] = {"enterprise_id": found.enterprise_id}
    response = redirect(url_for(endpoint or "enterprises.show", **values), code=303)
    return current_app.make_response(response)


_NOT_FOUND = 404
