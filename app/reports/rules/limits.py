"""What a report may be asked as, how often, and how long its files are kept."""

from __future__ import annotations

from app.core.errors import InvalidInput, WrongState

PDF, XLSX, BOTH = "pdf", "xlsx", "keduanya"
KINDS = {BOTH: "PDF dan XLSX", PDF: "PDF saja", XLSX: "XLSX saja"}
ENDINGS = {PDF: (PDF,), XLSX: (XLSX,), BOTH: (PDF, XLSX)}
# The charts that a report may hold, as files of their own.
CHARTS = {"kelas": "Usaha menurut keadaan", "dana": "Anggaran terapi menurut sumber dana"}
PER_DAY = 60
# A report that names enterprises is kept as shortly as a list of them; one of figures for a year.
KEPT_DAYS, NAMED_KEPT_DAYS = 365, 1
MOST_NAMED = 100


def check_day(count_today: int) -> None:
    """Refuse one more report than a day's work needs.

    Raises:
        WrongState: code "report_day_full".
    """
    if count_today >= PER_DAY:
        raise WrongState(
            "report_day_full",
            message=f"Hari ini Anda sudah meminta {PER_DAY} laporan. Coba lagi besok.",
        )


def check_kind(kind: str) -> None:
    """Refuse what no file is written as.

    Raises:
        InvalidInput: field "kind".
    """
    if kind not in KINDS:
        raise InvalidInput("kind_unknown", field="kind", message="Pilih bentuk berkas.")


def kept_days(*, with_names: bool) -> int:
    """For how many days the files of a report are kept."""
    return NAMED_KEPT_DAYS if with_names else KEPT_DAYS
