"""Permits and certificates of one enterprise: what it has, what is missing, each step."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import NotFound
from app.core.ids import new_id
from app.core.permissions import Permission
from app.enterprises.queries import enterprise as enterprise_within
from app.files.responses import photo_response
from app.market.forms.certificates import StepForm, begin_form, paper_form, step_form
from app.market.queries.certificates import certificate_page, enterprise_certificates
from app.market.queries.certificates_reach import paper_photo
from app.market.queries.reach import product as product_within
from app.market.rules.tracks import Track, tracks
from app.market.services.certificates import add_paper, move, note_held, open_track
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint("certificates", __name__, template_folder="../templates")
_BOTH = ["GET", "POST"]


@blueprint.get("/usaha/<uuid:enterprise_id>/izin")
@requires(Permission.MARKET_READ)
def enterprise(enterprise_id: UUID) -> ResponseReturnValue:
    """What one enterprise has, product by product, and what is missing."""
    page = enterprise_certificates(current_scope(), enterprise_id)
    return render_template("market/certificates.html", page=page)


@blueprint.route("/usaha/<uuid:enterprise_id>/izin/mulai/<track>", methods=_BOTH)
@requires(Permission.MARKET_WRITE)
def begin(enterprise_id: UUID, track: str) -> ResponseReturnValue:
    """Begin the way of a permit of the enterprise, or of `?produk=`."""
    row = enterprise_within(current_scope(), enterprise_id)
    of, product_id, form = _track(track), _product_id(), begin_form()
    if product_id is None and of.is_of_products:
        return _choice("begin", of, enterprise_id)
    made: list[UUID] = []

    def save() -> None:
        made.append(
            open_track(
                step_id=form.key,
                enterprise_id=enterprise_id,
                product_id=product_id,
                track_code=of.code,
                on=form.day,
                note=form.note.data or "",
                **actor(),
            ).id
        )

    status = attempt(form, save)
    if status is None:
        flash("Dicatat. Lanjutkan langkah berikutnya.", "success")
        return redirect(url_for(".show", certificate_id=made[0]), code=303)
    return _form("begin", of, row.id, row.name, form, product_id), status


@blueprint.route("/usaha/<uuid:enterprise_id>/izin/catat/<track>", methods=_BOTH)
@requires(Permission.MARKET_WRITE)
def hold(enterprise_id: UUID, track: str) -> ResponseReturnValue:
    """Note a permit that exists already, of the enterprise or of `?produk=`."""
    row = enterprise_within(current_scope(), enterprise_id)
    of, product_id = _track(track), _product_id()
    if product_id is None and of.is_of_products:
        return _choice("hold", of, enterprise_id)
    form = step_form(of, of.entries)
    made: list[UUID] = []

    def save() -> None:
        kept = note_held(
            step_id=form.key,
            enterprise_id=enterprise_id,
            product_id=product_id,
            track_code=of.code,
            state=form.to_state.data,
            on=form.day,
            given=form.given(),
            note=form.note.data or "",
            confirmed=form.confirmed,
            **actor(),
        )
        _keep_photo(form, kept.id)
        made.append(kept.id)

    status = attempt(form, save)
    if status is None:
        flash("Izin dicatat.", "success")
        return redirect(url_for(".show", certificate_id=made[0]), code=303)
    return _form("hold", of, row.id, row.name, form, product_id), status


@blueprint.get("/izin/<uuid:certificate_id>")
@requires(Permission.MARKET_READ)
def show(certificate_id: UUID) -> ResponseReturnValue:
    """One certificate with its steps and papers."""
    page = certificate_page(current_scope(), certificate_id)
    return render_template("market/certificate.html", page=page)


@blueprint.route("/izin/<uuid:certificate_id>/langkah", methods=_BOTH)
@requires(Permission.MARKET_WRITE)
def step(certificate_id: UUID) -> ResponseReturnValue:
    """Take a certificate to its next state."""
    page = certificate_page(current_scope(), certificate_id)
    form = step_form(tracks()[page.line.track], page.ways)

    def save() -> None:
        given = form.given()
        taken = move(
            step_id=form.key,
            certificate_id=certificate_id,
            to_state=form.to_state.data,
            on=form.day,
            note=form.note.data or "",
            number=given.number,
            issued_on=given.issued_on,
            expires_on=given.expires_on,
            confirmed=form.confirmed,
            **actor(),
        )
        _keep_photo(form, certificate_id, taken.id)

    status = attempt(form, save)
    if status is None:
        flash("Langkah dicatat.", "success")
        return redirect(url_for(".show", certificate_id=certificate_id), code=303)
    return render_template("market/certificate_step.html", page=page, form=form), status


@blueprint.route("/izin/<uuid:certificate_id>/surat", methods=_BOTH)
@requires(Permission.MARKET_WRITE)
def paper(certificate_id: UUID) -> ResponseReturnValue:
    """Keep a photo of a paper."""
    page = certificate_page(current_scope(), certificate_id)
    form = paper_form(tracks()[page.line.track])

    def save() -> None:
        add_paper(
            document_id=form.key,
            certificate_id=certificate_id,
            paper=form.paper.data,
            photo=form.photo.data.stream,
            **actor(),
        )

    status = attempt(form, save)
    if status is None:
        flash("Surat disimpan.", "success")
        return redirect(url_for(".show", certificate_id=certificate_id), code=303)
    return render_template("market/certificate_paper.html", page=page, form=form), status


@blueprint.get("/izin/<uuid:certificate_id>/surat/<uuid:certificate_document_id>")
@requires(Permission.MARKET_READ)
def picture(certificate_id: UUID, certificate_document_id: UUID) -> ResponseReturnValue:
    """The photo of a paper, or its small variant with `?kecil=ya`."""
    return photo_response(
        paper_photo(current_scope(), certificate_id, certificate_document_id),
        is_thumbnail="kecil" in request.args,
    )


def _keep_photo(form: StepForm, certificate_id: UUID, step_id: UUID | None = None) -> None:
    if form.photo.data and form.paper.data:
        add_paper(
            document_id=new_id(),
            certificate_id=certificate_id,
            paper=form.paper.data,
            photo=form.photo.data.stream,
            step_id=step_id,
            **actor(),
        )


def _track(code: str) -> Track:
    found = tracks().get(code)
    if found is None:
        raise NotFound("track_unknown", message="Jenis izin ini tidak ditemukan.")
    return found


def _product_id() -> UUID | None:
    given = request.args.get("produk")
    if not given:
        return None
    try:
        return UUID(given)
    except ValueError as error:
        raise NotFound("product_unknown", message="Produk ini tidak ditemukan.") from error


def _choice(endpoint: str, of: Track, enterprise_id: UUID) -> ResponseReturnValue:
    """What stands in place of a form that could only be refused: which product is meant."""
    page = enterprise_certificates(current_scope(), enterprise_id)
    products = [
        one
        for one in page.subjects
        if one.product_id and of.code in {code for code, *_ in one.may_begin}
    ]
    answer = render_template(
        "market/certificate_choose.html",
        page=page,
        of=of,
        products=products,
        endpoint=f".{endpoint}",
    )
    return answer, 200 if request.method == "GET" else 422


def _form(
    endpoint: str,
    of: Track,
    enterprise_id: UUID,
    enterprise_name: str,
    form: object,
    product_id: UUID | None,
) -> str:
    about = product_within(current_scope(), product_id).name if product_id else ""
    return render_template(
        f"market/certificate_{endpoint}.html",
        of=of,
        enterprise_id=enterprise_id,
        enterprise_name=enterprise_name,
        about=about,
        product_id=product_id,
        form=form,
    )
