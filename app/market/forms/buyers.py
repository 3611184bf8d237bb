"""What is asked about a buyer's request."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from app.core.clock import local_today
from app.market.models import BuyerRequest
from app.market.rules.certificates_of import DEMANDS
from app.market.rules.products import FOOD_TYPES, KINDS
from app.market.services.buyers import Asked
from app.web.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    ManyChoicesField,
    NoteField,
    OnceForm,
    RupiahField,
    TextField,
    WholeNumberField,
)

_MAX_PIECES = 10_000_000


def _number(field: Any) -> int:
    typed = str(field.data or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


class RequestForm(OnceForm):
    """A request, new or changed."""

    version = HiddenField()
    area_code = ChoiceField("Untuk usaha di", [InputRequired()])
    buyer_name = TextField("Pembeli", [InputRequired(), Length(max=120)])
    contact = TextField(
        "Cara menghubungi pembeli", [Length(max=120)], description="Nomor kantor atau toko"
    )
    wanted = TextField(
        "Yang dicari",
        [InputRequired(), Length(max=200)],
        description="Contoh: keripik tempe 100 g, label sendiri",
    )
    kind = ChoiceField("Jenis produk", choices=KINDS, blank_label="Semua jenis")
    food_type = ChoiceField("Jenis pangan", choices=FOOD_TYPES, blank_label="Semua jenis pangan")
    pieces_per_month = WholeNumberField(
        "Berapa kemasan sebulan", [InputRequired()], min=1, max=_MAX_PIECES, suffix="kemasan"
    )
    price_most = RupiahField("Harga paling tinggi satu kemasan")
    ready_in_days = WholeNumberField("Harus siap dalam", max=365, suffix="hari")
    demands = ManyChoicesField(
        "Izin yang diminta", choices=[(code, words) for code, (words, _) in DEMANDS.items()]
    )
    open_until = DateField("Berlaku sampai", [InputRequired()], may_be_future=True)
    note = NoteField("Catatan", [Length(max=500)])

    @property
    def seen_version(self) -> int:
        """The version that the person saw, 0 (never a real one) when it was tampered with."""
        return _number(self.version)

    def asked(self) -> Asked:
        """What was said, typed. Only for a form that was validated."""
        values = self.values()
        for name in ("version", "area_code"):
            values.pop(name)
        values["demands"] = tuple(values["demands"] or ())
        values["open_until"] = values["open_until"] or local_today()
        return Asked(**values)


class CloseForm(BaseForm):
    """Why a request is closed."""

    version = HiddenField()
    reason = NoteField(
        "Apa hasilnya",
        [InputRequired(), Length(max=300)],
        description="Contoh: dilayani Dapur Sari 400 kemasan sebulan",
    )

    @property
    def seen_version(self) -> int:
        """The version that the person saw."""
        return _number(self.version)


def shown(row: BuyerRequest) -> dict[str, Any]:
    """A request as the form shows it."""
    return {
        name: getattr(row, name)
        for name in (
            *("version", "area_code", "buyer_name", "contact", "wanted", "kind", "food_type"),
            *("pieces_per_month", "price_most", "ready_in_days", "demands", "open_until", "note"),
        )
    }
