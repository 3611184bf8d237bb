"""Taking a list along as a workbook."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.accounts.rules import PASSWORD_JUST_NOW
from app.core import settings
from app.core.clock import local_today
from app.core.errors import NotAllowed, NotFound, PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises import queries, services
from app.enterprises.exports import file_path, make_file
from app.enterprises.forms import ExportForm
from app.enterprises.queries.choices import area_label, mentor_name
from app.enterprises.queries.exports import export_by_id, left_out_count, own_export, row_count
from app.enterprises.rules.export_limits import AT_ONCE, KEPT_HOURS
from app.enterprises.rules.list_filter import ListFilter, described, filter_from
from app.web.access import (
    current_account_id,
    current_scope,
    has_given_password,
    may,
    requires,
)
from app.web.errors import status_of

blueprint = Blueprint("enterprise_exports", __name__, template_folder="../templates")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/usaha/unduh")
@requires(Permission.ENTERPRISE_EXPORT)
def new() -> ResponseReturnValue:
    """What will be in the file, and whether with whole NIKs."""
    return _form_page(filter_from(request.args), ExportForm(formdata=None))


@blueprint.post("/usaha/unduh")
@requires(Permission.ENTERPRISE_EXPORT)
def create() -> ResponseReturnValue:
    """Make the file: a short one at once, a long one in the background."""
    wanted = filter_from(request.args)
    form = ExportForm()
    scope = current_scope()
    if form.with_nik.data and not has_given_password(PASSWORD_JUST_NOW):
        return redirect(url_for("accounts.confirm", next=request.full_path), code=303)
    is_long = row_count(scope, wanted, most=AT_ONCE) > AT_ONCE
    try:
        with transaction():
            asked = services.ask_export(
                scope=scope,
                wanted=wanted,
                sort=queries.sort_named(request.args.get("urut")),
                with_nik=_may_take_nik(form),
                reason=form.reason.data,
                by=current_account_id(),
            )
            export_id = asked.id
            job_id = services.begin_writing(services.EXPORT_JOB, asked) if is_long else None
    except PulihError as refusal:
        form.add_errors(refusal)
        return _form_page(wanted, form), status_of(refusal)
    if job_id is not None:
        return redirect(url_for("jobs.show", job_id=job_id), code=303)
    written = make_file(export_by_id(export_id), scope)
    with transaction():
        services.finish_export(
            export_id=export_id,
            row_count=written.row_count,
            replaced_count=written.replaced_count,
            owner_ids=written.owner_ids,
        )
    return redirect(url_for(".show", export_id=export_id), code=303)


@blueprint.get("/usaha/unduh/<uuid:export_id>")
@requires(Permission.ENTERPRISE_EXPORT)
def show(export_id: UUID) -> ResponseReturnValue:
    """What was made, and the link to fetch it."""
    made = own_export(current_scope(), export_id)
    return render_template(
        "enterprises/export_ready.html",
        made=made,
        is_kept=file_path(export_id).is_file(),
        hours=KEPT_HOURS,
    )


@blueprint.get("/usaha/unduh/<uuid:export_id>/berkas")
@requires(Permission.ENTERPRISE_EXPORT)
def download(export_id: UUID) -> ResponseReturnValue:
    """The file, for the one who asked for it and still may."""
    made = own_export(current_scope(), export_id)
    if made.with_nik and not may(Permission.ENTERPRISE_READ_NIK):
        raise NotAllowed("nik_not_allowed", message="Anda tidak lagi berhak melihat NIK lengkap.")
    path = file_path(export_id)
    if not path.is_file():
        raise NotFound("export_gone")
    name = f"usaha-{local_today():%Y-%m-%d}.xlsx"
    response = send_file(path, mimetype=_XLSX, as_attachment=True, download_name=name, etag=False)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _may_take_nik(form: ExportForm) -> bool:
    if not form.with_nik.data:
        return False
    if not may(Permission.ENTERPRISE_READ_NIK):
        raise NotAllowed("nik_not_allowed", message="Anda tidak berhak melihat NIK lengkap.")
    return True


def _form_page(wanted: ListFilter, form: ExportForm) -> str:
    scope = current_scope()
    most = settings.current().export_max_rows
    words: dict[str, Any] = {**wanted.address()}
    return render_template(
        "enterprises/export.html",
        form=form,
        count=row_count(scope, wanted, most=most),
        left_out=left_out_count(scope, wanted),
        most=most,
        at_once=AT_ONCE,
        conditions=described(
            wanted,
            area_label=area_label(wanted.area),
            mentor_name=mentor_name(scope, wanted.mentor),
        ),
        action=url_for(".create", **words),
        back=url_for("enterprises.index", **words),
    )
