"""Pages for those who answer for an area: what was changed, who saw whom, what left."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.queries import accounts
from app.core.clock import LOCAL_ZONE
from app.core.permissions import Permission
from app.enterprises.forms.audit import AuditForm
from app.enterprises.queries import audit
from app.enterprises.routes.register import event_number
from app.history.rules import action_labels, is_registered
from app.web.access import current_scope, requires

blueprint = Blueprint("audit", __name__, template_folder="../templates", url_prefix="/jejak")
_SEEING = ("page", "list", "nik", "search")


@blueprint.get("")
@requires(Permission.AUDIT_READ)
def changes() -> ResponseReturnValue:
    """What was changed, newest first."""
    form = _form()
    page = audit.changes(
        current_scope(), _wanted(form), before=request.args.get("sebelum", type=event_number)
    )
    return _page("audit.changes", "Perubahan", form, page)


@blueprint.get("/pembukaan")
@requires(Permission.AUDIT_READ)
def readings() -> ResponseReturnValue:
    """Who saw data of whom, and who was slowed down."""
    form = _form()
    page = audit.readings(
        current_scope(),
        _wanted(form),
        kinds=_SEEING,
        before=request.args.get("sebelum", type=UUID),
    )
    return _page(
        "audit.readings", "Pembukaan data", form, page, alerts=audit.alerts(current_scope())
    )


@blueprint.get("/unduhan")
@requires(Permission.AUDIT_READ)
def exports() -> ResponseReturnValue:
    """Which lists were taken along, by whom, how long and why."""
    form = _form()
    page = audit.readings(
        current_scope(),
        _wanted(form),
        kinds=("export",),
        before=request.args.get("sebelum", type=UUID),
    )
    return _page("audit.exports", "Unduhan", form, page)


def _form() -> AuditForm:
    form = AuditForm(formdata=request.args)
    form.action.choices = [("", "Semua"), *action_labels().items()]
    return form


def _wanted(form: AuditForm) -> audit.AuditFilter:
    text = (form.who.data or "").strip()
    people = accounts(current_scope(), text=text) if text else ()
    action = form.action.data or ""
    first, last = form.since.data, form.until.data
    return audit.AuditFilter(
        account_ids=tuple(person.id for person in people) if text else None,
        action=action if is_registered(action) else "",
        since=first and datetime.combine(first, time(), tzinfo=LOCAL_ZONE),
        until=last and datetime.combine(last + timedelta(days=1), time(), tzinfo=LOCAL_ZONE),
    )


def _page(
    endpoint: str, title: str, form: AuditForm, page: audit.AuditPage, **more: Any
) -> ResponseReturnValue:
    words = {name: word for name, word in request.args.items() if name != "sebelum" and word}
    older: dict[str, Any] = {**words, "sebelum": page.next_before}
    return render_template(
        "enterprises/audit.html",
        endpoint=endpoint,
        title=title,
        form=form,
        page=page,
        is_filtered=bool(words),
        next_url=url_for(endpoint, **older) if page.next_before else None,
        **more,
    )
