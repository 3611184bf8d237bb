"""What another office sees of a referral, without an account: that one referral and no more.

The code travels behind the `#` of the link, which browsers send to nobody: neither this server's
logs, nor a proxy's, nor the next site learn it. The first page takes it out of the address (or
it is typed there) and sends it in the body of a form.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import open_to_all
from app.core.errors import NotFound, WrongState
from app.interventions import queries, services
from app.interventions.forms import AcceptForm, CodeForm, DeclineForm, OutcomeForm
from app.interventions.routes.blueprint import blueprint
from app.interventions.routes.steps import attempt
from app.web.forms import BaseForm

_KEY = "rujukan"


@blueprint.get("/rujukan")
@open_to_all
def guest() -> ResponseReturnValue:
    """The door of a link."""
    return render_template("interventions/guest_door.html", form=CodeForm())


@blueprint.post("/rujukan")
@open_to_all
def guest_enter() -> ResponseReturnValue:
    """Take the code of a link."""
    form = CodeForm()
    session.pop(_KEY, None)
    if not form.validate():
        return render_template("interventions/guest_door.html", form=form), 422
    try:
        key = services.open_link(code=form.code.data or "", address=request.remote_addr or "")
    except WrongState:
        return render_template("interventions/guest_wait.html"), 429
    if key is None:
        return _closed()
    session[_KEY] = key
    return redirect(url_for(".guest_referral"), code=303)


@blueprint.get("/rujukan/isi")
@open_to_all
def guest_referral() -> ResponseReturnValue:
    """The referral that the guest was sent."""
    found = _referral()
    if found is None:
        return _closed()
    return render_template("interventions/guest.html", referral=found, **_forms())


@blueprint.post("/rujukan/isi/terima")
@open_to_all
def guest_accept() -> ResponseReturnValue:
    """Take it on."""
    form = AcceptForm(prefix="terima")
    return _answer(
        "accepting",
        form,
        lambda: services.accept(key=_key(), person=form.person.data or ""),
        "Terima kasih. Nama dan kontak pemilik tampil di bawah.",
    )


@blueprint.post("/rujukan/isi/tolak")
@open_to_all
def guest_decline() -> ResponseReturnValue:
    """Do not take it on."""
    form = DeclineForm(prefix="tolak")
    return _answer(
        "declining",
        form,
        lambda: services.decline(
            key=_key(), person=form.person.data or "", reason=form.reason.data or ""
        ),
        "Terima kasih atas jawabannya. Dinas akan mencari jalan lain.",
    )


@blueprint.post("/rujukan/isi/hasil")
@open_to_all
def guest_finish() -> ResponseReturnValue:
    """Tell what came of it."""
    form = OutcomeForm(prefix="hasil")
    return _answer(
        "finishing",
        form,
        lambda: services.finish(
            key=_key(),
            person=form.person.data or "",
            result=form.result.data or "",
            result_note=form.result_note.data,
        ),
        "Terima kasih. Hasilnya sudah tercatat dalam rencana usaha ini.",
    )


@blueprint.post("/rujukan/tutup")
@open_to_all
def guest_leave() -> ResponseReturnValue:
    """Leave the referral, on a computer that others use."""
    session.pop(_KEY, None)
    return redirect(url_for(".guest"), code=303)


def _answer(
    name: str, form: BaseForm, save: Callable[[], object], thanks: str
) -> ResponseReturnValue:
    try:
        status = attempt(form, save)
    except NotFound:
        return _closed()
    if status is None:
        flash(thanks, "success")
        return redirect(url_for(".guest_referral"), code=303)
    found = _referral()
    if found is None:
        return _closed()
    forms = {**_forms(), name: form}
    return render_template("interventions/guest.html", referral=found, **forms), status


def _forms() -> dict[str, BaseForm]:
    return {
        "accepting": AcceptForm(formdata=None, prefix="terima"),
        "declining": DeclineForm(formdata=None, prefix="tolak"),
        "finishing": OutcomeForm(formdata=None, prefix="hasil"),
    }


def _key() -> str:
    key = session.get(_KEY)
    return key if isinstance(key, str) else ""


def _referral() -> queries.GuestView | None:
    row = queries.live_referral(_key()) if _key() else None
    return None if row is None else queries.guest_view(row)


def _closed() -> ResponseReturnValue:
    """The one answer to a code that opens nothing, whatever the reason."""
    session.pop(_KEY, None)
    return render_template("interventions/guest_closed.html"), 404
