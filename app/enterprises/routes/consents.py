"""What an owner agreed to: the texts, the words given and taken back, and their proof."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today, utc_now
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises import queries, services
from app.enterprises.forms import ConsentForm, WithdrawalForm
from app.enterprises.rules.consents import purpose, texts_on
from app.enterprises.rules.labels import CONSENT_LABELS
from app.printing import render_pdf
from app.printing.responses import pdf_response
from app.web.access import current_account_id, current_scope, requires
from app.web.errors import status_of
from app.web.filters import tanggal, waktu

blueprint = Blueprint(
    "consents", __name__, template_folder="../templates", url_prefix="/pemilik/<uuid:owner_id>"
)
_PROOF = Path(__file__).resolve().parent.parent / "prints" / "consent.typ"


@blueprint.get("/persetujuan")
@requires(Permission.ENTERPRISE_READ)
def index(owner_id: UUID) -> ResponseReturnValue:
    """Every purpose with its text and the owner's latest word."""
    scope = current_scope()
    return render_template(
        "enterprises/consents.html",
        owner=queries.owner(scope, owner_id),
        lines=queries.consent_lines(scope, owner_id),
        enterprises=queries.enterprises_of(scope, owner_id),
    )


@blueprint.get("/persetujuan/<string(maxlength=20):key>")
@requires(Permission.ENTERPRISE_WRITE)
def new(owner_id: UUID, key: str) -> ResponseReturnValue:
    """The text of a purpose, and how the owner agreed."""
    form = ConsentForm(formdata=None, data={"consented_on": local_today()})
    return _give_page(owner_id, key, form)


@blueprint.post("/persetujuan/<string(maxlength=20):key>")
@requires(Permission.ENTERPRISE_WRITE)
def create(owner_id: UUID, key: str) -> ResponseReturnValue:
    """Note that the owner agreed."""
    form = ConsentForm()
    if not form.validate_on_submit():
        return _give_page(owner_id, key, form), 422
    try:
        with transaction():
            services.give_consent(
                scope=current_scope(),
                owner_id=owner_id,
                purpose_key=key,
                way=form.consent_way.data,
                witness=form.consent_witness.data,
                given_on=form.consented_on.data or local_today(),
                by=current_account_id(),
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        return _give_page(owner_id, key, form), status_of(refusal)
    flash("Persetujuan tercatat.", "success")
    return redirect(url_for(".index", owner_id=owner_id), code=303)


@blueprint.get("/persetujuan/<string(maxlength=20):key>/tarik")
@requires(Permission.ENTERPRISE_WRITE)
def withdraw(owner_id: UUID, key: str) -> ResponseReturnValue:
    """What a withdrawal means, and when it was told."""
    form = WithdrawalForm(formdata=None, data={"withdrawn_on": local_today()})
    return _withdraw_page(owner_id, key, form)


@blueprint.post("/persetujuan/<string(maxlength=20):key>/tarik")
@requires(Permission.ENTERPRISE_WRITE)
def take_back(owner_id: UUID, key: str) -> ResponseReturnValue:
    """Note that the owner took their word back; it acts at once."""
    form = WithdrawalForm()
    if not form.validate_on_submit():
        return _withdraw_page(owner_id, key, form), 422
    try:
        with transaction():
            services.withdraw_consent(
                scope=current_scope(),
                owner_id=owner_id,
                purpose_key=key,
                by=current_account_id(),
                **form.values(),
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        return _withdraw_page(owner_id, key, form), status_of(refusal)
    flash("Penarikan tercatat. Data ini tidak lagi dipakai untuk tujuan itu.", "success")
    return redirect(url_for(".index", owner_id=owner_id), code=303)


@blueprint.get("/bukti-persetujuan/<uuid:consent_id>")
@requires(Permission.ENTERPRISE_READ)
def proof(owner_id: UUID, consent_id: UUID) -> ResponseReturnValue:
    """One consent as a sheet to print and sign."""
    found = queries.consent_proof(current_scope(), owner_id, consent_id)
    row, now = found.row, utc_now()
    facts = [
        ("Pemilik", found.owner_name),
        ("Tujuan", found.purpose.label),
        ("Disetujui tanggal", tanggal(row.given_on) if row.given_on else None),
        ("Cara", CONSENT_LABELS[row.way] if row.way else None),
        ("Saksi", row.witness),
        ("Dicatat oleh", found.recorded_by),
        ("Dicatat pada", waktu(row.recorded_at)),
        ("Ditarik tanggal", tanggal(row.withdrawn_on) if row.withdrawn_on else None),
        ("Penarikan dicatat oleh", found.withdrawn_by),
        ("Naskah", row.text_version),
    ]
    content = {"facts": facts, "text": found.text, "owner": found.owner_name}
    sheet = render_pdf(_PROOF, content, title="Bukti persetujuan pemilik", made_at=now)
    return pdf_response(sheet, filename="bukti-persetujuan.pdf")


def _give_page(owner_id: UUID, key: str, form: ConsentForm) -> str:
    return render_template(
        "enterprises/consent_give.html",
        owner=queries.owner(current_scope(), owner_id),
        purpose=purpose(key),
        texts=texts_on(local_today()),
        form=form,
    )


def _withdraw_page(owner_id: UUID, key: str, form: WithdrawalForm) -> str:
    return render_template(
        "enterprises/consent_withdraw.html",
        owner=queries.owner(current_scope(), owner_id),
        purpose=purpose(key),
        form=form,
    )
