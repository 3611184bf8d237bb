"""The head of a report in whole sentences, each share with what it is a share of."""

from __future__ import annotations

from app.core.money import format_rupiah
from app.reports.queries.area import AreaFacts
from app.web.filters import angka, persen, tanggal

_RATED = ("sehat", "kurang_sehat", "sakit")
_WORDS = {"sehat": "sehat", "kurang_sehat": "kurang sehat", "sakit": "sakit"}


def area_summary(facts: AreaFacts) -> list[str]:
    """What the head of an office reads first."""
    said = [_standing(facts), _moved(facts), _visited(facts)]
    if facts.therapies is not None and facts.spread is not None:
        said.append(_treated(facts))
    if facts.trainings is not None and facts.trainings.sessions:
        came = sum(line.enterprises for line in facts.trainings.lines)
        said.append(
            f"Ada {angka(facts.trainings.sessions)} pelatihan atau pertemuan dengan {angka(came)} "
            "kehadiran usaha."
        )
    if facts.tools is not None and facts.tools.count:
        said.append(
            f"Dari {angka(facts.tools.count)} alat bantuan, {angka(facts.tools.idle)} menganggur "
            f"lebih dari 60 hari, senilai {format_rupiah(facts.tools.idle_value)}."
        )
    return said


def _standing(facts: AreaFacts) -> str:
    found = facts.movement
    ends = {cell.end: cell.value for cell in found.ends}
    rated = sum(ends[state] for state in _RATED)
    day = tanggal(found.period.until_on)
    if not rated:
        return f"Pada {day} belum ada usaha dengan kelas kesehatan yang berlaku."
    parts = [
        f"{angka(ends[state])} {_WORDS[state]} ({persen(ends[state] / rated)})" for state in _RATED
    ]
    return (
        f"Pada {day} ada {angka(rated)} usaha dengan kelas kesehatan yang berlaku: "
        f"{parts[0]}, {parts[1]}, dan {parts[2]}."
    )


def _moved(facts: AreaFacts) -> str:
    found = facts.movement
    cells = [
        cell
        for row in found.rows
        if row.start in _RATED
        for cell in row.cells
        if cell.end in _RATED
    ]
    both = sum(cell.value for cell in cells)
    if not both:
        return "Tidak ada usaha yang kelasnya berlaku pada awal dan akhir masa ini."
    stayed = both - found.better - found.worse
    return (
        f"Dari {angka(both)} usaha yang kelasnya berlaku pada awal dan akhir masa ini, "
        f"{angka(found.better)} membaik ({persen(found.better / both)}), {angka(found.worse)} "
        f"memburuk ({persen(found.worse / both)}), dan {angka(stayed)} tetap."
    )


def _visited(facts: AreaFacts) -> str:
    whole = facts.overview.whole
    if not whole.due:
        return "Tidak ada usaha yang perlu dikunjungi dalam masa ini."
    return (
        f"Dari {angka(whole.due)} usaha yang perlu dikunjungi, {angka(whole.visited)} sudah "
        f"dikunjungi ({persen(whole.visited / whole.due)}). Saat laporan ini dibuat, kunjungan ke "
        f"{angka(whole.overdue.value)} usaha terlambat."
    )


def _treated(facts: AreaFacts) -> str:
    if facts.spread is None or facts.therapies is None:
        return ""
    whole = facts.spread.total
    used = f" ({persen(whole.spent / whole.budget)})" if whole.budget else ""
    return (
        f"Tahun anggaran {facts.spread.year}: {angka(whole.count)} terapi disetujui, berjalan, "
        f"atau selesai, dengan anggaran {format_rupiah(whole.budget)}; terpakai "
        f"{format_rupiah(whole.spent)}{used}. {angka(facts.therapies.waiting)} usulan menunggu "
        "keputusan."
    )
