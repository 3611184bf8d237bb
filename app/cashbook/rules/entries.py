"""Words of the cash book: categories, which way their money goes, who wrote a line.

Source: columns of the one-page cash book, reference of the domain, chapter 2.3.
"""

from __future__ import annotations

IN, OUT = "masuk", "keluar"
DIRECTIONS = {IN: "Uang masuk", OUT: "Uang keluar"}

SALES = "penjualan"
MATERIALS, WAGES, RENT_POWER, FREIGHT = "bahan", "upah", "sewa_listrik", "ongkir"
DRAWING, PRINCIPAL, INTEREST = "prive", "cicilan_pokok", "bunga"
CAPITAL, EQUIPMENT = "modal_masuk", "alat"

CATEGORIES = {
    SALES: "Penjualan",
    MATERIALS: "Beli bahan",
    WAGES: "Upah",
    RENT_POWER: "Sewa & listrik",
    FREIGHT: "Ongkir",
    DRAWING: "Diambil untuk rumah",
    PRINCIPAL: "Cicilan pokok",
    INTEREST: "Bunga pinjaman",
    CAPITAL: "Modal masuk",
    EQUIPMENT: "Beli alat",
}
DIRECTION_OF = {code: IN if code in (SALES, CAPITAL) else OUT for code in CATEGORIES}
# What it costs to do the business: neither what the household takes, nor what pays back a loan,
# nor tools, which last for years.
COSTS = (MATERIALS, WAGES, RENT_POWER, FREIGHT, INTEREST)
INSTALLMENTS = (PRINCIPAL, INTEREST)
# What may be written down before it is paid.
MAY_BE_OWED = (SALES, MATERIALS, WAGES, RENT_POWER, FREIGHT, EQUIPMENT)

OWNER, MENTOR, PAPER, SHEET, PHONE = "pemilik", "pendamping", "kertas", "impor", "ponsel"
WAYS = {
    OWNER: "Ditulis pemilik",
    MENTOR: "Ditulis pendamping",
    PAPER: "Disalin dari buku kertas",
    SHEET: "Dari berkas Excel",
    PHONE: "Dari ponsel pendamping",
}
MAX_AMOUNT = 100_000_000_000
