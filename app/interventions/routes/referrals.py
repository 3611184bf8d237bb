"""Sending a therapy to another office, and what these offices still owe."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_scope, requires
from app.core import settings
from app.core.clock import local_today
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.interventions import queries, services
from app.interventions.forms import ReferralForm
from app.interventions.routes.blueprint import blueprint
from app.interventions.routes.steps import BOTH, actor, attempt, step
from app.interventions.rules.referrals import ANSWER_WITHIN, invitation, whatsapp_address
from app.web.filters import tanggal

_ONE = "/terapi/rujukan/<uuid:referral_id>"
# The code of a new link, for the page that follows; it is shown once and kept nowhere else.
_FRESH = "rujukan_baru"


@blueprint.get("/terapi/rujukan")
@requires(Permission.INTERVENTION_DECIDE)
def referrals() -> ResponseReturnValue:
    """What other offices have to answer, and what they have answered."""
    scope, cursor = current_scope(), request.args.get("setelah")
    is_answered = request.args.get("keadaan") == "dijawab"
    listed = queries.answered_referrals if is_answered else queries.open_referrals
    page = listed(scope, cursor=cursor)
    same: dict[str, Any] = {"keadaan": "dijawab"} if is_answered else {}
    return render_template(
        "interventions/referrals.html",
        page=page,
        waiting_count=queries.open_referral_count(scope),
        answered_count=queries.answered_referral_count(scope),
        is_answered=is_answered,
        next_url=page.next_cursor and url_for(".referrals", setelah=page.next_cursor, **same),
    )


@blueprint.route("/terapi/<uuid:intervention_id>/rujuk", methods=BOTH)
@requires(Permission.INTERVENTION_DECIDE)
def refer(intervention_id: UUID) -> ResponseReturnValue:
    """Send a therapy to another office."""
    item = queries.item(current_scope(), intervention_id)
    form = ReferralForm(
        data={"version": item.version, "answer_due_on": local_today() + ANSWER_WITHIN}
    )
    made: list[services.Sent] = []

    def save() -> None:
        made.append(services.refer(**step(intervention_id, form), wish=form.wish()))

    status = attempt(form, save)
    if status is None:
        return _to_link(made[0])
    consent = queries.sharing_consent(current_scope(), item.enterprise_id)
    return render_template(
        "interventions/refer.html", form=form, item=item, consent=consent
    ), status


@blueprint.get(_ONE)
@requires(Permission.INTERVENTION_DECIDE)
def show_referral(referral_id: UUID) -> ResponseReturnValue:
    """One referral; its link only right after it was made."""
    found = queries.referral(current_scope(), referral_id)
    fresh = session.pop(_FRESH, None)
    code = fresh["code"] if fresh and fresh["id"] == str(referral_id) else None
    return render_template(
        "interventions/referral.html",
        referral=found,
        link=code and _Link(found, code),
        link_days=(found.expires_at.date() - local_today()) // timedelta(days=1),
    )


@blueprint.post(f"{_ONE}/tautan")
@requires(Permission.INTERVENTION_DECIDE)
def renew_referral(referral_id: UUID) -> ResponseReturnValue:
    """Make a new link in place of the one before."""
    with transaction():
        sent = services.renew_link(referral_id=referral_id, **actor())
    return _to_link(sent)


@blueprint.post(f"{_ONE}/cabut")
@requires(Permission.INTERVENTION_DECIDE)
def revoke_referral(referral_id: UUID) -> ResponseReturnValue:
    """Take a referral back."""
    with transaction():
        services.revoke(referral_id=referral_id, **actor())
    flash("Rujukan dicabut. Tautannya tidak dapat dibuka lagi.", "success")
    return redirect(url_for(".show_referral", referral_id=referral_id), code=303)


class _Link:
    """A link that was just made, and the message that goes with it."""

    def __init__(self, found: queries.ReferralView, code: str) -> None:
        address = settings.current().public_address.rstrip("/") + url_for(".guest")
        self.code = code
        self.address = f"{address}#{code}"
        self.message = invitation(
            office=found.office_name,
            therapy=found.therapy,
            enterprise=found.enterprise_name,
            address=address,
            code=code,
            answer_by=tanggal(found.answer_due_on),
        )
        self.whatsapp = whatsapp_address(found.phone, self.message)


def _to_link(sent: services.Sent) -> ResponseReturnValue:
    session[_FRESH] = {"id": str(sent.referral_id), "code": sent.code}
    return redirect(url_for(".show_referral", referral_id=sent.referral_id), code=303)
