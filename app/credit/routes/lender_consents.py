"""Which cooperative or bank an owner lets see how the business stands, as mentors note it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.credit.queries.lender_words import lender_near, lender_words
from app.credit.rules.lenders import LENDER_KINDS
from app.credit.services.consents import give_lender_consent, withdraw_lender_consent
from app.db.transaction import transaction
from app.enterprises.forms import ConsentForm
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.rules.consents import LENDER, texts_on
from app.web.access import current_account_id, current_scope, requires
from app.web.errors import status_of

blueprint = Blueprint(
    "lender_consents",
    __name__,
    template_folder="../templates",
    url_prefix="/usaha/<uuid:enterprise_id>/pinjaman/persetujuan",
)


@blueprint.get("")
@requires(Permission.LENDER_CONSENT)
def index(enterprise_id: UUID) -> ResponseReturnValue:
    """Every lender that the owner may be asked about, with the latest word for it."""
    row = enterprise_within(current_scope(), enterprise_id)
    return render_template(
        "credit/lender_consents.html",
        row=row,
        owner=row.owner,
        words=lender_words(row.owner_id),
        kinds=LENDER_KINDS,
    )


@blueprint.get("/<uuid:lender_id>")
@requires(Permission.LENDER_CONSENT)
def new(enterprise_id: UUID, lender_id: UUID) -> ResponseReturnValue:
    """The text that is read out, and how the owner agreed."""
    form = ConsentForm(formdata=None, data={"consented_on": local_today()})
    return _page("credit/lender_consent_give.html", enterprise_id, lender_id, form)


@blueprint.post("/<uuid:lender_id>")
@requires(Permission.LENDER_CONSENT)
def create(enterprise_id: UUID, lender_id: UUID) -> ResponseReturnValue:
    """Note that the owner agreed."""
    form, page = ConsentForm(), "credit/lender_consent_give.html"
    row = enterprise_within(current_scope(), enterprise_id)
    if not form.validate_on_submit():
        return _page(page, enterprise_id, lender_id, form), 422
    try:
        with transaction():
            give_lender_consent(
                scope=current_scope(),
                by=current_account_id(),
                owner_id=row.owner_id,
                lender_id=lender_id,
                way=form.consent_way.data,
                witness=form.consent_witness.data,
                given_on=form.consented_on.data or local_today(),
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        return _page(page, enterprise_id, lender_id, form), status_of(refusal)
    flash("Izin tercatat. Lembaga ini sekarang boleh melihat lembar kesiapan.", "success")
    return redirect(url_for(".index", enterprise_id=enterprise_id), code=303)


@blueprint.get("/<uuid:lender_id>/tarik")
@requires(Permission.LENDER_CONSENT)
def withdraw(enterprise_id: UUID, lender_id: UUID) -> ResponseReturnValue:
    """What taking it back means."""
    return _page("credit/lender_consent_withdraw.html", enterprise_id, lender_id, None)


@blueprint.post("/<uuid:lender_id>/tarik")
@requires(Permission.LENDER_CONSENT)
def take_back(enterprise_id: UUID, lender_id: UUID) -> ResponseReturnValue:
    """Note that the owner took their word back; it acts at once."""
    row = enterprise_within(current_scope(), enterprise_id)
    with transaction():
        withdraw_lender_consent(
            scope=current_scope(),
            by=current_account_id(),
            owner_id=row.owner_id,
            lender_id=lender_id,
        )
    flash("Penarikan tercatat. Lembaga ini tidak dapat melihat apa-apa lagi.", "success")
    return redirect(url_for(".index", enterprise_id=enterprise_id), code=303)


def _page(template: str, enterprise_id: UUID, lender_id: UUID, form: ConsentForm | None) -> str:
    row = enterprise_within(current_scope(), enterprise_id)
    texts = texts_on(local_today())
    return render_template(
        template,
        row=row,
        owner=row.owner,
        lender=lender_near(row.owner_id, lender_id),
        text=texts.texts[LENDER],
        version=texts.version,
        form=form,
    )
