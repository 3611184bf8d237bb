"""Lines of the cash book. Each counts once, however often it is sent; none is ever changed.

What a channel pays that has a ledger of its own (goods handed over, paid later) is written there:
there is one ledger for each rupiah.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from app.cashbook.models import CashEntry
from app.cashbook.queries.reach import (
    cash_entry,
    channel_of_book,
    pays_by_ledger,
    settled_of,
    settlings_of,
)
from app.cashbook.rules.channels import owed_by_ledger_words
from app.cashbook.rules.lines import MAX_NOTE, Said, check_said, check_settling
from app.cashbook.services.entry_rows import add_row, corrected_meanwhile, note, said_by, taken
from app.core.clock import local_today
from app.core.errors import InvalidInput, NotFound, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.turns import take_turn
from app.enterprises.models import Enterprise
from app.enterprises.queries import check_allowed
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.rules.consents import BASE
from app.files.models import StoredFile
from app.market.models import ChannelPayment, SalesChannel
from app.market.services.channels import record_payment


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where a line was written: in the book, or in the ledger of the channel that paid."""

    entry_id: UUID | None = None
    payment_id: UUID | None = None
    channel_id: UUID | None = None


class SaidOf(TypedDict):
    """What a line says, by the names of `Said`; only the first three are always there."""

    happened_on: date
    category: str
    amount: int
    channel_id: NotRequired[UUID | None]
    is_owed: NotRequired[bool]
    due_on: NotRequired[date | None]
    settles_id: NotRequired[UUID | None]
    note: NotRequired[str]
    photo_id: NotRequired[UUID | None]


def record_entry(
    *,
    scope: Scope,
    by: UUID,
    way: str,
    enterprise_id: UUID,
    entry_id: UUID | None = None,
    **said: Unpack[SaidOf],
) -> Written:
    """Write one line, once for each `entry_id`; with `settles_id` it pays an owed line.

    Raises:
        NotFound: enterprise, channel, owed line or photo is unknown or outside the scope.
        InvalidInput: what no line can say, see `check_said` and `check_settling`.
        WrongState: the owner withdrew; the channel is a plan; owed by a channel with a ledger.
        Conflict: something else was kept under this id.
    """
    line = Said(**said)
    return _write(line, scope=scope, by=by, way=way, key=entry_id, enterprise_id=enterprise_id)


def correct_entry(
    *,
    scope: Scope,
    by: UUID,
    way: str,
    enterprise_id: UUID,
    corrects_id: UUID,
    entry_id: UUID | None = None,
    **said: Unpack[SaidOf],
) -> Written:
    """Write a line that stands in place of another; what was paid of that one goes with it.

    Raises:
        Conflict: the other was corrected or taken back already. Else as `record_entry`.
    """
    return _write(
        Said(**said),
        scope=scope,
        by=by,
        way=way,
        key=entry_id,
        enterprise_id=enterprise_id,
        corrects_id=corrects_id,
    )


def take_back_entry(
    *,
    scope: Scope,
    by: UUID,
    corrects_id: UUID,
    reason: str,
    entry_id: UUID | None = None,
    enterprise_id: UUID | None = None,
) -> Written:
    """Say that a line never happened; it goes on standing there, struck out.

    Raises:
        InvalidInput: no reason. WrongState: something was paid of it. Else as `correct_entry`.
    """
    reason = _reason(reason)
    found = db.session.get(CashEntry, corrects_id)
    place_id = enterprise_id or (found.enterprise_id if found is not None else corrects_id)
    if found is None:
        raise NotFound("entry_unknown", message="Catatan ini tidak ditemukan.")
    key = entry_id or new_id()
    take_turn(f"cash book {place_id}", f"once {key}")
    old = cash_entry(scope, place_id, corrects_id)
    enterprise = _writable(scope, place_id)
    known = db.session.get(CashEntry, key)
    if known is not None:
        if known.corrects_id == old.id and known.is_void and known.note == reason:
            return Written(entry_id=known.id)
        raise taken()
    if not old.is_current:
        raise corrected_meanwhile()
    if settled_of(old.id):
        raise _paid_already()
    _strike_out(key, old, enterprise, by=by, reason=reason)
    return Written(entry_id=key)


def _write(
    said: Said,
    *,
    scope: Scope,
    by: UUID,
    way: str,
    key: UUID | None,
    enterprise_id: UUID,
    corrects_id: UUID | None = None,
) -> Written:
    enterprise = _writable(scope, enterprise_id)
    key = key or new_id()
    take_turn(f"cash book {enterprise_id}", f"once {key}")
    said = replace(said, note=said.note.strip())
    known = _known(key, enterprise_id, said, corrects_id)
    if known is not None:
        return known
    check_said(said, way=way, today=local_today())
    old = None if corrects_id is None else cash_entry(scope, enterprise_id, corrects_id)
    if old is not None and not old.is_current:
        raise corrected_meanwhile()
    said = _fitted(said, enterprise_id, old)
    _check_photo(said.photo_id, old, by=by)
    channel = None if said.channel_id is None else channel_of_book(enterprise_id, said.channel_id)
    if channel is not None and said.settles_id is None and _goes_to_ledger(channel, said):
        return _pay_by_ledger(key, channel, said, enterprise, old, scope=scope, by=by)
    _check_paid_part(said, old)
    row = add_row(key, enterprise, said, way=way, by=by, corrects_id=corrects_id)
    if old is not None:
        _follow(old, row, enterprise, by=by)
    note(row, enterprise, "recorded" if old is None else "corrected", by=by)
    return Written(entry_id=row.id)


