"""The diary of a month: five numbers, each of which may be left out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from wtforms import HiddenField

from app.cashbook.queries.diaries import DiaryLine
from app.cashbook.rules.diaries import MOST_PRODUCED, MOST_WORKERS
from app.web.forms import OnceForm, RupiahField, WholeNumberField, YesNoField

_NOT_KNOWN = [("ya", "Ya"), ("tidak", "Tidak"), ("", "Tidak tahu")]


class DiaryForm(OnceForm):
    """What the owner remembers of a month. `corrects` is what stood when the page was opened."""

    corrects = HiddenField()
    sales = RupiahField("Hasil jualan", description="Semua jualan bulan itu. Contoh: 2,5 jt")
    costs = RupiahField(
        "Biaya usaha",
        description="Bahan, upah, sewa, listrik, ongkir, bunga. Belanja rumah tidak termasuk",
    )
    produced = WholeNumberField(
        "Barang yang dibuat", max=MOST_PRODUCED, description="Jumlahnya. Contoh: 400 bungkus"
    )
    workers = WholeNumberField(
        "Orang yang bekerja",
        max=MOST_WORKERS,
        suffix="orang",
        description="Pemilik dan keluarga yang ikut bekerja dihitung",
    )
    keeps_record = YesNoField("Jualan dan biaya dicatat di buku?", choices=_NOT_KNOWN)

    def told(self) -> dict[str, Any]:
        """The five numbers. Only for a form that was validated."""
        names = ("sales", "costs", "produced", "workers", "keeps_record")
        return {name: self.values()[name] for name in names}

    @property
    def corrects_id(self) -> UUID | None:
        """What is to be replaced; None where the month was still empty."""
        try:
            return UUID(self.corrects.data or "")
        except ValueError:
            return None


def shown_month(line: DiaryLine) -> dict[str, Any]:
    """A month as the form shows it."""
    shown: dict[str, Any] = {"corrects": str(line.id or "")}
    if line.told is not None:
        for name in ("sales", "costs", "produced", "workers", "keeps_record"):
            shown[name] = getattr(line.told, name)
    return shown
