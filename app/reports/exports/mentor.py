"""The report of a mentor: the months of the monthly report, next to each other."""

from __future__ import annotations

from app.mentoring.rules.monthly import ENTERPRISES, Figure
from app.reports.queries.mentor import MentorFacts
from app.reports.rules.document import (
    DAY,
    MONEY,
    NUMBER,
    TEXT,
    Section,
    Table,
    Value,
    column,
)
from app.reports.rules.period import Span
from app.web.filters import angka

# Counted between the ends of each month, so months don't add up to the quarter.
_NOT_SUMMED = frozenset({"membaik", "memburuk"})
_UNITS = {"rupiah": MONEY, "menit": NUMBER, "": NUMBER}


def mentor_sections(facts: MentorFacts, span: Span) -> list[Section]:
    """Summary, the figures of the monthly report, visits by name when asked for, method."""
    made = [
        Section(heading="Ringkasan", sheet="Ringkasan", sentences=_summary(facts, span)),
        Section(
            heading="Keadaan laporan bulanan",
            sheet="Laporan bulanan",
            tables=(
                Table(
                    title="",
                    columns=(
                        column("Bulan", TEXT),
                        column("Keadaan", TEXT),
                        column("Catatan pendamping", TEXT),
                        column("Catatan petugas", TEXT),
                    ),
                    rows=[
                        (
                            page.month.label,
                            page.state_label,
                            page.mentor_note or "",
                            page.decision_note or "",
                        )
                        for page in facts.pages
                    ],
                ),
            ),
        ),
        *_figures(facts, span),
    ]
    if facts.visits is not None:
        made.append(_visits(facts))
    made.append(_method(span))
    return made


def _figures(facts: MentorFacts, span: Span) -> list[Section]:
    months = [page.month.label for page in facts.pages]
    sections = []
    for place, group in enumerate(facts.pages[0].groups):
        told = [page.groups[place].figures for page in facts.pages]
        plain: list[list[Value]] = []
        money: list[list[Value]] = []
        for number, figure in enumerate(group.figures):
            row = _row([figures[number] for figures in told], facts, span)
            (money if _UNITS[figure.unit] == MONEY else plain).append(row)
        headings = [*months, *(["Triwulan"] if span.is_quarter else [])]
        tables = tuple(
            Table(
                title="",
                columns=(column("Ukuran", TEXT), *(column(one, kind) for one in headings)),
                rows=rows,
            )
            for kind, rows in ((NUMBER, plain), (MONEY, money))
            if rows
        )
        sections.append(Section(heading=group.heading, sheet=group.heading, tables=tables))
    return sections


def _row(figures: list[Figure], facts: MentorFacts, span: Span) -> list[Value]:
    first = figures[0]
    label = f"{first.label} (menit)" if first.unit == "menit" else first.label
    values: list[Value] = [one.value for one in figures]
    if not span.is_quarter:
        return [label, *values]
    if first.name == ENTERPRISES:
        return [label, *values, facts.met]
    summed = None if first.name in _NOT_SUMMED else sum(one.value for one in figures)
    return [label, *values, summed]


def _summary(facts: MentorFacts, span: Span) -> list[str]:
    totals: dict[str, int] = {}
    for page in facts.pages:
        for group in page.groups:
            for figure in group.figures:
                if not figure.unit:
                    totals[figure.name] = totals.get(figure.name, 0) + figure.value
    visits, met = angka(totals["kunjungan"]), angka(totals["bertemu"])
    kept, broken = angka(totals["janji-ditepati"]), angka(totals["janji-tidak-ditepati"])
    done, assessed = angka(totals["terapi-selesai"]), angka(totals["penilaian"])
    first = (
        f"{facts.name} mencatat {visits} kunjungan ke {angka(facts.met)} usaha dalam "
        f"{span.label}; pada {met} kunjungan pemilik atau keluarga ditemui."
    )
    second = (
        f"{kept} janji ditepati, {broken} tidak ditepati. {done} terapi selesai dan {assessed} "
        "penilaian kesehatan dibuat."
    )
    return [first, second]


def _visits(facts: MentorFacts) -> Section:
    visits = facts.visits or ()
    remark = (
        f"{angka(facts.withheld)} kunjungan lain tidak disebut: usahanya sudah di luar wilayah "
        "Anda, atau pemiliknya menarik diri atau membatasi datanya."
        if facts.withheld
        else ""
    )
    return Section(
        heading="Daftar kunjungan",
        sheet="Daftar kunjungan",
        tables=(
            Table(
                title="",
                columns=(
                    column("Tanggal", DAY),
                    column("Usaha", TEXT),
                    column("Hasil", TEXT),
                    column("Lama (menit)"),
                ),
                rows=[(row.on, row.enterprise_name, row.what, row.number) for row in visits],
                remark=remark,
            ),
        ),
    )


def _method(span: Span) -> Section:
    said = [
        (
            "Setiap kolom bulan sama dengan halaman laporan bulanan pendamping. Bulan yang sudah "
            "diajukan atau diterima menghitung yang masuk sampai saat diajukan."
        ),
        "Petugas melihat usaha di wilayahnya saja; pendamping melihat semua miliknya.",
        "Laporan ini tidak memuat NIK dan nomor telepon.",
    ]
    if span.is_quarter:
        said.insert(
            1,
            "Kolom Triwulan menjumlahkan bulannya, kecuali usaha yang dikunjungi (setiap usaha "
            "dihitung satu kali) dan perpindahan kelas (dihitung per bulan, tidak dijumlahkan).",
        )
    return Section(heading="Catatan cara menghitung", sheet="Catatan", sentences=said)
