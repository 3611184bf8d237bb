"""Whether an enterprise can carry a loan: four rules that must all hold, and a bad month.

Source: reference of the domain, chapter 6.2. Amounts in whole rupiah a month; None is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from app.core.money import format_rupiah
from app.credit.rules.schedules import PER_YEAR, LoanTerms, nearest, payment_factor

SAFE_SHARE = Fraction(35, 100)
MOST_SHARE = Fraction(50, 100)
CUSHION = Fraction(125, 100)
STRESS = Fraction(20, 100)

MET, COMMITTEE, REFUSED, UNKNOWN = "terpenuhi", "komite", "tidak", "belum_diketahui"
SICK = "sakit"
STOCK, TOOL, ORDER, LOSS, HOUSEHOLD = "barang", "alat", "pesanan", "rugi", "rumah_tangga"
PURPOSES = {
    STOCK: "Menambah bahan atau barang dagangan",
    TOOL: "Membeli alat atau memperbaiki tempat usaha",
    ORDER: "Mengerjakan pesanan yang sudah pasti",
    LOSS: "Menutup rugi atau membayar utang lain",
    HOUSEHOLD: "Kebutuhan rumah tangga",
}
_NOT_FOR_BUSINESS = {
    LOSS: "Pinjaman tidak untuk menutup rugi atau utang lain: cari dahulu sebab ruginya, dan minta "
    "pemberi utang menata ulang angsuran.",
    HOUSEHOLD: "Ini bukan keperluan usaha, jadi usaha tidak mendapat uang untuk mengembalikannya.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Who is to carry a loan. `surplus` is what the business leaves in a month, as an average of
    three; `has_proof`: the cash book was filled on at least half of the open days in each of
    three months; `has_arrears`: something is overdue for more than 30 days."""

    surplus: int | None = None
    existing: int = 0
    other_income: int = 0
    needs: int | None = None
    has_proof: bool | None = None
    has_arrears: bool | None = None
    health_class: str | None = None
    purpose: str | None = None
    is_calculated: bool | None = None
    sales: int | None = None
    materials: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one rule says, with its reason."""

    name: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BadMonth:
    """A month in which a fifth less sells: what the business leaves, what of it (with other income,
    after the household, where that is known) can be paid back, and what the payments lack."""

    surplus: int
    free: int
    installments: int
    missing: int

    @property
    def is_carried(self) -> bool:
        """Whether the payments can still be made."""
        return self.missing == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Affordability:
    """All that the rules say; `largest` is the largest amount at these terms."""

    installment: int
    findings: tuple[Finding, ...]
    share: Fraction | None
    room: int | None
    largest: int | None
    bad_month: BadMonth | None

    @property
    def verdict(self) -> str:
        """The worst that any rule says; what is not known leaves the whole open."""
        said = {one.verdict for one in self.findings}
        return next(one for one in (REFUSED, UNKNOWN, COMMITTEE, MET) if one in said)


def affordability(carrier: Carrier, terms: LoanTerms, payment: int) -> Affordability:
    """Judge a loan whose largest payment is `payment`."""
    installment = monthly(payment, terms.every)
    everything = carrier.existing + installment
    return Affordability(
        installment=installment,
        findings=(
            share_rule(carrier.surplus, everything),
            cushion_rule(carrier, everything),
            record_rule(carrier),
            purpose_rule(carrier),
        ),
        share=_share(carrier.surplus, everything),
        room=room_of(carrier),
        largest=_largest(carrier, terms),
        bad_month=bad_month(carrier, everything),
    )


def monthly(payment: int, every: str) -> int:
    """What a payment comes to in a month, rounded up."""
    return -(-payment * PER_YEAR[every] // 12)


def share_rule(surplus: int | None, installments: int) -> Finding:
    """At most 35 % of the surplus goes into payments; up to 50 % a committee says why."""
    name = "Angsuran dibanding sisa usaha"
    if surplus is None:
        return _open(name, "Sisa usaha sebulan belum diketahui.")
    share = _share(surplus, installments)
    if share is None:
        return Finding(
            name=name,
            verdict=REFUSED,
            reason="Usaha belum menyisakan uang, jadi tidak ada yang dapat dipakai mengangsur.",
        )
    said = f"{_percent(share)} dari sisa usaha dipakai mengangsur"
    if share <= SAFE_SHARE:
        return Finding(name=name, verdict=MET, reason=f"{said}; batas aman 35%.")
    if share <= MOST_SHARE:
        reason = f"{said}, lebih dari 35%: perlu catatan tertulis komite koperasi."
        return Finding(name=name, verdict=COMMITTEE, reason=reason)
    return Finding(name=name, verdict=REFUSED, reason=f"{said}, lebih dari 50%: terlalu berat.")


def cushion_rule(carrier: Carrier, installments: int) -> Finding:
    """What household and business leave covers all payments one and a quarter times."""
    name = "Sisa untuk keluarga"
    if carrier.surplus is None or carrier.needs is None:
        missing = "Sisa usaha" if carrier.surplus is None else "Kebutuhan rumah tangga"
        return _open(name, f"{missing} sebulan belum diketahui.")
    free = carrier.surplus + carrier.other_income - carrier.needs
    asked_for = _up(CUSHION * installments)
    said = (
        f"Sesudah kebutuhan rumah tangga tersisa {format_rupiah(free)} sebulan; "
        f"yang diminta paling sedikit {format_rupiah(asked_for)} (angsuran ditambah seperempatnya)"
    )
    if free >= asked_for:
        return Finding(name=name, verdict=MET, reason=f"{said}.")
    reason = f"{said}. Kurang {format_rupiah(asked_for - free)}."
    return Finding(name=name, verdict=REFUSED, reason=reason)


def record_rule(carrier: Carrier) -> Finding:
    """A book that proves it, nothing long overdue, an enterprise that is not sick."""
    name = "Catatan, tunggakan, dan kesehatan usaha"
    against = []
    if carrier.health_class == SICK:
        against.append("Usaha sedang sakit: pulihkan dahulu, jangan menambah utang.")
    if carrier.has_arrears:
        against.append("Ada tunggakan lebih dari 30 hari: selesaikan atau tata ulang dahulu.")
    if carrier.has_proof is False:
        against.append("Buku kas belum terisi paling sedikit separuh hari buka selama tiga bulan.")
    if against:
        return Finding(name=name, verdict=REFUSED, reason=" ".join(against))
    facts = (
        (carrier.has_proof, "buku kas tiga bulan"),
        (carrier.has_arrears, "tunggakan"),
        (carrier.health_class, "kelas kesehatan usaha"),
    )
    missing = [word for fact, word in facts if fact is None]
    if missing:
        return _open(name, f"Belum diketahui: {', '.join(missing)}.")
    reason = "Buku kas terisi, tidak ada tunggakan lebih dari 30 hari, dan usaha tidak sakit."
    return Finding(name=name, verdict=MET, reason=reason)


def purpose_rule(carrier: Carrier) -> Finding:
    """The money is for something that was calculated, and for no loss."""
    name = "Tujuan pinjaman"
    if carrier.purpose is None:
        return _open(name, "Pilih uangnya untuk apa.")
    if carrier.purpose in _NOT_FOR_BUSINESS:
        reason = _NOT_FOR_BUSINESS[carrier.purpose]
        return Finding(name=name, verdict=REFUSED, reason=reason)
    if carrier.is_calculated is None:
        return _open(name, "Hitung dahulu biaya dan harga jualnya; untuk titip jual, uji kanalnya.")
    if not carrier.is_calculated:
        reason = "Menurut hitungan biaya dan harga jual, atau uji titip jual, belum menguntungkan."
        return Finding(name=name, verdict=REFUSED, reason=reason)
    reason = "Tujuannya jelas dan sudah dihitung menguntungkan."
    return Finding(name=name, verdict=MET, reason=reason)


def room_of(carrier: Carrier) -> int | None:
    """What another loan's payments may come to in a month, within the first two rules.

    Below nothing is no room; without a surplus it can't be said.
    """
    if carrier.surplus is None:
        return None
    rooms = [SAFE_SHARE * carrier.surplus - carrier.existing]
    if carrier.needs is not None:
        free = carrier.surplus + carrier.other_income - carrier.needs
        rooms.append(free / CUSHION - carrier.existing)
    least = min(rooms)
    return max(0, least.numerator // least.denominator)


def largest_principal(room: int, terms: LoanTerms) -> int:
    """The largest amount whose payments fit into `room` a month, before rounding the payments."""
    factor = payment_factor(terms) * PER_YEAR[terms.every] / 12
    return nearest(room / factor)


def bad_month(carrier: Carrier, installments: int) -> BadMonth | None:
    """What is left when a fifth less sells; materials are bought less then, other costs stay."""
    if carrier.surplus is None or carrier.sales is None:
        return None
    lost = STRESS * max(0, carrier.sales - (carrier.materials or 0))
    surplus = carrier.surplus - _up(lost)
    household = 0 if carrier.needs is None else carrier.needs - carrier.other_income
    free = surplus - household
    return BadMonth(
        surplus=surplus,
        free=free,
        installments=installments,
        missing=max(0, installments - max(0, free)),
    )


def _largest(carrier: Carrier, terms: LoanTerms) -> int | None:
    room = room_of(carrier)
    if room is None:
        return None
    # Payments are rounded up to Rp 100, so a room counts in whole hundreds of one payment.
    payment = room * 12 // PER_YEAR[terms.every] // 100 * 100
    whole = largest_principal(payment * PER_YEAR[terms.every] // 12, terms)
    return whole // 1_000 * 1_000


def _share(surplus: int | None, installments: int) -> Fraction | None:
    return Fraction(installments, surplus) if surplus is not None and surplus > 0 else None


def _open(name: str, reason: str) -> Finding:
    return Finding(name=name, verdict=UNKNOWN, reason=reason)


def _percent(share: Fraction) -> str:
    # Upwards, so that what is over a limit never reads as the limit itself.
    tenths = _up(share * 1000)
    whole, tenth = divmod(tenths, 10)
    return f"{whole},{tenth}%" if tenth else f"{whole}%"


def _up(amount: Fraction) -> int:
    return -(-amount.numerator // amount.denominator)
