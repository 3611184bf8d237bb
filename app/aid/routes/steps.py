"""The steps of one aid, each a page with a form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.aid import queries, services
from app.aid.forms import ApproveForm, InstallForm, NoteForm, PaperForm, StepForm, VerifyForm
from app.aid.routes.blueprint import blueprint
from app.core.clock import local_today
from app.core.permissions import Permission
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

_BOTH = ["GET", "POST"]
_CASE = "/bantuan/<uuid:case_id>"
# A tool is usually delivered within two to three months.
_DELIVERY = timedelta(days=90)


@blueprint.route(f"{_CASE}/lapangan", methods=_BOTH)
@requires(Permission.AID_DECIDE)
def verify(case_id: UUID) -> ResponseReturnValue:
    """What was seen on the spot."""
    return _step(case_id, VerifyForm, services.verify, "lapangan", "Pemeriksaan lapangan dicatat.")


@blueprint.route(f"{_CASE}/setujui", methods=_BOTH)
@requires(Permission.AID_DECIDE)
def approve(case_id: UUID) -> ResponseReturnValue:
    """Approve a checked request."""
    page = queries.case_page(current_scope(), case_id)
    form = ApproveForm(data={"version": page.line.version, "due_on": local_today() + _DELIVERY})
    status = attempt(
        form,
        lambda: services.approve(
            case_id=case_id, report=form.report(), due_on=form.latest_day, **actor()
        ),
    )
    return _answer(page, form, status, "setujui", "Bantuan disetujui.")


@blueprint.route(f"{_CASE}/tolak", methods=_BOTH)
@requires(Permission.AID_DECIDE)
def refuse(case_id: UUID) -> ResponseReturnValue:
    """Refuse a request with a reason."""
    return _step(case_id, NoteForm, services.refuse, "tolak", "Usulan ditolak.")


@blueprint.route(f"{_CASE}/batal", methods=_BOTH)
@requires(Permission.AID_DECIDE)
def cancel(case_id: UUID) -> ResponseReturnValue:
    """End an aid before anything was handed over."""
    return _step(case_id, NoteForm, services.cancel, "batal", "Bantuan dibatalkan.")


@blueprint.route(f"{_CASE}/pasang", methods=_BOTH)
@requires(Permission.AID_REPORT)
def install(case_id: UUID) -> ResponseReturnValue:
    """The tool stands, and somebody was trained."""
    page = queries.case_page(current_scope(), case_id)
    form = InstallForm(data={"version": page.line.version, "happened_on": local_today()})
    status = attempt(
        form,
        lambda: services.install(
            case_id=case_id,
            report=form.report(),
            operator=form.operator.data or "",
            **actor(),
        ),
    )
    return _answer(page, form, status, "pasang", "Pemasangan dicatat.")


@blueprint.route(f"{_CASE}/pakai", methods=_BOTH)
@requires(Permission.AID_REPORT)
def use(case_id: UUID) -> ResponseReturnValue:
    """The tool was first used."""
    return _step(case_id, StepForm, services.use, "pakai", "Pemakaian pertama dicatat.")


@blueprint.route(f"{_CASE}/berkas", methods=_BOTH)
@requires(Permission.AID_REPORT)
def add_paper(case_id: UUID) -> ResponseReturnValue:
    """Add the photo of a signed paper."""
    return _step(case_id, PaperForm, services.add_paper, "berkas", "Berkas disimpan.")


@blueprint.route(f"{_CASE}/selesai", methods=_BOTH)
@requires(Permission.AID_DECIDE)
def finish(case_id: UUID) -> ResponseReturnValue:
    """End an aid after its last check."""
    return _step(case_id, StepForm, services.finish, "selesai", "Bantuan selesai.")


def _step(
    case_id: UUID,
    form_class: type[Any],
    save: Callable[..., object],
    name: str,
    done: str,
) -> ResponseReturnValue:
    page = queries.case_page(current_scope(), case_id)
    form = form_class(data={"version": page.line.version, "happened_on": local_today()})
    status = attempt(form, lambda: save(case_id=case_id, report=form.report(), **actor()))
    return _answer(page, form, status, name, done)


def _answer(
    page: queries.CasePage, form: Any, status: int | None, name: str, done: str
) -> ResponseReturnValue:
    if status is None:
        flash(done, "success")
        return redirect(url_for(".show", case_id=page.line.id), code=303)
    words = _WORDS[name]
    return render_template("aid/step.html", form=form, page=page, words=words), status


# Title, what to do, label of the button; by page.
_WORDS = {
    "lapangan": (
        "Pemeriksaan lapangan",
        "Datangi tempat usaha dan cocokkan ketujuh syarat dengan keadaan di sana.",
        "Simpan pemeriksaan",
    ),
    "setujui": (
        "Setujui bantuan",
        "Pengusul dan penyetuju harus orang yang berbeda.",
        "Setujui",
    ),
    "tolak": ("Tolak usulan", "Pengusul melihat alasan ini.", "Tolak usulan"),
    "batal": ("Batalkan bantuan", "Belum ada alat yang diserahkan.", "Batalkan bantuan"),
    "pasang": (
        "Catat pemasangan",
        "Alat sudah berdiri di tempatnya dan ada orang yang bisa menjalankannya.",
        "Simpan pemasangan",
    ),
    "pakai": (
        "Catat pemakaian pertama",
        "Isi hari pertama alat dipakai untuk membuat barang yang dijual.",
        "Simpan pemakaian",
    ),
    "berkas": (
        "Tambah foto berkas",
        "Misalnya berita acara yang sudah ditandatangani atau surat kesediaan.",
        "Simpan berkas",
    ),
    "selesai": (
        "Selesaikan bantuan",
        "Hasil terapi diambil dari pengecekan hari ke-90.",
        "Selesaikan",
    ),
}
