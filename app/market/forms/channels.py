"""What is asked about a channel and about the rows of its ledger."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, Length, Optional

from app.core.clock import local_today
from app.market.rules.channels import CHANNEL_KINDS, MAX_TERM, RETURN_REASONS
from app.market.services.terms import ChannelTerms
from app.web.forms import (
    BaseForm,
    ChoiceField,
    CommaDecimalField,
    DateField,
    NoteField,
    OnceForm,
    RupiahField,
    TextField,
    WholeNumberField,
)

MAX_PIECES = 1_000_000
# Longer ones were never on a page.
_VERSION_DIGITS = 10


class _TermsFields(OnceForm):
    """What is agreed with a channel."""

    kind = ChoiceField("Jenis kanal", [InputRequired()], choices=CHANNEL_KINDS)
    name = TextField(
        "Nama toko, pasar, atau pembeli",
        [InputRequired(), Length(max=120)],
        description="Contoh: Toko Sari Rasa, Purwokerto",
    )
    is_consignment = BooleanField("Titip jual: barang ditaruh dulu, dibayar sesudah laku")
    payment_days = WholeNumberField(
        "Dibayar berapa hari sesudah barang diserahkan?",
        [InputRequired()],
        max=MAX_TERM,
        suffix="hari",
        description="Isi 0 bila tunai",
    )
    margin = CommaDecimalField(
        "Potongan atau komisi kanal", min=0, max=100, suffix="%", description="Contoh: 20"
    )
    returns_accepted = BooleanField("Barang yang tidak laku dikembalikan")
    listing_fee = RupiahField("Biaya daftar atau biaya masuk")
    note = NoteField("Catatan syarat", [Length(max=300)])

    def terms(self) -> ChannelTerms:
        """What was said, typed. Only for a form that was validated."""
        margin: Decimal | None = self.margin.data
        return ChannelTerms(
            kind=self.kind.data or "",
            name=self.name.data or "",
            is_consignment=bool(self.is_consignment.data),
            margin_permille=None if margin is None else int(margin * 10),
            payment_days=self.payment_days.data,
            returns_accepted=bool(self.returns_accepted.data),
            listing_fee=self.listing_fee.data or 0,
            note=self.note.data or "",
        )


class ChannelForm(_TermsFields):
    """A new channel."""

    opened_on = DateField(
        "Sudah berjualan di sini sejak",
        description="Kosongkan bila masih rencana. Contoh: 17 Agustus 2023",
    )


class TermsForm(_TermsFields):
    """The terms of a channel that is known."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that the page showed."""
        return whole(self.version.data)


class VersionForm(BaseForm):
    """A step that changes a channel as it was seen."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that the page showed."""
        return whole(self.version.data)


class AllowForm(VersionForm):
    """Why a channel is entered though it is red, or the enterprise ill."""

    reason = NoteField(
        "Alasan mengizinkan",
        [InputRequired(), Length(min=10, max=500)],
        description="Tersimpan bersama nama Anda dan terbaca oleh pendamping",
    )


class CloseForm(VersionForm):
    """Since when nothing more goes to a channel."""

    closed_on = DateField("Tidak dikirimi lagi sejak", [InputRequired()])
    reason = NoteField("Alasan", [Length(max=300)])


class RowForm(OnceForm):
    """One row of a ledger; with `corrects` it stands in place of another."""

    day = DateField("Tanggal", [InputRequired()])
    note = NoteField("Catatan", [Length(max=300)])

    def said(self) -> dict[str, Any]:
        """What was said, by the names of the service. Only for a form that was validated."""
        return {"row_id": self.key, "note": self.note.data or ""}


class _GoodsForm(RowForm):
    product = ChoiceField("Produk", [Optional()], blank_label="Tidak disebut")
    pieces = WholeNumberField("Jumlah barang", min=0, max=MAX_PIECES, suffix="buah")

    def goods(self) -> dict[str, Any]:
        """The product and how many of it."""
        return {
            "product_id": key_of(self.product.data),
            "pieces": self.pieces.data,
        }


class DeliveryForm(_GoodsForm):
    """Goods handed over."""

    value = RupiahField(
        "Nilai bersih bila semua laku",
        [InputRequired()],
        description="Yang diterima usaha sesudah potongan kanal",
    )

    def said(self) -> dict[str, Any]:
        """What was said, by the names of the service."""
        day = self.day.data or local_today()
        return {
            **super().said(),
            **self.goods(),
            "delivered_on": day,
            "value": self.value.data or 0,
        }


class CountForm(_GoodsForm):
    """Goods counted as sold."""

    value = RupiahField(
        "Nilai bersih yang laku",
        [InputRequired()],
        description="Yang laku sejak hitungan terakhir, sesudah potongan kanal",
    )

    def said(self) -> dict[str, Any]:
        """What was said, by the names of the service."""
        day = self.day.data or local_today()
        return {**super().said(), **self.goods(), "counted_on": day, "value": self.value.data or 0}


class PaymentForm(RowForm):
    """Money that came."""

    amount = RupiahField("Uang yang diterima", [InputRequired()])
    delivery = ChoiceField(
        "Untuk kiriman", [Optional()], blank_label="Tidak disebut: untuk yang paling lama"
    )

    def said(self) -> dict[str, Any]:
        """What was said, by the names of the service."""
        return {
            **super().said(),
            "paid_on": self.day.data or local_today(),
            "amount": self.amount.data or 0,
            "for_delivery_id": key_of(self.delivery.data),
        }


class ReturnForm(_GoodsForm):
    """Goods that came back."""

    value = RupiahField(
        "Nilai barang yang kembali",
        [InputRequired()],
        description="Menurut nilai waktu dikirim",
    )
    reason = ChoiceField(
        "Sebab kembali", [InputRequired()], choices=RETURN_REASONS, default="tidak_laku"
    )
    is_paid = BooleanField("Kanal tetap membayar barang yang kembali ini")
    delivery = ChoiceField(
        "Dari kiriman", [Optional()], blank_label="Tidak disebut: dari yang paling lama"
    )

    def said(self) -> dict[str, Any]:
        """What was said, by the names of the service."""
        return {
            **super().said(),
            **self.goods(),
            "returned_on": self.day.data or local_today(),
            "value": self.value.data or 0,
            "reason": self.reason.data or "",
            "is_paid": bool(self.is_paid.data),
            "delivery_id": key_of(self.delivery.data),
        }


def whole(text: str | None) -> int:
    """The number in a hidden box; 0 where somebody changed it."""
    typed = text or ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < _VERSION_DIGITS else 0


def key_of(text: str | None) -> UUID | None:
    """The id that was chosen."""
    return UUID(text) if text else None
