"""The calculator of what one piece costs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms import ValidationError
from wtforms.validators import InputRequired, Length

from app.core.clock import local_today
from app.market.rules.unit_cost import (
    AMOUNT_DIGITS,
    MAX_AMOUNT,
    MAX_PIECES,
    MAX_RUPIAH,
    SOURCES,
    Batch,
    Cost,
    Material,
    cost_of,
)
from app.market.services.unit_costs import Count
from app.web.forms import (
    CommaDecimalField,
    DateField,
    OnceForm,
    RadiosField,
    RupiahField,
    TextField,
    WholeNumberField,
)

# So many lines for materials; the first ones are always open.
LINES, OPEN_LINES = 12, 4
_PARTS = ("name", "amount", "unit", "price")


def _sensible(_form: Any, field: Any) -> None:
    if field.data is not None and field.data > MAX_RUPIAH:
        raise ValidationError("Angka ini terlalu besar. Periksa lagi.")


def _fine_enough(_form: Any, field: Any) -> None:
    if field.data is not None and field.data != round(field.data, AMOUNT_DIGITS):
        raise ValidationError("Paling banyak tiga angka di belakang koma.")


def _lines() -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for n in range(LINES):
        word = f"bahan {n + 1}"
        fields[f"name_{n}"] = TextField(f"Nama {word}", [Length(max=80)])
        fields[f"amount_{n}"] = CommaDecimalField(
            f"Jumlah {word}", [_fine_enough], min=0, max=MAX_AMOUNT
        )
        fields[f"unit_{n}"] = TextField(f"Satuan {word}", [Length(max=20)])
        fields[f"price_{n}"] = RupiahField(f"Harga satu satuan {word}", [_sensible])
    return fields


class _CostForm(OnceForm):
    """One batch: how many pieces, what went into it."""

    pieces = WholeNumberField(
        "Sekali membuat jadi berapa kemasan",
        [InputRequired()],
        min=1,
        max=MAX_PIECES,
        suffix="kemasan",
    )
    labour = RupiahField(
        "Upah",
        [_sensible],
        description="Termasuk tenaga sendiri dan keluarga, walau tidak dibayar tunai",
    )
    energy = RupiahField("Gas, listrik, kayu bakar, air", [_sensible])
    pack = RupiahField("Kemasan dan label", [_sensible])
    other = RupiahField("Lain-lain", [_sensible], description="Angkutan belanja, susut alat, sewa")
    price = RupiahField("Harga jual satu kemasan", [_sensible])
    source = RadiosField("Angka ini dari", [InputRequired()], choices=SOURCES)
    counted_on = DateField("Tanggal hitung", [InputRequired()])

    def lines(self) -> list[tuple[Any, ...]]:
        """The lines of materials: name, amount, unit, price."""
        return [tuple(self[f"{part}_{n}"] for part in _PARTS) for n in range(LINES)]

    @property
    def open_lines(self) -> list[tuple[Any, ...]]:
        """The lines that are always open."""
        return self.lines()[:OPEN_LINES]

    @property
    def folded_lines(self) -> list[tuple[Any, ...]]:
        """The lines that are folded away."""
        return self.lines()[OPEN_LINES:]

    @property
    def has_more(self) -> bool:
        """Whether something stands in the folded lines."""
        return any(part.data or part.errors for line in self.folded_lines for part in line)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, then that each line with a price has its amount, and so on."""
        is_valid = super().validate(extra_validators)
        for name, amount, _, price in self.lines():
            if not (name.data or amount.data or price.data):
                continue
            for field, words in ((name, "nama bahan"), (amount, "jumlah"), (price, "harga")):
                if field.data in (None, "") and not field.errors:
                    field.errors = (
                        [f"Isi {words}nya."] if words != "nama bahan" else ["Isi namanya."]
                    )
                    is_valid = False
        return is_valid

    def batch(self) -> Batch:
        """The batch. Only for a form that was validated."""
        return Batch(
            pieces=self.pieces.data or 1,
            materials=tuple(
                Material(
                    name=name.data,
                    amount=amount.data or Decimal(0),
                    unit=unit.data or "",
                    price=price.data or 0,
                )
                for name, amount, unit, price in self.lines()
                if name.data
            ),
            labour=self.labour.data or 0,
            energy=self.energy.data or 0,
            pack=self.pack.data or 0,
            other=self.other.data or 0,
        )

    def cost(self) -> Cost:
        """What it comes to. Only for a form that was validated."""
        return cost_of(self.batch(), price=self.price.data)

    def count(self) -> Count:
        """What is to be kept. Only for a form that was validated."""
        return Count(
            batch=self.batch(),
            price=self.price.data,
            counted_on=self.counted_on.data or local_today(),
            source=self.source.data or "",
        )


CostForm: type[_CostForm] = type("CostForm", (_CostForm,), _lines())


def shown_batch(batch: Batch | None) -> dict[str, Any]:
    """A batch as the form shows it, to be counted again."""
    if batch is None:
        return {}
    values: dict[str, Any] = {
        "pieces": batch.pieces,
        "labour": batch.labour,
        "energy": batch.energy,
        "pack": batch.pack,
        "other": batch.other,
    }
    for n, one in enumerate(batch.materials[:LINES]):
        values |= {
            f"name_{n}": one.name,
            f"amount_{n}": one.amount,
            f"unit_{n}": one.unit,
            f"price_{n}": one.price,
        }
    return values
