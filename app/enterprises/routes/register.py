"""The list of enterprises, the page of one, and what happened to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises import queries
from app.enterprises.forms.filters import FilterForm
from app.enterprises.queries.choices import (
    area_choices,
    area_label,
    mentor_choices,
    mentor_name,
    villages_named,
)
from app.enterprises.queries.former import by_former_number
from app.enterprises.rules import labels
from app.enterprises.rules.consents import texts_on
from app.enterprises.rules.list_filter import ListFilter, described, filter_from
from app.enterprises.rules.words import wanted as words_wanted
from app.enterprises.rules.words import without_long_numbers
from app.history.services import note_read
from app.web.access import current_account_id, current_scope, requires

blueprint = Blueprint("enterprises", __name__, template_folder="../templates")


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    return {"register_labels": labels, "register_texts": lambda: texts_on(local_today())}


@blueprint.get("/usaha")
@requires(Permission.ENTERPRISE_READ)
def index() -> ResponseReturnValue:
    """The enterprises in reach, filtered, sorted, one page at a time."""
    wanted = filter_from(request.args)
    sort = queries.sort_named(request.args.get("urut"))
    return _list(wanted, sort, request.args.get("setelah"))


@blueprint.post("/usaha/cari")
@requires(Permission.ENTERPRISE_READ)
def search() -> ResponseReturnValue:
    """Search; a number of a person or enterprise stays out of the address and leads to them."""
    text = request.form.get("cari", "").strip()
    wanted = filter_from({**request.form.to_dict(), "cari": text})
    asked = words_wanted(text)
    if not asked.is_number:
        kept = replace(wanted, text=without_long_numbers(text))
        return redirect(_address(kept), code=303)
    licensed = queries.enterprise_with_nib(current_scope(), asked.nib)
    if licensed is not None:
        return redirect(url_for(".show", enterprise_id=licensed), code=303)
    found = queries.duplicates(current_scope(), nik=asked.nik, phone=asked.phone)
    holders = [one for one in found if one.is_within]
    with transaction():
        note_read(
            kind="search",
            by=current_account_id(),
            owners=[holder.owner_id for holder in holders if holder.owner_id is not None],
            shown_count=len(holders),
        )
    if len(holders) == 1:
        return redirect(url_for("owners.show", owner_id=holders[0].owner_id), code=303)
    former = None if holders else by_former_number(current_scope(), asked)
    if former is not None:
        return redirect(url_for(".show", enterprise_id=former), code=303)
    page = render_template("enterprises/number_found.html", holders=holders)
    return page, 200 if holders else 404


@blueprint.get("/usaha/<uuid:enterprise_id>")
@requires(Permission.ENTERPRISE_READ)
def show(enterprise_id: UUID) -> ResponseReturnValue:
    """One enterprise: facts, owner, windows, class, mentor, next visit."""
    profile = queries.profile(current_scope(), enterprise_id)
    return render_template("enterprises/show.html", profile=profile, row=profile.row)


@blueprint.get("/usaha/<uuid:enterprise_id>/riwayat")
@requires(Permission.HISTORY_READ)
def timeline(enterprise_id: UUID) -> ResponseReturnValue:
    """What happened to one enterprise, newest first."""
    scope = current_scope()
    before = request.args.get("sebelum", type=event_number)
    return render_template(
        "enterprises/timeline.html",
        row=queries.enterprise(scope, enterprise_id),
        timeline=queries.timeline(scope, enterprise_id, before=before),
    )


def event_number(word: str) -> int:
    """The number of an event in an address.

    Raises:
        ValueError: no number, or larger than any event's.
    """
    number = int(word)
    if not 0 <= number < 2**63:
        raise ValueError(word)
    return number


def _list(wanted: ListFilter, sort: str, cursor: str | None) -> ResponseReturnValue:
    scope = current_scope()
    page = queries.page(scope, wanted, sort=sort, cursor=cursor)
    form = FilterForm(formdata=None, data={**wanted.address(), "urut": sort})
    form.offer(areas=area_choices(scope, wanted.area), mentors=mentor_choices(scope))
    villages = [] if page.rows or not wanted.text else villages_named(scope, wanted.text)
    return render_template(
        "enterprises/index.html",
        page=page,
        villages=villages,
        count=queries.count(scope, wanted),
        count_max=queries.COUNT_MAX,
        wanted=wanted,
        conditions=described(
            wanted,
            area_label=area_label(wanted.area),
            mentor_name=mentor_name(scope, wanted.mentor),
        ),
        form=form,
        previous_url=_address(wanted, sort, page.previous_cursor) if page.previous_cursor else None,
        next_url=_address(wanted, sort, page.next_cursor) if page.next_cursor else None,
        address=wanted.address(),
    )


def _address(wanted: ListFilter, sort: str = "", cursor: str = "") -> str:
    words: dict[str, Any] = {**wanted.address()}
    if sort:
        words["urut"] = sort
    if cursor:
        words["setelah"] = cursor
    return url_for("enterprises.index", **words)
