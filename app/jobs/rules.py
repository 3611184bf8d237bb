"""The states of a job and what is said about them."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.errors import PulihError

WAITING = "waiting"
RUNNING = "running"
DONE = "done"
FAILED = "failed"
STATES = (WAITING, RUNNING, DONE, FAILED)
UNFINISHED = (WAITING, RUNNING)

STATE_LABELS = {
    WAITING: "Menunggu giliran",
    RUNNING: "Sedang dikerjakan",
    DONE: "Selesai",
    FAILED: "Gagal",
}

# Errors that may pass by themselves (a lost connection, a locked file) are tried this often.
MAX_TRIES = 3
# A job that takes the worker down with it must not do so for ever.
MAX_STARTS = 5

# The longest take minutes; what takes hours will never end, and keeps its place from others.
LONGEST_SECONDS = 3 * 3600

# Jobs whose feature gave no wording are shown under this one.
_UNTITLED = "Pekerjaan"
_TITLES: dict[str, str] = {}

GAVE_UP = (
    "Pekerjaan ini berhenti di tengah jalan berkali-kali, jadi tidak diulang lagi. "
    "Beri tahu admin dan sebutkan nomor pekerjaan di halaman ini."
)
BROKEN = (
    "Pekerjaan ini terhenti karena gangguan pada sistem. Coba lagi; kalau tetap gagal, "
    "beri tahu admin dan sebutkan nomor pekerjaan di halaman ini."
)
TOO_BIG = (
    "Pekerjaan ini butuh memori lebih dari yang ada di server. Ulangi dengan bagian yang lebih "
    "kecil (wilayah, masa, atau berkas); kalau tetap gagal, beri tahu admin."
)
TOO_LONG = (
    "Pekerjaan ini berjalan terlalu lama, jadi dihentikan. Ulangi dengan bagian yang lebih kecil; "
    "kalau tetap gagal, beri tahu admin dan sebutkan nomor pekerjaan di halaman ini."
)


def register_titles(titles: Mapping[str, str]) -> None:
    """Give jobs the Indonesian title of their page ("enterprises.import": "Impor usaha")."""
    _TITLES.update(titles)


def job_title(name: str) -> str:
    """The title of the page of the jobs called `name`."""
    return _TITLES.get(name, _UNTITLED)


def failure_message(error: BaseException) -> str:
    """What to tell people about an error: a refusal's own text, or that the system failed."""
    if isinstance(error, PulihError) and error.message:
        return error.message
    return TOO_BIG if isinstance(error, MemoryError) else BROKEN


def done_share(done: int, total: int) -> int:
    """How much is done, in whole percent rounded down, 0 to 100; 0 when the total is unknown."""
    if total <= 0:
        return 0
    return max(0, min(100, done * 100 // total))
