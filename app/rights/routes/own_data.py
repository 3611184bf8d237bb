"""Owners and their own data: what is held, who looked, what they allow and ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.errors import InvalidInput, WrongState
from app.core.permissions import Permission
from app.credit.queries.lender_words import lender_near, lender_words
from app.db.transaction import transaction
from app.enterprises.queries import consent_lines
from app.enterprises.rules.consents import LENDER, PURPOSES, purpose, texts_on
from app.portal.guards import pin_needed
from app.rights import queries
from app.rights.exports import XLSX, ZIP, copy_as_json, copy_as_workbook, copy_for
from app.rights.forms import OwnRequestForm
from app.rights.queries.own_data import own_data, own_looks, own_owner
from app.rights.rules.requests import (
    ANSWER_HOURS,
    CORRECTION,
    ERASURE,
    OBJECTION,
    WITHDRAWAL,
)
from app.rights.services import own_requests as services
from app.web.access import current_account_id, current_scope, requires

blueprint = Blueprint("own_data", __name__, template_folder="../templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One thing an owner can ask for, as its page puts it."""

    kind: str
    heading: str
    says: tuple[str, ...]
    button: str
    label: str | None = None
    needs_words: bool = False
    is_grave: bool = False


WISHES = {
    "betulkan": Wish(
        kind=CORRECTION,
        heading="Betulkan data saya",
        says=("Tulis mana yang keliru, dan yang benar.", "Petugas membetulkannya untuk Anda."),
        button="Kirim",
        label="Yang keliru dan yang benar",
        needs_words=True,
    ),
    "keberatan": Wish(
        kind=OBJECTION,
        heading="Keberatan data saya dipakai",
        says=("Tulis data apa dan dipakai untuk apa.", "Petugas menjawab dan menjelaskan."),
        button="Kirim",
        label="Yang tidak Anda setujui",
        needs_words=True,
    ),
    "tarik-diri": Wish(
        kind=WITHDRAWAL,
        heading="Tarik diri",
        says=(
            "Pendamping tidak lagi datang dan menilai.",
            "Data Anda tidak dibagikan lagi.",
            "Ini berlaku saat itu juga.",
            "Data Anda masih tersimpan.",
            "Anda boleh ikut lagi kapan saja.",
        ),
        button="Ya, saya tarik diri",
        label="Alasannya, bila mau",
    ),
    "hapus": Wish(
        kind=ERASURE,
        heading="Hapus data saya",
        says=(
            "Nama, nomor, foto, dan semua catatan dihapus.",
            "Yang tersisa hanya angka tanpa nama.",
            "Ini tidak dapat dikembalikan.",
            "Sesudah itu kartu Anda tidak dapat dipakai.",
            "Petugas menghubungi Anda dahulu.",
        ),
        button="Minta data dihapus",
        is_grave=True,
    ),
}
_COPIES: dict[str, tuple[Callable[[UUID], bytes], str, str]] = {
    "xlsx": (copy_as_workbook, XLSX, "data-saya.xlsx"),
    "json": (copy_as_json, "application/json", "data-saya.json"),
    "zip": (copy_for, ZIP, "data-saya.zip"),
}


@blueprint.get("/saya/data")
@requires(Permission.OWN_PAGE)
def home() -> ResponseReturnValue:
    """What is held on the owner, what they allow, and what they asked for."""
    scope = current_scope()
    owner = own_owner(scope)
    asked = queries.requests_of(scope, owner.id)
    return render_template(
        "rights/own_data.html",
        held=own_data(scope),
        owner=owner,
        consents=consent_lines(scope, owner.id),
        lenders=lender_words(owner.id),
        asked=asked,
        wishes=WISHES,
    )


@blueprint.get("/saya/data/dilihat")
@requires(Permission.OWN_PAGE)
def looks() -> ResponseReturnValue:
    """Who saw data of the owner."""
    return render_template("rights/own_looks.html", looks=own_looks(current_scope()))


@blueprint.get("/saya/data/izin/<string(maxlength=20):key>")
@requires(Permission.OWN_PAGE)
@pin_needed
def consent(key: str) -> ResponseReturnValue:
    """The text of a purpose, to agree to."""
    if key not in PURPOSES:
        abort(404)
    own_owner(current_scope())
    return render_template(
        "rights/own_consent.html", purpose=purpose(key), text=texts_on(local_today()).texts[key]
    )


@blueprint.post("/saya/data/izin/<string(maxlength=20):key>")
@requires(Permission.OWN_PAGE)
@pin_needed
def agree(key: str) -> ResponseReturnValue:
    """Note that the owner agrees."""
    if key not in PURPOSES:
        abort(404)
    with transaction():
        services.agree(scope=current_scope(), by=current_account_id(), purpose_key=key)
    flash("Izin Anda tersimpan.", "success")
    return redirect(url_for(".home"), code=303)


