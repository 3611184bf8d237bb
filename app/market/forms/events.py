"""What is asked about an event and about what it brought."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from app.market.forms.channels import whole
from app.market.rules.events import EVENT_KINDS, Outcome
from app.market.services.events import NewEvent
from app.web.forms import (
    BaseForm,
    DateField,
    ManyChoicesField,
    NoteField,
    OnceForm,
    RadiosField,
    RupiahField,
    TextField,
    WholeNumberField,
)

_MAX_BUYERS = 10_000


class EventForm(OnceForm):
    """An event as it is planned, or as it was."""

    kind = RadiosField("Jenis", [InputRequired()], choices=EVENT_KINDS, default="pameran")
    name = TextField("Nama acara", [InputRequired(), Length(max=120)])
    place = TextField(
        "Tempat",
        [InputRequired(), Length(max=160)],
        description="Contoh: Alun-alun Purwokerto",
    )
    starts_on = DateField("Hari pertama", [InputRequired()], may_be_future=True)
    ends_on = DateField(
        "Hari terakhir", may_be_future=True, description="Kosongkan bila hanya satu hari"
    )
    note = NoteField("Catatan", [Length(max=300)])

    def event(self) -> NewEvent:
        """What was said, typed. Only for a form that was validated."""
        return NewEvent(**self.values())


class ParticipantsForm(BaseForm):
    """Who goes."""

    usaha = ManyChoicesField("Usaha yang ikut", coerce=UUID)

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """Set the enterprises that may be chosen."""
        self.usaha.offer(choices)


class OutcomeForm(BaseForm):
    """What sold, and what going there cost."""

    sold = RupiahField("Penjualan di acara", [InputRequired()])
    goods_cost = RupiahField(
        "Modal barang yang laku",
        [InputRequired()],
        description="Biaya tunai membuat barang yang laku",
    )
    trip_cost = RupiahField(
        "Biaya perjalanan",
        [InputRequired()],
        description="Ongkos, makan, menginap. Isi 0 bila ditanggung kantor",
    )
    stand_cost = RupiahField("Biaya tempat dan perlengkapan")
    orders = RupiahField("Nilai pesanan sesudah acara")
    buyers = WholeNumberField("Pembeli atau toko yang meminta nomor", max=_MAX_BUYERS)
    note = NoteField("Catatan", [Length(max=300)])
    version = HiddenField()

    def said(self) -> dict[str, Any]:
        """What was said, by the names of the service. Only for a form that was validated."""
        return {
            "version": whole(self.version.data),
            "outcome": Outcome(
                sold=self.sold.data or 0,
                goods_cost=self.goods_cost.data or 0,
                trip_cost=self.trip_cost.data or 0,
                stand_cost=self.stand_cost.data or 0,
                orders=self.orders.data or 0,
            ),
            "buyers": self.buyers.data,
            "note": self.note.data or "",
        }
