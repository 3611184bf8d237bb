"""What owners tell the office from their own page, and what it answered."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.health.rules.disputes import ANSWER_DAYS as OBJECTION_DAYS
from app.mentoring.queries.confirmations import asked_visits
from app.portal.forms import HelpForm
from app.portal.queries import messages as queries
from app.portal.queries.own_enterprises import own_enterprises
from app.portal.rules.messages import (
    ABSENT,
    ANSWER_DAYS,
    DENIED,
    HELP,
    OBJECTION_REASONS,
    TOPIC_LABELS,
)
from app.portal.services import messages as services
from app.portal.services.confirming import confirm_visit
from app.web.access import current_account_id, current_scope, requires
from app.web.errors import status_of

blueprint = Blueprint("own_help", __name__, template_folder="../templates")
_OBJECTION = "keberatan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of word to the office, as its page shows it."""

    heading: str
    question: str
    note: str
    days: int
    topics: dict[str, str]


KINDS = {
    "minta": Kind(
        heading="Minta bantuan",
        question="Perlu bantuan apa?",
        note="Pesan ini dibaca petugas kantor.",
        days=ANSWER_DAYS[HELP],
        topics=TOPIC_LABELS[HELP],
    ),
    "pendamping": Kind(
        heading="Pendamping tidak datang",
        question="Apa yang terjadi?",
        note="Pendamping tidak melihat pesan ini.",
        days=ANSWER_DAYS[ABSENT],
        topics={key: label for key, label in TOPIC_LABELS[ABSENT].items() if key != DENIED},
    ),
    _OBJECTION: Kind(
        heading="Keberatan atas penilaian",
        question="Apa yang kurang pas?",
        note="Petugas lain yang memeriksa. Pendamping tidak melihatnya.",
        days=OBJECTION_DAYS,
        topics=OBJECTION_REASONS,
    ),
}
_STORED = {"minta": HELP, "pendamping": ABSENT}


@blueprint.get("/saya/bantuan")
@requires(Permission.OWN_PAGE)
def home() -> ResponseReturnValue:
    """The three words to the office, and what was answered."""
    scope = current_scope()
    return render_template(
        "portal/help.html",
        kinds=KINDS,
        lines=queries.own_lines(scope),
        new=queries.new_answer_count(scope),
        visits=asked_visits(scope),
    )


@blueprint.get("/saya/bantuan/<string(maxlength=12):name>")
@requires(Permission.OWN_PAGE)
def write(name: str) -> ResponseReturnValue:
    """What an owner can say, one tap each."""
    return _page(name, _form(_kind(name), is_posted=False))


@blueprint.post("/saya/bantuan/<string(maxlength=12):name>")
@requires(Permission.OWN_PAGE)
def send(name: str) -> ResponseReturnValue:
    """Send it to the office."""
    form = _form(_kind(name), is_posted=True)
    if not form.validate_on_submit():
        return _page(name, form), 422
    try:
        with transaction():
            _send(name, form)
    except PulihError as refusal:
        form.add_errors(refusal)
        return _page(name, form), status_of(refusal)
    flash("Terkirim ke petugas. Jawabannya muncul di sini.", "success")
    return redirect(url_for(".home"), code=303)


@blueprint.post("/saya/bantuan/dibaca")
@requires(Permission.OWN_PAGE)
def read() -> ResponseReturnValue:
    """Note that the answers were read."""
    with transaction():
        services.mark_read(scope=current_scope())
    return redirect(url_for(".home"), code=303)


@blueprint.post("/saya/kunjungan/<uuid:visit_id>")
@requires(Permission.OWN_PAGE)
def visited(visit_id: UUID) -> ResponseReturnValue:
    """Keep whether somebody came."""
    word = request.form.get("datang")
    if word not in ("ya", "tidak"):
        abort(400)
    with transaction():
        confirm_visit(
            scope=current_scope(),
            by=current_account_id(),
            visit_id=visit_id,
            has_come=word == "ya",
        )
    flash("Terima kasih. Jawaban tersimpan.", "success")
    where = ".home" if request.form.get("dari") == "bantuan" else "portal.home"
    return redirect(url_for(where), code=303)


def _kind(name: str) -> Kind:
    if name not in KINDS:
        abort(404)
    return KINDS[name]


def _form(kind: Kind, *, is_posted: bool) -> HelpForm:
    own = own_enterprises(current_scope())
    asked = request.args.get("usaha", "")
    chosen = [str(one.id) for one in own if len(own) == 1 or str(one.id) == asked]
    known = {"enterprise_id": chosen[0]} if chosen else {}
    form = HelpForm(data=known) if is_posted else HelpForm(formdata=None, data=known)
    form.enterprise_id.offer([(str(one.id), one.name) for one in own])
    form.topic.offer(list(kind.topics.items()))
    form.topic.label.text = kind.question
    return form


def _send(name: str, form: HelpForm) -> None:
    enterprise_id, words = UUID(form.enterprise_id.data or ""), form.words.data or ""
    if name == _OBJECTION:
        services.object_to_assessment(
            scope=current_scope(),
            by=current_account_id(),
            enterprise_id=enterprise_id,
            reason=form.topic.data or "",
            words=words,
            key=form.key,
        )
        return
    services.send_message(
        scope=current_scope(),
        by=current_account_id(),
        enterprise_id=enterprise_id,
        kind=_STORED[name],
        topic=form.topic.data or "",
        words=words,
        key=form.key,
    )


def _page(name: str, form: HelpForm) -> str:
    return render_template("portal/help_form.html", name=name, kind=KINDS[name], form=form)