def _writable(scope: Scope, enterprise_id: UUID) -> Enterprise:
    enterprise = enterprise_within(scope, enterprise_id)
    check_allowed(enterprise.owner_id, BASE)
    return enterprise


def _known(key: UUID, enterprise_id: UUID, said: Said, corrects_id: UUID | None) -> Written | None:
    """Where this very line was written before, None where its id is free."""
    row = db.session.get(CashEntry, key)
    if row is not None:
        before = said_by(row)
        # A payment carries the channel of the line that it pays, whether it was named or not.
        if said.settles_id is not None and said.channel_id is None:
            before = replace(before, channel_id=None)
        is_same = row.enterprise_id == enterprise_id and not row.is_void
        if is_same and before == said and row.corrects_id == corrects_id:
            return Written(entry_id=row.id)
        raise taken()
    payment = db.session.get(ChannelPayment, key)
    if payment is None:
        return None
    told = (payment.channel_id, payment.paid_on, payment.amount, payment.note)
    if told == (said.channel_id, said.happened_on, said.amount, said.note):
        return Written(payment_id=payment.id, channel_id=payment.channel_id)
    raise taken()


def _fitted(said: Said, enterprise_id: UUID, old: CashEntry | None) -> Said:
    """The line with what follows from the owed one that it pays."""
    if old is not None and (old.settles_id is None) != (said.settles_id is None):
        raise InvalidInput(
            "settling_or_not",
            message="Pembayaran tidak dapat dibetulkan menjadi catatan lain. Batalkan catatannya.",
        )
    if said.settles_id is None:
        return said
    owed = db.session.get(CashEntry, said.settles_id)
    if owed is None or owed.enterprise_id != enterprise_id or not owed.is_owed:
        raise NotFound("entry_unknown", message="Catatan ini tidak ditemukan.")
    if not owed.is_current:
        raise corrected_meanwhile()
    left = owed.amount - settled_of(owed.id)
    if old is not None and old.settles_id == owed.id:
        left += old.amount
    check_settling(said, owed_on=owed.happened_on, category=owed.category, left=left)
    return replace(said, channel_id=owed.channel_id)


def _check_photo(photo_id: UUID | None, old: CashEntry | None, *, by: UUID) -> None:
    if photo_id is None or (old is not None and old.photo_id == photo_id):
        return
    stored = db.session.get(StoredFile, photo_id)
    # Nobody gets to see a picture of others by naming it here.
    if stored is None or stored.created_by != by:
        raise NotFound("photo_unknown", message="Foto ini tidak ditemukan.")


def _goes_to_ledger(channel: SalesChannel, said: Said) -> bool:
    if channel.opened_on is None:
        raise WrongState(
            "channel_planned", message="Kanal ini masih rencana. Mulai kanalnya dahulu."
        )
    if not pays_by_ledger(channel):
        return False
    if said.is_owed:
        raise WrongState(
            "owed_by_ledger",
            message=owed_by_ledger_words(channel.name),
            channel_id=channel.id,
        )
    return True


def _pay_by_ledger(
    key: UUID,
    channel: SalesChannel,
    said: Said,
    enterprise: Enterprise,
    old: CashEntry | None,
    *,
    scope: Scope,
    by: UUID,
) -> Written:
    # The slip of a line that moves there stays with the line, which goes on standing struck out.
    if said.photo_id is not None and (old is None or old.photo_id != said.photo_id):
        raise InvalidInput(
            "photo_of_channel",
            field="photo",
            message="Pembayaran kanal disimpan tanpa foto. Kosongkan fotonya.",
        )
    if old is not None:
        if settled_of(old.id):
            raise _paid_already()
        _strike_out(new_id(), old, enterprise, by=by, reason="Dipindah ke catatan kanal")
    payment = record_payment(
        row_id=key,
        channel_id=channel.id,
        paid_on=said.happened_on,
        amount=said.amount,
        note=said.note,
        scope=scope,
        by=by,
    )
    return Written(payment_id=payment.id, channel_id=channel.id)


def _strike_out(
    key: UUID, old: CashEntry, enterprise: Enterprise, *, by: UUID, reason: str
) -> None:
    said = replace(said_by(old), note=reason)
    row = add_row(key, enterprise, said, way=old.way, by=by, corrects_id=old.id, is_void=True)
    note(row, enterprise, "taken_back", by=by)


def _check_paid_part(said: Said, old: CashEntry | None) -> None:
    """What was paid of the line that is corrected must still fit."""
    if old is None or not (paid := settled_of(old.id)):
        return
    first = settlings_of(old.id)[0]
    if not said.is_owed or said.category != old.category or said.happened_on > first.happened_on:
        raise _paid_already()
    if said.amount < paid:
        raise InvalidInput(
            "less_than_paid",
            field="amount",
            message="Jumlahnya kurang dari yang sudah dibayar.",
        )


def _follow(old: CashEntry, row: CashEntry, enterprise: Enterprise, *, by: UUID) -> None:
    """Let the payments of a corrected line name the one that stands now."""
    for paid in settlings_of(old.id):
        said = replace(said_by(paid), settles_id=row.id, channel_id=row.channel_id)
        add_row(new_id(), enterprise, said, way=paid.way, by=by, corrects_id=paid.id)


def _reason(words: str) -> str:
    reason = words.strip()
    if not reason or len(reason) > MAX_NOTE:
        raise InvalidInput(
            "reason_missing",
            field="reason",
            message=f"Isi alasannya, paling panjang {MAX_NOTE} huruf.",
        )
    return reason


def _paid_already() -> WrongState:
    return WrongState(
        "entry_settled",
        message="Catatan ini sudah dibayar sebagian. Batalkan dahulu pembayarannya.",
    )
