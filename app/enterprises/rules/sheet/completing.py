"""What the columns of one row say together, which no single cell can say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.core.errors import InvalidInput
from app.enterprises.rules.sheet.checked import CheckedRow
from app.enterprises.rules.sheet.headers import Column
from app.enterprises.rules.sheet.sectors import sector_of
from app.enterprises.rules.sheet.values import plain_text

MONTHS = 12
_NEEDED = (
    ("name", "name_missing", "Isi nama usaha."),
    ("owner_name", "owner_name_missing", "Isi nama pemilik."),
)
# Where each part of the hamlet comes from, and how it is written.
_HAMLET = (("hamlet", "{}"), ("rt", "RT {}"), ("rw", "RW {}"), ("rt_rw", "RT/RW {}"))
_HELD_BY_ANOTHER = frozenset(
    ["rt", "rw", "rt_rw", "birth_place_and_day", "business_kind", "monthly_sales", "point",
     "workers_total", "sales"]
)  # fmt: skip


class Completion:
    """Completes the rows of one sheet; `columns` are the columns that it has, by field."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self._columns = columns
        self._steps = [step for fields, step in _STEPS if not columns.keys().isdisjoint(fields)]
        self._held = [name for name in _HELD_BY_ANOTHER if name in columns]

    def complete(self, checked: CheckedRow) -> None:
        """Fill in what other columns of the row say, and tell what is missing or unfit."""
        values, columns = checked.values, self._columns
        for name, code, message in _NEEDED:
            if name not in values and not _has_problem(checked, columns.get(name)):
                checked.add(columns.get(name), code, "", message)
        for step in self._steps:
            step(checked, columns)
        for name in self._held:
            values.pop(name, None)


def _has_problem(checked: CheckedRow, column: Column | None) -> bool:
    letters = column.letters if column else ""
    return any(problem.column == letters for problem in checked.problems)


def _join_birth_day(checked: CheckedRow, _columns: Mapping[str, Column]) -> None:
    values = checked.values
    if "birth_place_and_day" in values:
        values.setdefault("born_on", values["birth_place_and_day"])


def _join_hamlet(checked: CheckedRow, columns: Mapping[str, Column]) -> None:
    values = checked.values
    parts = [form.format(values[name]) for name, form in _HAMLET if values.get(name)]
    if not parts:
        return
    try:
        values["hamlet"] = plain_text(" ".join(parts), longest=80)
    except InvalidInput as refusal:
        values.pop("hamlet", None)
        checked.add(columns.get("hamlet"), refusal.code, " ".join(parts), refusal.message)


def _join_point(checked: CheckedRow, columns: Mapping[str, Column]) -> None:
    values = checked.values
    if "point" in values:
        lat, lng = values["point"]
        values.setdefault("lat", lat)
        values.setdefault("lng", lng)
    if ("lat" in values) != ("lng" in values) and not checked.is_faulty:
        column = columns.get("lat") or columns.get("lng")
        checked.add(column, "point_half", "", "Isi lintang dan bujur, atau kosongkan keduanya.")


def _join_trade(checked: CheckedRow, columns: Mapping[str, Column]) -> None:
    """Sector and product from the words for both; a sector that stays open is noted."""
    values = checked.values
    kind, said, product = (
        values.get("business_kind"),
        values.pop("sector", None),
        values.get("product_line"),
    )
    if product is None and (kind or said):
        values["product_line"] = kind or said
    sector = sector_of(said, kind, product)
    if sector is not None:
        values["sector"] = sector
        return
    column = columns.get("sector") or columns.get("business_kind") or columns.get("product_line")
    text = said or kind or product
    if text:
        checked.note(
            column,
            "sector_unclear",
            text,
            f"Sektor dari “{text}” belum jelas, jadi belum diisi. Pilih sektornya di halaman "
            "usaha, atau tulis A sampai F di kolom Sektor.",
        )


def _join_sales(checked: CheckedRow, _columns: Mapping[str, Column]) -> None:
    values = checked.values
    if "monthly_sales" in values:
        values.setdefault("yearly_sales", values["monthly_sales"] * MONTHS)


def _check_workers(checked: CheckedRow, columns: Mapping[str, Column]) -> None:
    values = checked.values
    total = values.get("workers_total")
    if total is None:
        return
    parts = [values[name] for name in values if name.startswith("workers_") and "total" not in name]
    if not parts or sum(parts) == total:
        return
    checked.note(
        columns["workers_total"],
        "workers_differ",
        total,
        f"Jumlah pekerja {total}, tetapi laki-laki dan perempuan bersama {sum(parts)}. Yang "
        "dicatat laki-laki dan perempuan.",
    )


# What is done for sheets that have one of the columns; the first step that is due comes first.
_STEPS: tuple[tuple[tuple[str, ...], Callable[[CheckedRow, Mapping[str, Column]], None]], ...] = (
    (("birth_place_and_day",), _join_birth_day),
    # A hamlet alone stays as it is.
    (("rt", "rw", "rt_rw"), _join_hamlet),
    (("point", "lat", "lng"), _join_point),
    (("sector", "business_kind", "product_line"), _join_trade),
    (("monthly_sales",), _join_sales),
    (("workers_total",), _check_workers),
)
