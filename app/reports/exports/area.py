"""The report of an area: its sections, from the figures that the pages show."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.day_words import long_day
from app.dashboard.rules import ABSENT, CLASSES, STATE_LABELS, AreaLine, Movement, Overview
from app.dashboard.rules import Cell as MovementCell
from app.reports.exports.care import money, therapies, tools, trainings
from app.reports.exports.duties import mentors, named, work
from app.reports.exports.summary import area_summary
from app.reports.queries.area import AreaFacts
from app.reports.rules.document import (
    SHARE,
    TEXT,
    Chart,
    Section,
    Table,
    Value,
    column,
    share,
)
from app.web.filters import angka

_TONES = {one.key: one.tone or "muted" for one in CLASSES}
# Who was sick when the period began stands in a row of its own; who was not there, in the last.
_STANDING = [state for state in STATE_LABELS if state != ABSENT]


def area_sections(facts: AreaFacts, *, today_words: str) -> list[Section]:
    """All sections in the order of an office; parts that the maker may not see are left out."""
    made = [
        Section(heading="Ringkasan", sheet="Ringkasan", sentences=area_summary(facts)),
        classes(facts.movement),
        areas(facts.overview, today_words),
        visits(facts.overview),
    ]
    if facts.therapies is not None and facts.spread is not None:
        made += [therapies(facts.therapies, facts.spread), money(facts.spread)]
    if facts.trainings is not None:
        made.append(trainings(facts.trainings))
    if facts.tools is not None:
        made.append(tools(facts.tools, facts.handed_over))
    if facts.mentors is not None:
        made.append(mentors(facts.mentors))
    if facts.work is not None:
        made.append(work(facts.work))
    if facts.named is not None:
        made.append(named(facts.named))
    made.append(method(facts.overview, today_words))
    return made


def classes(found: Movement) -> Section:
    """Where enterprises stood on the first and the last day, and from where to where they went."""
    first, last = long_day(found.period.from_on), long_day(found.period.until_on)
    starts = {row.start: row.total for row in found.rows}
    ends = {cell.end: cell.value for cell in found.ends}
    standing = Table(
        title="Keadaan pada awal dan akhir masa",
        columns=(column("Keadaan", TEXT), column(first), column(last), column("Selisih")),
        rows=[
            *(
                (STATE_LABELS[state], starts[state], ends[state], ends[state] - starts[state])
                for state in _STANDING
            ),
            (STATE_LABELS[ABSENT], starts[ABSENT], None, None),
            ("Jumlah", found.total, found.total, None),
        ],
        has_total=True,
    )
    matrix = Table(
        title="Perpindahan kelas: dari (baris) ke (kolom)",
        columns=(column("Dari / ke", TEXT), *map(column, found.headings), column("Jumlah")),
        rows=[
            *(_matrix_row(row.label, row.cells, row.total) for row in found.rows),
            _matrix_row("Jumlah", found.ends, found.total),
        ],
        has_total=True,
        remark=f"Membaik {angka(found.better)} usaha, memburuk {angka(found.worse)} usaha: pindah "
        "antara kelas sakit, kurang sehat, dan sehat.",
    )
    return Section(
        heading="Kelas usaha dan perpindahannya",
        sheet="Kelas usaha",
        tables=(standing, matrix),
        chart=_standing_chart(ends, last),
    )


def _standing_chart(ends: dict[str, int], last: str) -> Chart:
    bars = [(STATE_LABELS[state], ends[state], _TONES.get(state, "muted")) for state in _STANDING]
    return Chart(name="kelas", title=f"Usaha menurut keadaan pada {last}", bars=bars)


def areas(found: Overview, today_words: str) -> Section:
    """The classes of today by area."""
    whole = found.whole
    return Section(
        heading="Kelas usaha menurut wilayah",
        sheet="Wilayah",
        tables=(
            Table(
                title=f"Keadaan saat laporan dibuat, {today_words}",
                columns=(
                    column("Wilayah", TEXT),
                    column(whole.total.label),
                    *(column(one.label) for one in whole.classes),
                ),
                rows=_with_whole(found),
                has_total=True,
            ),
        ),
    )


def visits(found: Overview) -> Section:
    """Visits done and due by area."""
    columns = ("Perlu dikunjungi", "Sudah dikunjungi", "Kunjungan terlambat")
    rows: list[list[str | int | float | None]] = [
        [
            "Jumlah" if line is found.whole else line.name,
            line.due,
            line.visited,
            share(line.visited, line.due),
            line.overdue.value,
            line.gone.value,
        ]
        for line in (*found.lines, found.whole)
    ]
    return Section(
        heading="Kunjungan pendamping",
        sheet="Kunjungan",
        tables=(
            Table(
                title="Kunjungan dalam masa laporan",
                columns=(
                    column("Wilayah", TEXT),
                    *map(column, columns[:2]),
                    column("Bagian yang dikunjungi", SHARE),
                    column(columns[2]),
                    column("Tidak lagi didampingi"),
                ),
                rows=rows,
                has_total=True,
                remark="Perlu dikunjungi: sudah dikunjungi dalam masa ini, atau kunjungan "
                "berikutnya jatuh paling lambat pada hari terakhirnya. Kunjungan terlambat dan "
                "tidak lagi didampingi: saat laporan dibuat.",
            ),
        ),
    )


def method(found: Overview, today_words: str) -> Section:
    """How the numbers come about."""
    first, last = long_day(found.period.from_on), long_day(found.period.until_on)
    classes_said = (
        f"Kelas pada awal dan akhir masa dihitung menurut penilaian yang berlaku pada {first} dan "
        f"{last}. Penilaian yang lewat masa berlakunya dihitung kedaluwarsa."
    )
    today_said = (
        "Kelas menurut wilayah, beban pendamping, alat, dan daftar kerja adalah keadaan saat "
        f"laporan dibuat, {today_words}."
    )
    served_said = (
        "Usaha didampingi: yang terdaftar, aktif, atau tidak aktif. Yang tutup, berangkat lagi, "
        "atau menolak didata dihitung sebagai tidak lagi didampingi."
    )
    shares_said = (
        "Bagian (persen) selalu dihitung dari jumlah yang disebut di kalimat atau kolom di "
        "sebelahnya. Angka sama dengan halaman Dasbor untuk wilayah dan hari yang sama."
    )
    nothing_said = "Laporan ini tidak memuat NIK dan nomor telepon."
    return Section(
        heading="Catatan cara menghitung",
        sheet="Catatan",
        sentences=(classes_said, today_said, served_said, shares_said, nothing_said),
    )


def _with_whole(found: Overview) -> list[list[str | int]]:
    return [
        ["Jumlah" if line is found.whole else line.name, line.total.value, *_classes(line)]
        for line in (*found.lines, found.whole)
    ]


def _classes(line: AreaLine) -> list[int]:
    return [one.value for one in line.classes]


def _matrix_row(label: str, cells: Sequence[MovementCell], total: int) -> list[Value]:
    return [label, *(cell.value for cell in cells), total]
