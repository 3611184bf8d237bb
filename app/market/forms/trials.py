"""What the calculator of therapy T06 asks; the names stand in the page's address."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from wtforms import HiddenField
from wtforms.validators import InputRequired, Optional

from app.core.ids import new_id
from app.market.forms.channels import MAX_PIECES, key_of
from app.market.rules.channels import MAX_TERM
from app.market.rules.consignment import Terms
from app.web.forms import (
    BaseForm,
    ChoiceField,
    CommaDecimalField,
    RupiahField,
    WholeNumberField,
)


class TrialForm(BaseForm):
    """Pieces, rupiah and days of one channel."""

    class Meta(BaseForm.Meta):
        """Looking at a calculation changes nothing; keeping it is guarded at the door."""

        csrf = False

    produk = ChoiceField("Produk", [Optional()], blank_label="Tidak disebut")
    jumlah = WholeNumberField(
        "Barang dikirim sebulan", [InputRequired()], max=MAX_PIECES, suffix="buah"
    )
    modal = RupiahField(
        "Modal tunai tiap buah",
        [InputRequired()],
        description="Bahan, upah, kemasan yang dibayar tunai",
    )
    harga = RupiahField(
        "Harga bersih tiap buah",
        [InputRequired()],
        description="Yang diterima sesudah potongan toko. Contoh: harga 12.000 dipotong 20% = "
        "9.600",
    )
    laku = CommaDecimalField(
        "Dari 100 buah, berapa yang laku?", [InputRequired()], min=0, max=100, suffix="%"
    )
    jemput = RupiahField("Biaya menjemput tiap buah yang tidak laku")
    sisa = RupiahField(
        "Nilai yang tersisa tiap buah yang kembali",
        description="Isi 0 bila tidak dapat dijual lagi",
    )
    tetap = RupiahField(
        "Biaya tetap sebulan untuk kanal ini", description="Contoh: ongkos antar, sewa rak"
    )
    masuk = RupiahField(
        "Biaya masuk sekali saja", description="Contoh: biaya daftar, contoh barang pertama"
    )
    buat = WholeNumberField("Lama membuat barang", max=MAX_TERM, suffix="hari")
    rak = WholeNumberField("Lama di rak sampai dihitung", max=MAX_TERM, suffix="hari")
    tunggu = WholeNumberField("Lama menunggu dibayar", max=MAX_TERM, suffix="hari")
    tempo = WholeNumberField("Tempo bayar ke pemasok bahan", max=MAX_TERM, suffix="hari")
    kas = RupiahField("Kas yang ada sekarang", [InputRequired()])
    biaya = RupiahField("Biaya usaha untuk 14 hari ke depan")
    cicilan = RupiahField("Cicilan bulan depan")
    number = HiddenField(default=lambda: str(new_id()))

    def terms(self) -> Terms:
        """What was said, typed. Only for a form that was validated."""
        share: Decimal = self.laku.data or Decimal(0)
        spoken_for = (self.biaya.data or 0) + (self.cicilan.data or 0)
        return Terms(
            pieces=self.jumlah.data or 0,
            unit_cost=self.modal.data or 0,
            net_price=self.harga.data or 0,
            sold_share=Fraction(int(share * 10), 1000),
            fetch_cost=self.jemput.data or 0,
            left_value=self.sisa.data or 0,
            monthly_cost=self.tetap.data or 0,
            entry_cost=self.masuk.data or 0,
            making_days=self.buat.data or 0,
            shelf_days=self.rak.data or 0,
            waiting_days=self.tunggu.data or 0,
            supplier_days=self.tempo.data or 0,
            free_cash=(self.kas.data or 0) - spoken_for,
        )

    @property
    def key(self) -> UUID:
        """The number under which the calculation is kept once."""
        try:
            return UUID(self.number.data or "")
        except ValueError:
            return new_id()

    @property
    def product_id(self) -> UUID | None:
        """The product that was chosen."""
        return key_of(self.produk.data)

    @property
    def groups(self) -> list[tuple[str, list[object]]]:
        """The questions in the order of the page."""
        return [
            ("Barang dan harga", [self.jumlah, self.modal, self.harga, self.laku]),
            ("Barang yang kembali", [self.jemput, self.sisa]),
            ("Biaya kanal", [self.tetap, self.masuk]),
            ("Lama uang kembali", [self.buat, self.rak, self.tunggu, self.tempo]),
            ("Kas", [self.kas, self.biaya, self.cicilan]),
        ]
