"""What is asked about a line of the cash book, about a count and about the days of the week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, Length, Optional

from app.cashbook.models import CashEntry
from app.cashbook.rules.channels import BookChannel
from app.cashbook.rules.echoes import sum_in_words
from app.cashbook.rules.entries import CATEGORIES
from app.cashbook.rules.habits import WEEKDAYS
from app.cashbook.rules.lines import MAX_NOTE, MOST, ODD
from app.core.clock import local_today
from app.web.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    ManyChoicesField,
    OnceForm,
    PhotoField,
    RupiahField,
    TextField,
)

AMOUNT_HINT = "Contoh: 25.000, 25rb, atau 2,5 jt"
_LEDGER = "uangnya masuk catatan kanal"
_VERSION_DIGITS = 10


class AskingBackForm(OnceForm):
    """A form that asks an odd sum back once: it is kept when it is sent again."""

    sure = HiddenField()

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Check all fields; an odd sum passes only when it was asked back before."""
        if not super().validate(extra_validators):
            return False
        field, amount = self["amount"], self.typed_amount
        if not ODD < amount <= MOST or self.sure.data == str(amount):
            return True
        self.sure.data = str(amount)
        words = f"{sum_in_words(amount)}, benar? Bila benar, tekan Simpan sekali lagi."
        field.errors = [*field.errors, words]
        return False

    @property
    def typed_amount(self) -> int:
        """The sum that was typed."""
        return self["amount"].data or 0


class LineForm(AskingBackForm):
    """One line, without its slip."""

    happened_on = DateField("Tanggal", [InputRequired()])
    category = ChoiceField(
        "Untuk apa?", [InputRequired()], choices=CATEGORIES, blank_label="Pilih dahulu"
    )
    amount = RupiahField("Jumlah", [InputRequired()], description=AMOUNT_HINT)
    channel = ChoiceField("Dijual lewat", [Optional()], blank_label="Tidak disebut")
    is_owed = BooleanField("Belum dibayar")
    due_on = DateField(
        "Akan dibayar paling lambat", may_be_future=True, description="Hanya bila belum dibayar"
    )
    note = TextField("Catatan", [Length(max=MAX_NOTE)])

    def offer(self, channels: Iterable[BookChannel]) -> None:
        """Offer the channels through which the enterprise sells."""
        self.channel.offer(channel_choices(channels))

    def said(self) -> dict[str, Any]:
        """What was said, by the names of the service. Only for a form that was validated."""
        return {
            "happened_on": self.happened_on.data or local_today(),
            "category": self.category.data or "",
            "amount": self.amount.data or 0,
            "channel_id": key_of(self.channel.data),
            "is_owed": bool(self.is_owed.data),
            "due_on": self.due_on.data,
            "note": self.note.data or "",
        }


class EntryForm(LineForm):
    """One line, whole."""

    photo = PhotoField("Foto nota", description="JPG, PNG, atau WebP")


class TakeBackForm(OnceForm):
    """Why a line never happened."""

    reason = TextField(
        "Mengapa dibatalkan?",
        [InputRequired(), Length(max=MAX_NOTE)],
        description="Contoh: tertulis dua kali",
    )


class SettleForm(OnceForm):
    """What was paid of an owed line."""

    happened_on = DateField("Tanggal dibayar", [InputRequired()])
    amount = RupiahField("Jumlah yang dibayar", [InputRequired()], description=AMOUNT_HINT)
    note = TextField("Catatan", [Length(max=MAX_NOTE)])


class QuickForm(AskingBackForm):
    """One line in three taps: what it was for stands in the address."""

    amount = RupiahField("Berapa rupiah?", [Optional()], description=AMOUNT_HINT)
    usual = HiddenField()
    happened_on = DateField("Tanggal", [InputRequired()])
    channel = ChoiceField("Dijual lewat", [Optional()], blank_label="Tidak disebut")
    note = TextField("Catatan", [Length(max=MAX_NOTE)])

    def offer(self, channels: Iterable[BookChannel]) -> None:
        """Offer the channels through which the enterprise sells."""
        self.channel.offer(channel_choices(channels))

    @property
    def typed_amount(self) -> int:
        """The sum that was typed: what is usual isn't odd."""
        return 0 if self.usual.data else super().typed_amount

    @property
    def chosen(self) -> int:
        """The amount: that of the button which was pressed, else what was typed."""
        pressed = str(self.usual.data or "")
        is_number = pressed.isascii() and pressed.isdigit() and len(pressed) < _VERSION_DIGITS + 2
        return int(pressed) if is_number else self.amount.data or 0

    def said(self) -> dict[str, Any]:
        """What was said, by the names of the service."""
        return {
            "happened_on": self.happened_on.data or local_today(),
            "amount": self.chosen,
            "channel_id": key_of(self.channel.data),
            "note": self.note.data or "",
        }


class CountForm(OnceForm):
    """How much cash is at hand."""

    counted_on = DateField("Dihitung tanggal", [InputRequired()])
    amount = RupiahField(
        "Uang kas yang ada",
        [InputRequired()],
        description="Uang di laci, dompet usaha, dan rekening usaha. Isi 0 bila kosong",
    )


class HabitForm(BaseForm):
    """On which days the enterprise is open, and whether it has seasons."""

    days = ManyChoicesField(
        "Buka pada hari", choices=[(str(day), name) for day, name in enumerate(WEEKDAYS)]
    )
    is_seasonal = BooleanField("Penjualan ramai hanya pada musim tertentu")
    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that the page showed."""
        typed = str(self.version.data or "")
        is_number = typed.isascii() and typed.isdigit() and len(typed) < _VERSION_DIGITS
        return int(typed) if is_number else 0


def channel_choices(channels: Iterable[BookChannel]) -> list[tuple[str, str]]:
    """Channels for a list; of those with a ledger of their own it says so."""
    return [
        (str(one.id), f"{one.name} ({_LEDGER})" if one.is_on_ledger else one.name)
        for one in channels
    ]


def key_of(text: str | None) -> UUID | None:
    """The id that was chosen."""
    return UUID(text) if text else None


def shown_line(line: CashEntry) -> dict[str, str | None]:
    """What a form shows of a line besides its own fields; its sum isn't asked back unchanged."""
    channel = str(line.channel_id) if line.channel_id else None
    return {"channel": channel, "sure": str(line.amount)}
