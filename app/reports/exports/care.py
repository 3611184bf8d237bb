"""What was done for enterprises: therapies, money, trainings, equipment aid."""

from __future__ import annotations

from collections.abc import Iterable

from app.aid.queries import ToolTotals
from app.interventions.queries import Spread
from app.interventions.rules.spread import Cell, total_of
from app.interventions.rules.states import RESULT_LABELS
from app.interventions.rules.states import STATE_LABELS as THERAPY_STATES
from app.reports.queries.area import Therapies
from app.reports.queries.trainings import TrainingTotals
from app.reports.rules.document import MONEY, TEXT, Chart, Section, Table, column
from app.web.filters import angka

_MILLION = 1_000_000


def therapies(found: Therapies, spread: Spread) -> Section:
    """Therapies by state, and how those ended that ended in the period."""
    year = spread.year
    states = [
        (THERAPY_STATES[state], found.states.get(state, 0))
        for state in ("disetujui", "berjalan", "selesai")
    ]
    total = sum(found.states.values())
    results = [(label, found.results.get(key, 0)) for key, label in RESULT_LABELS.items()]
    ended = sum(value for _, value in results)
    tables = [
        Table(
            title=f"Terapi tahun anggaran {year} menurut keadaan",
            columns=(column("Keadaan", TEXT), column("Terapi")),
            rows=[*states, ("Jumlah", total)],
            has_total=True,
            remark=f"Selain itu {angka(found.waiting)} usulan menunggu keputusan.",
        ),
    ]
    if ended:
        tables.append(
            Table(
                title="Hasil terapi yang selesai dalam masa laporan",
                columns=(column("Hasil", TEXT), column("Terapi")),
                rows=[*results, ("Jumlah", ended)],
                has_total=True,
            )
        )
    if spread.is_close:
        tables.append(_looked_at(spread))
    said = () if ended else ("Tidak ada terapi yang selesai dalam masa laporan.",)
    return Section(heading="Terapi", sheet="Terapi", sentences=said, tables=tables)


def _looked_at(spread: Spread) -> Table:
    return Table(
        title="Tumpang tindih dan celah",
        columns=(column("Hal", TEXT), column("Usaha")),
        rows=[
            ("Dibantu dua kali untuk kebutuhan yang sama", spread.overlap_count),
            ("Punya temuan yang belum dijawab terapi", spread.gap_count),
        ],
    )


def money(found: Spread) -> Section:
    """What was promised and spent, by source and by pillar."""
    by_source = [
        (label, *_sums(found.column(pillar, source) for pillar, _ in found.pillars))
        for source, label in found.sources
    ]
    by_pillar = [
        (label, *_sums(found.column(pillar, source) for source, _ in found.sources))
        for pillar, label in found.pillars
    ]
    whole = found.total
    last = ("Jumlah", whole.count, whole.budget, whole.spent)
    columns = (column("Terapi"), column("Anggaran", MONEY), column("Terpakai", MONEY))
    return Section(
        heading=f"Dana tahun anggaran {found.year}",
        sheet="Dana",
        tables=(
            Table(
                title="Menurut sumber dana",
                columns=(column("Sumber dana", TEXT), *columns),
                rows=[*by_source, last],
                has_total=True,
            ),
            Table(
                title="Menurut pilar Desmigratif",
                columns=(column("Pilar", TEXT), *columns),
                rows=[*by_pillar, last],
                has_total=True,
                remark="Anggaran dihitung sejak terapi disetujui; yang terpakai sejak terapi "
                "selesai.",
            ),
        ),
        chart=_budgets(found.year, [(row[0], row[2]) for row in by_source if row[2]]),
    )


def _budgets(year: int, paid: list[tuple[str, int]]) -> Chart | None:
    title = f"Anggaran terapi {year} menurut sumber dana (juta rupiah)"
    bars = [(label, round(budget / _MILLION, 1), "main") for label, budget in paid]
    return Chart(name="dana", title=title, bars=bars) if bars else None


def trainings(found: TrainingTotals) -> Section:
    """Trainings, meetings and coaching of the period."""
    lines = found.lines
    heading, sheet = "Pelatihan dan pertemuan", "Pelatihan"
    if not found.sessions:
        said = ("Tidak ada pelatihan atau pertemuan yang dimulai dalam masa laporan.",)
        return Section(heading=heading, sheet=sheet, sentences=said)
    rows = [
        (one.label, one.sessions, one.enterprises, one.mentors, one.seen, one.adopted, one.cost)
        for one in lines
    ]
    sums = [sum(int(row[place]) for row in rows) for place in range(1, 7)]
    return Section(
        heading=heading,
        sheet=sheet,
        tables=(
            Table(
                title="Dimulai dalam masa laporan",
                columns=(
                    column("Jenis", TEXT),
                    column("Kegiatan"),
                    column("Kehadiran usaha"),
                    column("Kehadiran pendamping"),
                    column("Praktik dilihat"),
                    column("Praktik diterapkan"),
                    column("Biaya", MONEY),
                ),
                rows=[*rows, ("Jumlah", *sums)],
                has_total=True,
                remark="Satu usaha yang hadir dua kali dihitung dua kehadiran.",
            ),
        ),
    )


def tools(found: ToolTotals, handed_over: int) -> Section:
    """Aid that was handed over, tools that stand idle."""
    if not found.count:
        said = ("Belum ada alat bantuan yang tercatat di wilayah ini.",)
        return Section(heading="Bantuan alat", sheet="Bantuan alat", sentences=said)
    return Section(
        heading="Bantuan alat",
        sheet="Bantuan alat",
        tables=(
            Table(
                title="Alat bantuan yang tercatat",
                columns=(column("Hal", TEXT), column("Alat"), column("Nilai", MONEY)),
                rows=[
                    ("Semua alat", found.count, found.value),
                    ("Menganggur lebih dari 60 hari", found.idle, found.idle_value),
                    ("Waktunya dicek (hari ke-30, 90, 180)", found.due, None),
                ],
                remark=f"Bantuan yang diserahkan dalam masa laporan: {angka(handed_over)}.",
            ),
        ),
    )


def _sums(cells: Iterable[Cell]) -> tuple[int, int, int]:
    whole = total_of(cells)
    return whole.count, whole.budget, whole.spent
