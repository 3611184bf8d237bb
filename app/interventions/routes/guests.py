"""What another office sees of a referral, without an account: that one referral and no more.

The code travels behind the `#` of the link, which browsers send to nobody: neither this server's
logs, nor a proxy's, nor the next site learn it. The first page takes it out of the address (or
it is typed there) and sends it in the body of a form.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import open_to_all
from app.core.errors import NotFound, WrongState
from app.interventions import queries, services
from app.interventions.forms import AcceptForm, CodeForm, DeclineForm, OutcomeForm
from app.interventions.routes.blueprint import blueprint
from app.interventions.routes.steps import attempt
from app.web.forms import BaseForm

# The referrals that were opened in this browser, each with its key, the one last seen at the end.
# An office may have several at hand; each answer says on which page it was given.
_KEYS = "rujukan"
_MOST_KEYS = 8


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
    if not form.validate():
        return render_template("interventions/guest_door.html", form=form), 422
    try:
        key = services.open_link(code=form.code.data or "", address=request.remote_addr or "")
    except WrongState:
        return render_template("interventions/guest_wait.html"), 429
    found = _referral(key or "")
    if key is None or found is None:
        return _closed()
    _remember(found.id, key)
    return redirect(url_for(".guest_referral"), code=303)


@blueprint.get("/rujukan/isi")
@open_to_all
def guest_referral() -> ResponseReturnValue:
    """The referral that the guest was sent."""
    found = _referral(_last_key())
    if found is None:
        return _closed()
    return render_template("interventions/guest.html", referral=found, **_forms(found))


@blueprint.post("/rujukan/isi/terima")
@open_to_all
def guest_accept() -> ResponseReturnValue:
    """Take it on."""
    form = AcceptForm(prefix="terima")
    return _answer(
        "accepting",
        form,
        lambda: services.accept(key=_key(form), person=form.person.data or ""),
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
            key=_key(form), person=form.person.data or "", reason=form.reason.data or ""
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
            key=_key(form),
            person=form.person.data or "",
            result=form.result.data or "",
            result_note=form.result_note.data,
        ),
        "Terima kasih. Hasilnya sudah tercatat dalam rencana usaha ini.",
    )


@blueprint.post("/rujukan/tutup")
@open_to_all
def guest_leave() -> ResponseReturnValue:
    """Leave every referral, on a computer that others use."""
    session.pop(_KEYS, None)
    return redirect(url_for(".guest"), code=303)


def _answer(
    name: str, form: AcceptForm, save: Callable[[], object], thanks: str
) -> ResponseReturnValue:
    key = _key(form)
    try:
        status = attempt(form, save)
    except NotFound:
        return _closed()
    found = _referral(key)
    if found is None:
        return _closed()
    _remember(found.id, key)
    if status is None:
        flash(thanks, "success")
        return redirect(url_for(".guest_referral"), code=303)
    forms = {**_forms(found), name: form}
    return render_template("interventions/guest.html", referral=found, **forms), status


def _forms(found: queries.GuestView) -> dict[str, BaseForm]:
    shown = {"referral": str(found.id)}
    return {
        "accepting": AcceptForm(formdata=None, prefix="terima", data=shown),
        "declining": DeclineForm(formdata=None, prefix="tolak", data=shown),
        "finishing": OutcomeForm(formdata=None, prefix="hasil", data=shown),
    }


def _keys() -> list[tuple[str, str]]:
    kept = session.get(_KEYS)
    return [(name, key) for name, key in kept] if isinstance(kept, list) else []


def _last_key() -> str:
    return next((key for _, key in reversed(_keys())), "")


def _key(form: AcceptForm) -> str:
    """The key of the referral that stood on the page, not of one that was opened since."""
    referral_id = str(form.referral.data or "")
    return dict(_keys()).get(referral_id, "") if referral_id else _last_key()


def _remember(referral_id: UUID, key: str) -> None:
    others = [one for one in _keys() if one[0] != str(referral_id)]
    session[_KEYS] = [*others, (str(referral_id), key)][-_MOST_KEYS:]


def _referral(key: str) -> queries.GuestView | None:
    row = queries.live_referral(key) if key else None
    return None if row is None else queries.guest_view(row)


def _closed() -> ResponseReturnValue:
    """The one answer to a code that opens nothing, whatever the reason."""
    return render_template("interventions/guest_closed.html"), 404
