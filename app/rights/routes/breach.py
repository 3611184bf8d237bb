"""When an account was misused: whose data it saw, and what to tell them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.queries import account_within, accounts
from app.core.clock import LOCAL_ZONE, local_today
from app.core.errors import InvalidInput
from app.core.permissions import Permission
from app.rights.exports import XLSX, affected_workbook
from app.rights.forms import BreachForm
from app.rights.queries.breach import Breach, seen_by
from app.rights.rules.requests import clock_time
from app.web.access import current_scope, requires
from app.web.forms import TextField

blueprint = Blueprint("breach", __name__, template_folder="../templates")


@blueprint.get("/kebocoran")
@requires(Permission.ACCOUNT_MANAGE)
def index() -> ResponseReturnValue:
    """Who was seen by an account in a span of time, with the text of a notice."""
    form = _form()
    if "account_id" not in request.args:
        return render_template("rights/breach.html", form=form, found=None)
    found, span = _asked(form)
    status = 200 if found is not None else 422
    page = render_template("rights/breach.html", form=form, found=found, span=span)
    return page, status


@blueprint.post("/kebocoran")
@requires(Permission.ACCOUNT_MANAGE)
def download() -> ResponseReturnValue:
    """The same as a workbook."""
    form = _form(is_posted=True)
    found, _ = _asked(form)
    if found is None:
        return render_template("rights/breach.html", form=form, found=None), 422
    answer = Response(affected_workbook(found), mimetype=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="terdampak.xlsx"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _form(*, is_posted: bool = False) -> BreachForm:
    asked = request.form if is_posted else request.args
    form = BreachForm(
        formdata=asked if "account_id" in asked else None,
        data={"from_on": local_today(), "until_on": local_today()},
        meta={"csrf": False},
    )
    form.account_id.offer([(str(one.id), one.name) for one in accounts(current_scope())])
    return form


def _asked(form: BreachForm) -> tuple[Breach | None, tuple[datetime, datetime] | None]:
    if not form.validate():
        return None, None
    try:
        since = _instant(form.from_on.data, form.from_time, time())
        until = _instant(form.until_on.data, form.until_time, None)
    except InvalidInput as refusal:
        form.add_errors(refusal)
        return None, None
    scope = current_scope()
    account = account_within(scope, UUID(form.account_id.data or ""))
    return seen_by(scope, account.id, since=since, until=until), (since, until)


def _instant(day: date | None, written: TextField, otherwise: time | None) -> datetime:
    """The instant that a day and a time mean; without time `otherwise`, or the day's end."""
    at = clock_time(written.data, field=written.short_name) or otherwise
    wanted = day or local_today()
    if at is None:
        return datetime.combine(wanted + timedelta(days=1), time(), tzinfo=LOCAL_ZONE)
    return datetime.combine(wanted, at, tzinfo=LOCAL_ZONE)
