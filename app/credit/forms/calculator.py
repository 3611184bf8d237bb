"""What the loan calculator asks; the names stand in the page's address."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from wtforms.validators import InputRequired, Optional

from app.credit.queries.carriers import KnownCarrier
from app.credit.rules.affordability import PURPOSES, Carrier
from app.credit.rules.offers import MOST_RATE, Offer
from app.credit.rules.schedules import (
    EVERY,
    LEAST_AMOUNT,
    METHODS,
    MONTH,
    MOST_AMOUNT,
    MOST_PAYMENTS,
    MURABAHAH,
    LoanTerms,
)
from app.web.filters import angka, rupiah
from app.web.forms import (
    BaseForm,
    ChoiceField,
    CommaDecimalField,
    RupiahField,
    WholeNumberField,
    YesNoField,
)

SECOND = "2"
YEARLY, MONTHLY = "tahun", "bulan"
_PERIODS = {YEARLY: "setahun", MONTHLY: "sebulan"}
_OF_OFFER = "Menurut tawaran di atas"
_CLASSES = {"sehat": "Sehat", "kurang_sehat": "Kurang sehat", "sakit": "Sakit"}
# What one offer is asked for; the second one has the same boxes with a 2 behind their names.
LOAN_BOXES = ("produk", "metode", "bunga", "per", "margin", "diangsur", "kali", "biaya")
_MOST_COUNT = max(MOST_PAYMENTS.values())


def _offer_box() -> ChoiceField:
    return ChoiceField("Tawaran", [Optional()], blank_label="Isi sendiri di bawah")


def _method_box() -> ChoiceField:
    return ChoiceField("Cara menghitung", [Optional()], blank_label=_OF_OFFER, choices=METHODS)


def _rate_box() -> CommaDecimalField:
    return CommaDecimalField("Bunga", [Optional()], min=0, max=MOST_RATE, suffix="%")


def _period_box() -> ChoiceField:
    return ChoiceField(
        "Bunga itu", [Optional()], blank_label=None, choices=_PERIODS, default=YEARLY
    )


def _margin_box() -> RupiahField:
    return RupiahField(
        "Margin seluruhnya", [Optional()], description="Hanya untuk murabahah, menurut akad"
    )


def _every_box() -> ChoiceField:
    return ChoiceField("Diangsur", [Optional()], blank_label=_OF_OFFER, choices=EVERY)


def _count_box() -> WholeNumberField:
    return WholeNumberField("Berapa kali angsuran", [Optional()], min=1, max=_MOST_COUNT)


def _fee_box() -> RupiahField:
    return RupiahField(
        "Biaya yang dipotong di depan", [Optional()], description="Administrasi, provisi, asuransi"
    )


class LoanForm(BaseForm):
    """A loan, another one to compare it with, and who is to carry it."""

    class Meta(BaseForm.Meta):
        """Looking at a calculation changes nothing."""

        csrf = False

    jumlah = RupiahField("Jumlah pinjaman", [InputRequired()])
    produk = _offer_box()
    metode = _method_box()
    bunga = _rate_box()
    per = _period_box()
    margin = _margin_box()
    diangsur = _every_box()
    kali = _count_box()
    biaya = _fee_box()

    produk2 = _offer_box()
    metode2 = _method_box()
    bunga2 = _rate_box()
    per2 = _period_box()
    margin2 = _margin_box()
    diangsur2 = _every_box()
    kali2 = _count_box()
    biaya2 = _fee_box()

    sisa = RupiahField(
        "Sisa usaha sebulan",
        [Optional()],
        description="Penjualan dikurangi biaya usaha, rata-rata tiga bulan terakhir",
    )
    cicilan = RupiahField("Angsuran lain sebulan", [Optional()], description="Semua utang sekarang")
    penghasilan = RupiahField("Penghasilan tetap lain sekeluarga", [Optional()])
    kebutuhan = RupiahField("Kebutuhan rumah tangga sebulan", [Optional()])
    penjualan = RupiahField("Penjualan sebulan", [Optional()])
    bahan = RupiahField("Belanja bahan atau dagangan sebulan", [Optional()])
    buku = YesNoField("Buku kas terisi paling sedikit separuh hari buka, tiga bulan?", [Optional()])
    tunggakan = YesNoField("Ada tunggakan lebih dari 30 hari?", [Optional()])
    kelas = ChoiceField(
        "Kelas kesehatan usaha", [Optional()], blank_label="Belum diketahui", choices=_CLASSES
    )
    tujuan = ChoiceField("Uangnya untuk apa?", [Optional()], choices=PURPOSES)
    dihitung = YesNoField("Sudah dihitung dan menguntungkan?", [Optional()])

    def know(self, offers: list[Offer]) -> LoanForm:
        """The form with what may be chosen today."""
        self._offers = {one.code: one for one in offers}
        for box in (self.produk, self.produk2):
            box.offer([(one.code, one.name) for one in offers])
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each box, and that a loan can be made of them."""
        is_valid = super().validate(extra_validators)
        amount = self.jumlah.data or 0
        if is_valid and not LEAST_AMOUNT <= amount <= MOST_AMOUNT:
            self.jumlah.errors = [f"Isi {rupiah(LEAST_AMOUNT)} sampai {rupiah(MOST_AMOUNT)}."]
        if is_valid and not self.jumlah.errors:
            self._check("")
            if self.has_second:
                self._check(SECOND)
        return not any(field.errors for field in self)

    @property
    def has_second(self) -> bool:
        """Whether another loan is to be compared."""
        return any(self._said(name, SECOND) is not None for name in ("produk", "metode", "bunga"))

    def offer(self, which: str = "") -> Offer | None:
        """The offer that was chosen."""
        return self._offers.get(self._said("produk", which) or "")

    def name(self, which: str = "") -> str:
        """What a loan is called on the page."""
        chosen = self.offer(which)
        word = "Pinjaman kedua" if which else "Pinjaman pertama"
        if chosen is None:
            return word if self.has_second else "Pinjaman ini"
        # Two of the same offer are told apart by their places.
        is_twice = self.has_second and self.produk.data == self.produk2.data
        return f"{word} ({chosen.name})" if is_twice else chosen.name

    def terms(self, which: str = "") -> LoanTerms:
        """One of the loans; only for a form that was validated."""
        rate = self._rate(which)
        method = self._method(which) or ""
        return LoanTerms(
            amount=self.jumlah.data or 0,
            method=method,
            count=self._count(which) or 1,
            every=self._every(which),
            yearly_rate=Fraction(0) if rate is None or method == MURABAHAH else rate,
            margin=self._said("margin", which) or 0 if method == MURABAHAH else 0,
            fee=self._said("biaya", which) or 0,
        )

    def carrier(self) -> Carrier:
        """Who is to carry it; only for a form that was validated."""
        return Carrier(
            surplus=self.sisa.data,
            existing=self.cicilan.data or 0,
            other_income=self.penghasilan.data or 0,
            needs=self.kebutuhan.data,
            has_proof=self.buku.data,
            has_arrears=self.tunggakan.data,
            health_class=self.kelas.data,
            purpose=self.tujuan.data,
            is_calculated=self.dihitung.data,
            sales=self.penjualan.data,
            materials=self.bahan.data,
        )

    @property
    def asks_to_carry(self) -> bool:
        """Whether anything was said of who is to carry it."""
        boxes = (self.sisa, self.kebutuhan, self.kelas, self.tujuan, self.buku, self.tunggakan)
        return any(box.data is not None for box in boxes)

    def loan_boxes(self, which: str = "") -> list[Any]:
        """The boxes of one of the loans."""
        return [self[f"{name}{which}"] for name in LOAN_BOXES]

    @property
    def carrier_boxes(self) -> list[Any]:
        """The boxes about who is to carry it."""
        names = "sisa cicilan penghasilan kebutuhan penjualan bahan tujuan dihitung buku tunggakan"
        return [*(self[name] for name in names.split()), self.kelas]

    def address(self, typed: Mapping[str, str]) -> dict[str, Any]:
        """What was typed about the first loan alone: nothing of who is to carry it."""
        names = ("jumlah", *LOAN_BOXES)
        return {name: typed[name] for name in names if typed.get(name)}

    def asking(self, typed: Mapping[str, str]) -> dict[str, Any]:
        """What was typed that an application asks for too."""
        household = ("penghasilan", "kebutuhan", "tunggakan", "tujuan", "dihitung")
        names = ("jumlah", *LOAN_BOXES, *household)
        return {name: typed[name] for name in names if typed.get(name)}

    def _said(self, name: str, which: str) -> Any:
        return self[f"{name}{which}"].data

    def _method(self, which: str) -> str | None:
        offer, said = self.offer(which), self._said("metode", which)
        return said or (None if offer is None else offer.method)

    def _rate(self, which: str) -> Fraction | None:
        said = self._said("bunga", which)
        if said is None:
            offer = self.offer(which)
            return None if offer is None else offer.yearly_rate
        months = 12 if self._said("per", which) == MONTHLY else 1
        return Fraction(said) * months / 100

    def _every(self, which: str) -> str:
        offer, said = self.offer(which), self._said("diangsur", which)
        return said or (MONTH if offer is None else offer.every)

    def _count(self, which: str) -> int | None:
        offer = self.offer(which)
        said: int | None = self._said("kali", which)
        if said is not None or offer is None or offer.every != self._every(which):
            return said
        return offer.usual_count

    def _check(self, which: str) -> None:
        method, rate = self._method(which), self._rate(which)
        if method is None:
            self._refuse("metode", which, "Pilih cara menghitung, atau pilih tawaran.")
        elif method == MURABAHAH:
            self._check_margin(which)
        else:
            self._check_rate(which, rate)
        count, most = self._count(which), MOST_PAYMENTS[self._every(which)]
        if count is None:
            self._refuse("kali", which, "Isi berapa kali angsuran.")
        elif count > most:
            self._refuse("kali", which, f"Paling banyak {angka(most)} kali.")
        if (self._said("biaya", which) or 0) >= (self.jumlah.data or 0):
            self._refuse("biaya", which, "Biaya harus lebih kecil daripada pinjaman.")

    def _check_rate(self, which: str, rate: Fraction | None) -> None:
        if rate is None:
            self._refuse("bunga", which, "Isi bunga; tanyakan kepada pemberi pinjaman.")
        elif rate * 100 > MOST_RATE:
            self._refuse("bunga", which, f"Bunga paling tinggi {MOST_RATE}% setahun.")
        # What would be left out of the calculation must not look as if it counted.
        if self._said("margin", which):
            message = "Margin hanya untuk murabahah. Kosongkan, atau pilih murabahah."
            self._refuse("margin", which, message)

    def _check_margin(self, which: str) -> None:
        margin = self._said("margin", which)
        if margin is None:
            self._refuse("margin", which, "Isi margin seluruhnya menurut akad.")
        elif margin > 10 * (self.jumlah.data or 0):
            self._refuse("margin", which, "Margin ini tidak wajar. Periksa.")
        if self._said("bunga", which):
            message = "Murabahah memakai margin, bukan bunga. Kosongkan bunganya."
            self._refuse("bunga", which, message)

    def _refuse(self, name: str, which: str, message: str) -> None:
        self[f"{name}{which}"].errors = [message]


def known_answers(known: KnownCarrier) -> dict[str, Any]:
    """What the boxes hold at first for an enterprise."""
    return {
        "per": YEARLY,
        "per2": YEARLY,
        "sisa": known.surplus,
        "cicilan": known.installments,
        "penjualan": known.sales,
        "buku": known.has_proof,
        "kelas": known.health_class,
    }
