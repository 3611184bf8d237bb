"""What is left to do and by whom: mentors, work lists, the sick by name."""

from __future__ import annotations

from collections.abc import Sequence

from app.dashboard.rules import Number
from app.mentoring.queries.mentors import MentorLine
from app.reports.queries.area import Named
from app.reports.rules.document import DAY, TEXT, Section, Table, column
from app.web.filters import angka


def mentors(found: Sequence[MentorLine]) -> Section:
    """What mentors carry."""
    present = [line for line in found if line.can_take or line.carried]
    rows = [
        (
            line.name,
            line.village_label.split(", ")[0],
            line.carried,
            line.capacity,
            line.sick,
            line.overdue,
        )
        for line in present
    ]
    sums = [sum(int(row[place]) for row in rows) for place in range(2, 6)]
    remark = (
        "Kolom Usaha menghitung semua usaha seorang pendamping, juga di luar wilayah ini; kolom "
        "Sakit dan Kunjungan terlambat hanya yang di wilayah ini."
    )
    table = Table(
        title="Pendamping yang tinggal atau bertugas di wilayah ini",
        columns=(
            column("Pendamping", TEXT),
            column("Desa", TEXT),
            *map(column, ("Usaha", "Daya tampung", "Sakit", "Kunjungan terlambat")),
        ),
        rows=[*rows, ("Jumlah", "", *sums)],
        has_total=True,
        remark=remark,
    )
    return Section(heading="Beban pendamping", sheet="Pendamping", tables=(table,))


def work(found: Sequence[Number]) -> Section:
    """What is left to do."""
    return Section(
        heading="Pekerjaan yang menunggu",
        sheet="Daftar kerja",
        tables=(
            Table(
                title="Daftar kerja saat laporan dibuat",
                columns=(column("Daftar", TEXT), column("Usaha")),
                rows=[(one.label, one.value) for one in found],
                remark="Satu usaha dapat ada di beberapa daftar, jadi angkanya tidak dijumlahkan.",
            ),
        ),
    )


def named(found: Named) -> Section:
    """The sick enterprises by name."""
    left = found.total - found.withheld - len(found.lines)
    remarks = [
        f"{angka(found.total)} usaha sakit menurut penilaian terakhir, termasuk yang kedaluwarsa."
    ]
    if found.withheld:
        remarks.append(
            f"{angka(found.withheld)} tidak disebut namanya karena pemiliknya menarik diri atau "
            "membatasi datanya."
        )
    if left > 0:
        remarks.append(f"{angka(left)} lainnya ada di daftar usaha.")
    return Section(
        heading="Usaha sakit yang perlu didahulukan",
        sheet="Usaha sakit",
        tables=(
            Table(
                title="Yang paling lama sakit lebih dahulu",
                columns=(
                    column("Usaha", TEXT),
                    column("Sakit sejak", DAY),
                    column("Pendamping", TEXT),
                    column("Kunjungan terakhir", DAY),
                    column("Rencana terapi", TEXT),
                ),
                rows=[
                    (
                        one.name,
                        one.sick_since,
                        one.mentor,
                        one.last_visit,
                        "ada" if one.has_plan else "belum ada",
                    )
                    for one in found.lines
                ],
                remark=" ".join(remarks),
            ),
        ),
    )
