"""Refusals and faults as pages, in one place.

A page never tells more than the person may know: an unknown id and a foreign one give the same
answer, and a fault shows no trace. Callers that ask for JSON get code and text as JSON.
"""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    current_app,
    g,
    jsonify,
    make_response,
    render_template,
    request,
)
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, SecurityError

from app.core.errors import (
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    PulihError,
    WrongState,
)
from app.db import db
from app.db.schema import SchemaStale
from app.web.access import is_for_program
from app.web.database_errors import Trouble, trouble_of
from app.web.overdue import RAN_SHORT
from app.web.schema import found_stale

_log = logging.getLogger("pulih.web")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What an error page says: what happened, and what to do.

    `back` is the wording of a link to the page from which was sent; without it one goes home.
    """

    title: str
    advice: str
    back: str = ""


_FACES = {
    400: Face(
        title="Permintaan tidak dapat dibaca",
        advice="Kembali ke halaman sebelumnya, lalu coba lagi.",
    ),
    # Only what was sent is answered so; who opens a page is led to the log-in page and back.
    401: Face(
        title="Anda perlu masuk lagi",
        advice="Anda sudah keluar, atau lama tidak memakai halaman ini. Isian yang baru dikirim "
        "belum tersimpan. Masuk lagi, lalu kirim dari halaman yang sama.",
        back="Masuk lagi",
    ),
    403: Face(
        title="Anda tidak berhak membuka halaman ini",
        advice="Bila tugas Anda memerlukannya, minta hak akses kepada admin Disnaker.",
    ),
    404: Face(
        title="Halaman tidak ditemukan",
        advice="Periksa alamatnya, atau cari dari menu. "
        "Mungkin data ini tidak ada, atau di luar wilayah Anda.",
    ),
    405: Face(
        title="Halaman ini tidak dapat dibuka langsung",
        advice="Kembali ke halaman sebelumnya, lalu pakai tombol di sana.",
    ),
    409: Face(
        title="Data sudah berubah",
        advice="Buka lagi halaman sebelumnya untuk melihat keadaan terbaru, lalu ulangi.",
    ),
    413: Face(
        title="Berkas terlalu besar",
        advice="Perkecil atau bagi berkasnya, lalu kirim lagi.",
    ),
    415: Face(
        title="Jenis berkas ini tidak diterima",
        advice="Kirim berkas dengan jenis yang diminta di halaman itu.",
    ),
    422: Face(
        title="Isian belum benar",
        advice="Kembali ke halaman sebelumnya, perbaiki isiannya, lalu kirim lagi.",
    ),
    429: Face(
        title="Terlalu banyak percobaan",
        advice="Tunggu beberapa menit, lalu coba lagi.",
    ),
    500: Face(
        title="Terjadi gangguan pada sistem",
        advice="Tidak ada data yang tersimpan setengah. Coba lagi; bila tetap gagal, "
        "beri tahu admin kapan ini terjadi.",
    ),
    503: Face(
        title="Sistem sedang sibuk",
        advice="Tunggu beberapa detik, lalu coba lagi. Isian yang baru dikirim belum tersimpan.",
    ),
}
# What page, which status, and after how many seconds it makes sense to try again.
_TROUBLES = {
    Trouble.BUSY: (503, 5, _FACES[503]),
    Trouble.TURN: (503, 5, _FACES[503]),
    Trouble.GONE: (
        503,
        10,
        Face(
            title="Basis data sedang tidak dapat dihubungi",
            advice="Tunggu sebentar, lalu coba lagi. Isian yang baru dikirim belum tersimpan. "
            "Bila tetap gagal, beri tahu admin.",
        ),
    ),
    Trouble.FULL: (
        507,
        300,
        Face(
            title="Tempat penyimpanan penuh",
            advice="Isian yang baru dikirim belum tersimpan. Data yang sudah ada aman dan dapat "
            "dibaca. Beri tahu admin.",
        ),
    ),
}
_NO_MEMORY = Face(
    title="Permintaan ini terlalu besar untuk server",
    advice="Tidak ada data yang tersimpan setengah. Persempit pilihannya (wilayah atau masa yang "
    "lebih kecil), lalu coba lagi. Bila tetap gagal, beri tahu admin.",
)
_NO_MEMORY_RETRY_SECONDS = 30
_STALE = Face(
    title="Sistem sedang diperbarui",
    advice="Tunggu beberapa menit, lalu coba lagi. Isian yang baru dikirim belum tersimpan.",
)
_STALE_RETRY_SECONDS = 60
# How often a request that had to give way to another is run again.
_MOST_TURNS = 3
_EXPIRED = Face(
    title="Halaman ini terlalu lama terbuka",
    advice="Demi keamanan, isian yang terlalu lama terbuka tidak diterima, jadi belum tersimpan. "
    "Muat ulang halamannya, lalu kirim lagi.",
    back="Muat ulang halaman isian",
)
# What the app on a phone is told by a word of its own.
_PROGRAM_CODES = {
    "http_400": "tak_terbaca",
    "http_401": "masuk_lagi",
    "http_413": "terlalu_besar",
    "http_415": "bukan_json",
}
_STATUSES: tuple[tuple[type[PulihError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (InvalidInput, 422),
    (Conflict, 409),
    (WrongState, 409),
)


def status_of(refusal: PulihError) -> int:
    """The HTTP status of a refusal."""
    return next((status for kind, status in _STATUSES if isinstance(refusal, kind)), 400)


def init_errors(app: Flask) -> None:
    """Answer refusals and faults of `app` with pages."""
    app.register_error_handler(PulihError, _answer_refusal)
    app.register_error_handler(CSRFError, _answer_expired)
    app.register_error_handler(SecurityError, _answer_wrong_host)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(SchemaStale, _answer_stale)
    app.register_error_handler(MemoryError, _answer_no_memory)
    app.register_error_handler(Exception, _answer_fault)


def _answer_refusal(refusal: PulihError) -> Response:
    status = status_of(refusal)
    # The reason of a 404 would tell an unknown id from a foreign one.
    message = "" if status == 404 else refusal.message
    code = "not_found" if status == 404 else refusal.code
    return _answer(status, _FACES[status], message=message, code=code, field=refusal.field)


def _answer_expired(_: CSRFError) -> Response:
    if is_for_program():
        return _answer(403, _EXPIRED, code="csrf_expired")
    return _answer(400, _EXPIRED, code="csrf_expired")


def _answer_wrong_host(_: SecurityError) -> Response:
    # Under a host name that is not ours no address can be built, so there is no page either.
    return Response("Alamat situs ini tidak dikenal.\n", 400, mimetype="text/plain")


def _answer_http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400 or error.response is not None:
        return make_response(error.get_response())
    face = _FACES.get(status) or _FACES[400 if status < 500 else 500]
    code = "not_found" if status == 404 else f"http_{status}"
    answer = _answer(status, face, code=code)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            answer.headers[name] = value
    return answer


def _answer_stale(stale: SchemaStale) -> Response:
    _log.error("schema_stale", extra={"present": stale.present})
    answer = _answer(503, _STALE, code="schema_stale")
    answer.headers["Retry-After"] = str(_STALE_RETRY_SECONDS)
    return answer


def _answer_no_memory(error: MemoryError) -> Response:
    # What filled the memory hangs on the frames of the trace: without it there is room to answer.
    where = traceback.extract_tb(error.__traceback__)[-1:]
    traceback.clear_frames(error.__traceback__)
    request.environ[RAN_SHORT] = True
    _log.error("no_memory at %s", where)
    answer = _answer(503, _NO_MEMORY, code="no_memory")
    answer.headers["Retry-After"] = str(_NO_MEMORY_RETRY_SECONDS)
    return answer


def _answer_fault(error: Exception) -> Response:
    trouble = trouble_of(error)
    if trouble is Trouble.TURN and g.setdefault("turns", 0) < _MOST_TURNS:
        return _once_more()
    if trouble is not None:
        return _answer_trouble(trouble, error)
    if isinstance(error, DBAPIError) and (stale := found_stale()):
        return _answer_stale(stale)
    _log.error("fault", exc_info=error)
    return _answer(500, _FACES[500], code="fault")


def _once_more() -> Response:
    """Run the view of this request again, from its beginning.

    Its transaction was rolled back whole, so nothing of the first try is left.
    """
    g.turns += 1
    db.session.rollback()
    for upload in request.files.values():
        upload.stream.seek(0)
    try:
        answer = current_app.dispatch_request()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is answered as the first was.
        answer = current_app.handle_user_exception(error)
    return current_app.make_response(answer)


def _answer_trouble(trouble: Trouble, error: Exception) -> Response:
    status, seconds, face = _TROUBLES[trouble]
    _log.warning("database_%s", trouble.value, exc_info=error)
    answer = _answer(status, face, code=trouble.value)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _answer(
    status: int, face: Face, *, message: str = "", code: str, field: str | None = None
) -> Response:
    if is_for_program():
        told = message or f"{face.title}. {face.advice}"
        body = {"code": _PROGRAM_CODES.get(code, code), "pesan": told, "field": field}
        return make_response(jsonify(body), status)
    if _wants_json():
        body = {"code": code, "message": message or face.title, "field": field}
        return make_response(jsonify(body), status)
    return make_response(_page(status, face, message), status)


def _page(status: int, face: Face, message: str) -> str:
    if status < 500:
        return render_template(
            "errors/refusal.html", face=face, message=message, came_from=_came_from()
        )
    # After a fault the page may not ask the database who is logged in: no context processors.
    return current_app.jinja_env.get_template("errors/fault.html").render(face=face)


def _came_from() -> str:
    """The address on this site from which the request was sent; the front page if unknown."""
    try:
        parts = urlsplit(request.referrer or "")
    except ValueError:
        return "/"
    if parts.netloc != request.host:
        return "/"
    # Two slashes at the beginning would name another site.
    path = "/" + parts.path.lstrip("/\\")
    return f"{path}?{parts.query}" if parts.query else path


def _wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return request.is_json or best == "application/json"
