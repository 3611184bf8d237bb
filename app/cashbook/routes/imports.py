"""Bringing in a book that was kept in a spreadsheet: look first, then write."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from app.cashbook import importing
from app.cashbook.forms.imports import BookFileForm, LinesForm
from app.cashbook.queries.book import BookHead, book_head
from app.cashbook.rules.entries import CATEGORIES, SHEET
from app.cashbook.services.sheets import write_lines
from app.core.errors import InvalidInput
from app.core.permissions import Permission
from app.enterprises.importing import limits
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint(
    "cash_import",
    __name__,
    url_prefix="/usaha/<uuid:enterprise_id>/buku/impor",
    template_folder="../templates",
)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("")
@requires(Permission.CASHBOOK_WRITE)
def upload(enterprise_id: UUID) -> ResponseReturnValue:
    """Where a file is chosen."""
    head = book_head(current_scope(), enterprise_id)
    return _upload_page(BookFileForm(formdata=None), head)


@blueprint.post("")
@requires(Permission.CASHBOOK_WRITE)
def look(enterprise_id: UUID) -> ResponseReturnValue:
    """What a file would write; nothing is kept of it."""
    head = book_head(current_scope(), enterprise_id)
    form = BookFileForm()
    if not form.validate():
        return _upload_page(form, head), 422
    content = form.file.data.stream.read(limits().max_bytes + 1)
    file_name = form.file.data.filename or ""
    try:
        preview = importing.preview_of(content, file_name=file_name, enterprise_id=enterprise_id)
    except InvalidInput as refusal:
        form.add_errors(refusal)
        return _upload_page(form, head), 422
    return render_template(
        "cashbook/import_look.html",
        head=head,
        preview=preview,
        labels=CATEGORIES,
        good=LinesForm(formdata=None, data={"lines": importing.packed(preview.lines)}),
        bad=LinesForm(formdata=None, data={"lines": importing.packed_bad_rows(preview.sheets)}),
    )


@blueprint.post("/catat")
@requires(Permission.CASHBOOK_WRITE)
def write(enterprise_id: UUID) -> ResponseReturnValue:
    """Write the lines that were looked at; each counts once, whatever file it came in."""
    head = book_head(current_scope(), enterprise_id)
    form = LinesForm()
    counted: list[int] = []

    def save() -> None:
        lines = importing.unpacked(form.lines.data or "")
        counted.append(write_lines(way=SHEET, enterprise_id=enterprise_id, lines=lines, **actor()))

    status = attempt(form, save)
    if status is None:
        flash(f"{counted[0]} catatan tersimpan dari berkas.", "success")
        return redirect(url_for("cash_book.enterprise", enterprise_id=enterprise_id), code=303)
    again = BookFileForm(formdata=None)
    again.form_errors.extend(form.form_errors)
    return _upload_page(again, head), status


@blueprint.post("/perbaikan.xlsx")
@requires(Permission.CASHBOOK_WRITE)
def mend(enterprise_id: UUID) -> ResponseReturnValue:
    """The rows to mend as a workbook."""
    head = book_head(current_scope(), enterprise_id)
    form = LinesForm()
    try:
        content = importing.bad_rows(form.lines.data or "")
    except InvalidInput as refusal:
        again = BookFileForm(formdata=None)
        again.add_errors(refusal)
        return _upload_page(again, head), 422
    response = send_file(
        BytesIO(content),
        mimetype=_XLSX,
        as_attachment=True,
        download_name="perlu-diperbaiki.xlsx",
        etag=False,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _upload_page(form: BookFileForm, head: BookHead) -> str:
    return render_template(
        "cashbook/import_upload.html", form=form, head=head, most=importing.MOST_ROWS
    )
