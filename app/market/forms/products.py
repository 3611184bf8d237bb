"""What is asked about a product."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms import BooleanField, HiddenField, ValidationError
from wtforms.validators import InputRequired, Length

from app.market.models import Product
from app.market.rules.products import (
    FOOD_TYPES,
    INGREDIENT_FLAGS,
    KINDS,
    MAX_INGREDIENT_LENGTH,
    MAX_INGREDIENTS,
    PACK_KINDS,
    PROCESSES,
    STORAGES,
    ingredients_of,
)
from app.market.services.products import ProductFacts
from app.web.forms import (
    ChoiceField,
    CommaDecimalField,
    ManyChoicesField,
    NoteField,
    OnceForm,
    RupiahField,
    TextField,
    WholeNumberField,
)

# What is typed, with the unit that is kept and how much of it that is.
TYPED_UNITS = {"g": "gram", "kg": "kg", "ml": "ml", "l": "liter", "buah": "buah"}
_KEPT_AS = {
    "g": ("g", 1),
    "kg": ("g", 1000),
    "ml": ("ml", 1),
    "l": ("ml", 1000),
    "buah": ("buah", 1),
}
_MAX_NET = 1_000_000
_MAX_PIECES = 10_000_000
_MAX_PRICE = 100_000_000_000
_TEN_YEARS = 3650


def _few_ingredients(_form: Any, field: Any) -> None:
    found = ingredients_of(field.data or "")
    if len(found) > MAX_INGREDIENTS:
        raise ValidationError(f"Paling banyak {MAX_INGREDIENTS} bahan.")
    if any(len(name) > MAX_INGREDIENT_LENGTH for name in found):
        raise ValidationError(
            f"Satu bahan paling panjang {MAX_INGREDIENT_LENGTH} huruf. Tulis satu bahan di tiap "
            "baris."
        )


def _sensible_price(_form: Any, field: Any) -> None:
    if field.data is not None and field.data > _MAX_PRICE:
        raise ValidationError("Harga ini terlalu besar. Periksa angkanya.")


class ProductForm(OnceForm):
    """A product, new or changed."""

    version = HiddenField()
    name = TextField(
        "Nama produk", [InputRequired(), Length(max=120)], description="Contoh: keripik tempe pedas"
    )
    brand = TextField("Merek", [Length(max=80)], description="Nama dagang di kemasan")
    kind = ChoiceField("Jenis produk", [InputRequired()], choices=KINDS)
    food_type = ChoiceField(
        "Jenis pangan",
        choices=FOOD_TYPES,
        blank_label="Belum tahu atau bukan makanan",
        description="Menurut daftar izin pangan rumah tangga",
    )
    ingredients = NoteField(
        "Bahan",
        [Length(max=4000), _few_ingredients],
        description="Satu bahan di tiap baris, mulai dari yang paling banyak",
    )
    ingredient_flags = ManyChoicesField("Di antara bahan itu ada", choices=INGREDIENT_FLAGS)
    declared_non_halal = BooleanField("Produk ini dinyatakan tidak halal")
    processes = ManyChoicesField("Cara membuat dan mengawetkan", choices=PROCESSES)
    net = CommaDecimalField("Isi bersih satu kemasan", min=0, description="Contoh: 100 atau 1,5")
    unit = ChoiceField("Satuan isi", choices=TYPED_UNITS)
    pack_kind = ChoiceField("Bahan kemasan", choices=PACK_KINDS)
    shelf_life_days = WholeNumberField(
        "Tahan berapa hari", min=1, max=_TEN_YEARS, suffix="hari", description="6 bulan = 180 hari"
    )
    storage = ChoiceField("Disimpan di", choices=STORAGES)
    price = RupiahField("Harga jual satu kemasan", [_sensible_price])
    capacity_per_month = WholeNumberField(
        "Sanggup membuat berapa dalam sebulan", max=_MAX_PIECES, suffix="kemasan"
    )
    lead_time_days = WholeNumberField("Pesanan siap dalam berapa hari", max=365, suffix="hari")
    description = NoteField(
        "Cerita singkat untuk pembeli",
        [Length(max=500)],
        description="Rasa, keistimewaan, asal bahan. Tanpa janji menyembuhkan penyakit.",
    )
    is_main = BooleanField("Ini produk utama usaha")
    is_active = BooleanField("Masih dijual", default=True)

    @property
    def seen_version(self) -> int:
        """The version that the person saw, 0 (never a real one) when it was tampered with."""
        typed = str(self.version.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, then that amount and unit belong together."""
        is_valid = super().validate(extra_validators)
        if self.net.data is not None and self.unit.data is None and not self.unit.errors:
            self.unit.errors = ["Pilih satuan isinya."]
            is_valid = False
        elif self.net.data is not None and not (self.net.errors or self.unit.errors):
            amount = self.net.data * _KEPT_AS[self.unit.data or "g"][1]
            if amount <= 0 or amount > _MAX_NET or amount != int(amount):
                self.net.errors = ["Tulis isi bersih yang benar, contoh: 250 gram atau 1,5 kg."]
                is_valid = False
        return is_valid

    def facts(self) -> ProductFacts:
        """What was said, typed. Only for a form that was validated."""
        values = self.values()
        net, unit = values.pop("net"), values.pop("unit")
        values.pop("version")
        values["ingredients"] = tuple(ingredients_of(values["ingredients"] or ""))
        values["ingredient_flags"] = tuple(values["ingredient_flags"] or ())
        values["processes"] = tuple(values["processes"] or ())
        if net is not None and unit is not None:
            kept, times = _KEPT_AS[unit]
            values["net_amount"], values["net_unit"] = int(net * times), kept
        return ProductFacts(**values)


def shown(row: Product) -> dict[str, Any]:
    """A product as the form shows it."""
    values = {name: getattr(row, name) for name in _PLAIN}
    amount, unit = row.net_amount, row.net_unit
    if amount is not None and unit in ("g", "ml") and amount >= _LARGE:
        large = {"g": "kg", "ml": "l"}[unit]
        values |= {"net": _shortest(Decimal(amount) / _LARGE), "unit": large}
    elif amount is not None:
        values |= {"net": Decimal(amount), "unit": unit}
    return values | {"ingredients": "\n".join(row.ingredients)}


def _shortest(number: Decimal) -> Decimal:
    return number.normalize() if number != int(number) else Decimal(int(number))


_LARGE = 1000
_PLAIN = (
    "version",
    "name",
    "brand",
    "kind",
    "food_type",
    "ingredient_flags",
    "declared_non_halal",
    "processes",
    "pack_kind",
    "shelf_life_days",
    "storage",
    "price",
    "capacity_per_month",
    "lead_time_days",
    "description",
    "is_main",
    "is_active",
)