@blueprint.post("/saya/data/izin/<string(maxlength=20):key>/tarik")
@requires(Permission.OWN_PAGE)
def disagree(key: str) -> ResponseReturnValue:
    """Take a consent back, at once and without a number."""
    with transaction():
        services.disagree(scope=current_scope(), by=current_account_id(), purpose_key=key)
    flash("Izin ditarik. Berlaku mulai sekarang.", "success")
    return redirect(url_for(".home"), code=303)


@blueprint.get("/saya/data/lembaga/<uuid:lender_id>")
@requires(Permission.OWN_PAGE)
@pin_needed
def lender(lender_id: UUID) -> ResponseReturnValue:
    """The text that lets one lender see the business, to agree to."""
    owner = own_owner(current_scope())
    return render_template(
        "rights/own_lender.html",
        lender=lender_near(owner.id, lender_id),
        text=texts_on(local_today()).texts[LENDER],
    )


@blueprint.post("/saya/data/lembaga/<uuid:lender_id>")
@requires(Permission.OWN_PAGE)
@pin_needed
def agree_for_lender(lender_id: UUID) -> ResponseReturnValue:
    """Note that the owner lets this lender see the business."""
    try:
        with transaction():
            services.agree_for_lender(
                scope=current_scope(), by=current_account_id(), lender_id=lender_id
            )
    except WrongState as refusal:
        flash(refusal.message, "error")
        return redirect(url_for(".home"), code=303)
    flash("Izin Anda tersimpan.", "success")
    return redirect(url_for(".home", _anchor="lembaga"), code=303)


@blueprint.post("/saya/data/lembaga/<uuid:lender_id>/tarik")
@requires(Permission.OWN_PAGE)
def disagree_for_lender(lender_id: UUID) -> ResponseReturnValue:
    """Take it back, at once and without a number."""
    with transaction():
        services.disagree_for_lender(
            scope=current_scope(), by=current_account_id(), lender_id=lender_id
        )
    flash("Izin ditarik. Berlaku mulai sekarang.", "success")
    return redirect(url_for(".home", _anchor="lembaga"), code=303)


@blueprint.get("/saya/data/salinan")
@requires(Permission.OWN_PAGE)
@pin_needed
def copies() -> ResponseReturnValue:
    """The shapes in which the owner can take their data along."""
    own_owner(current_scope())
    return render_template("rights/own_copies.html")


@blueprint.post("/saya/data/salinan/<string(maxlength=4):shape>")
@requires(Permission.OWN_PAGE)
@pin_needed
def copy(shape: str) -> ResponseReturnValue:
    """Everything that is held on the owner, as a file; noted each time."""
    if shape not in _COPIES:
        abort(404)
    make, mimetype, name = _COPIES[shape]
    with transaction():
        owner_id = services.note_own_copy(
            scope=current_scope(), by=current_account_id(), identity_check=_identity()
        )
    answer = Response(make(owner_id), mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.get("/saya/data/minta/<string(maxlength=12):name>")
@requires(Permission.OWN_PAGE)
@pin_needed
def wish(name: str) -> ResponseReturnValue:
    """What asking means."""
    return _page(name, OwnRequestForm(formdata=None))


@blueprint.post("/saya/data/minta/<string(maxlength=12):name>")
@requires(Permission.OWN_PAGE)
@pin_needed
def ask(name: str) -> ResponseReturnValue:
    """Start the clock."""
    form, one = OwnRequestForm(), _wish(name)
    try:
        if not form.validate_on_submit():
            return _page(name, form), 422
        _check_words(one, form)
        with transaction():
            services.ask(
                scope=current_scope(),
                by=current_account_id(),
                kind=one.kind,
                detail=form.detail.data,
                identity_check=_identity(),
                is_sure=bool(form.is_sure.data),
                key=form.key,
            )
    except InvalidInput as refusal:
        form.add_errors(refusal)
        return _page(name, form), 422
    flash(f"Permintaan terkirim. Dijawab paling lama {ANSWER_HOURS // 24} hari.", "success")
    return redirect(url_for(".home"), code=303)


def _check_words(one: Wish, form: OwnRequestForm) -> None:
    if one.needs_words and not (form.detail.data or "").strip():
        raise InvalidInput("detail_missing", field="detail", message="Tulis dahulu di sini.")


def _wish(name: str) -> Wish:
    if name not in WISHES:
        abort(404)
    return WISHES[name]


def _identity() -> str:
    """How it is known that the owner asks: `pin_needed` stood before."""
    return "Kartu dan PIN pemilik" if g.is_by_card else "Masuk dengan kata sandi sendiri"


def _page(name: str, form: OwnRequestForm) -> str:
    own_owner(current_scope())
    one = _wish(name)
    if one.label is not None:
        form.detail.label.text = one.label
    days = ANSWER_HOURS // 24
    return render_template("rights/own_wish.html", wish=one, name=name, form=form, days=days)
