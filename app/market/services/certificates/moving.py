"""Beginning the way of a permit, and each step on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.scope import Scope
from app.db import db
from app.db.once import kept_or_free
from app.db.turns import take_turn
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise as enterprise_within
from app.market.models import Certificate, CertificateStep
from app.market.queries.certificates_reach import certificate, limits_on, open_certificate
from app.market.queries.reach import product as product_within
from app.market.rules.certificates import check_day, nib_state, shown_state
from app.market.rules.tracks import (
    FIRST_STATE,
    OF_ENTERPRISE,
    OF_PRODUCT,
    Track,
    check_move,
    track,
    tracks,
)
from app.market.services.certificates.entering import NIB, Given, enter
from app.market.services.certificates.rows import new_row, new_step, tell

_HALAL = ("halal_sd", "halal_reguler")


def open_track(
    *,
    step_id: UUID,
    enterprise_id: UUID,
    product_id: UUID | None = None,
    track_code: str,
    on: date,
    note: str = "",
    by: UUID | None,
    scope: Scope,
) -> Certificate:
    """Begin the way of a permit; the same step under the same id begins it once.

    Raises:
        NotFound: the enterprise or the product is unknown or outside the scope.
        InvalidInput: no such track, a track that is not of a product (or of one), a day ahead.
        Conflict: this way is open already.
    """
    of, enterprise, key = _begun(step_id, enterprise_id, product_id, track_code, scope)
    known, key = kept_or_free(CertificateStep, key, to_state=FIRST_STATE)
    if known is not None:
        return db.session.get_one(Certificate, known.certificate_id)
    check_day(on, since=date.min, today=local_today())
    _check_free(of, enterprise, product_id)
    row = new_row(of, enterprise, product_id, FIRST_STATE, on, by)
    new_step(row, None, on, note, by, key)
    tell(row, enterprise, "certificate.opened", by, {"track": [None, of.code]}, note)
    return row


def note_held(
    *,
    step_id: UUID,
    enterprise_id: UUID,
    product_id: UUID | None = None,
    track_code: str,
    state: str,
    on: date,
    given: Given,
    note: str = "",
    confirmed: Sequence[str] = (),
    by: UUID | None,
    scope: Scope,
) -> Certificate:
    """Note a permit that exists already, without the way that led to it. Raises as `move`."""
    of, enterprise, key = _begun(step_id, enterprise_id, product_id, track_code, scope)
    known, key = kept_or_free(CertificateStep, key, to_state=state, happened_on=on)
    if known is not None:
        return db.session.get_one(Certificate, known.certificate_id)
    entry = next((one for one in of.entries if one.code == state), None)
    if entry is None:
        raise WrongState("certificate_entry", field="state", message="Pilih keadaan suratnya.")
    check_day(on, since=date.min, today=local_today())
    _check_free(of, enterprise, product_id)
    row = new_row(of, enterprise, product_id, FIRST_STATE, on, by)
    changes = enter(row, enterprise, entry, on, given, confirmed, by=by, scope=scope)
    new_step(row, None, on, note, by, key)
    tell(row, enterprise, "certificate.held", by, {"track": [None, of.code], **changes}, note)
    return row


def move(
    *,
    step_id: UUID,
    certificate_id: UUID,
    to_state: str,
    on: date,
    note: str = "",
    number: str | None = None,
    issued_on: date | None = None,
    expires_on: date | None = None,
    confirmed: Sequence[str] = (),
    by: UUID | None,
    scope: Scope,
) -> CertificateStep:
    """Take a certificate to its next state; the same step under the same id is taken once.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: the track has no way there.
        InvalidInput: a day ahead or before the last step, a number or date that is missing or
            can't be, or "doubts_unconfirmed".
        Conflict: the NIB belongs to another enterprise.
    """
    row = certificate(scope, certificate_id, locked=True)
    known, key = kept_or_free(
        CertificateStep, step_id, certificate_id=row.id, to_state=to_state, happened_on=on
    )
    if known is not None:
        return known
    enterprise = enterprise_within(scope, row.enterprise_id)
    of, before = tracks()[row.track], row.state
    shown = _shown(row, enterprise)
    target = check_move(of, before, to_state, shown=shown)
    check_day(on, since=row.state_on, today=local_today())
    given = Given(number=number, issued_on=issued_on, expires_on=expires_on)
    changes = enter(row, enterprise, target, on, given, confirmed, by=by, scope=scope)
    step = new_step(row, before, on, note, by, key)
    told = {"state": [f"{of.code}:{shown}", f"{of.code}:{to_state}"], **changes}
    tell(row, enterprise, "certificate.moved", by, told, note)
    return step


def _begun(
    step_id: UUID, enterprise_id: UUID, product_id: UUID | None, track_code: str, scope: Scope
) -> tuple[Track, Enterprise, UUID]:
    """What a way is begun for. Two that begin the same at once take turns."""
    of = track(track_code)
    enterprise = enterprise_within(scope, enterprise_id)
    take_turn(f"certificate {product_id or enterprise_id} {track_code}")
    if product_id is not None and product_within(scope, product_id).enterprise_id != enterprise.id:
        raise InvalidInput("product_elsewhere", field="product_id", message="Pilih produknya.")
    if (OF_ENTERPRISE if product_id is None else OF_PRODUCT) not in of.of:
        message = (
            f"{of.name} diurus per produk. Pilih produknya."
            if product_id is None
            else f"{of.name} diurus untuk usaha, bukan untuk satu produk."
        )
        raise InvalidInput("track_of", field="product_id", message=message)
    return of, enterprise, step_id


def _check_free(of: Track, enterprise: Enterprise, product_id: UUID | None) -> None:
    # Two halal certificates of one product would contradict each other.
    same = _HALAL if of.code in _HALAL else (of.code,)
    found = open_certificate(enterprise.id, product_id, same)
    if found is not None:
        raise Conflict(
            "certificate_open",
            field="track",
            message=f"{tracks()[found.track].name} sudah dicatat di sini. Lanjutkan yang ada.",
        )


def _shown(row: Certificate, enterprise: Enterprise) -> str:
    """The state as of today: dates move it, and the NIB on the enterprise."""
    if row.track == NIB:
        return nib_state(row.state, enterprise.nib) or row.state
    today = local_today()
    return shown_state(row, on=today, limits=limits_on(today)).code
