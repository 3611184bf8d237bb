"""Where owners come in with their card.

The code travels behind the `#` of the picture on the card, which browsers send to nobody; the page
takes it out of the address (or it is typed there) and sends it in the body of a form.
"""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import TOKEN
from app.accounts.rules import device_name
from app.core.errors import WrongState
from app.portal.forms import EnterForm
from app.portal.services.cards import enter as enter_by_card
from app.web.access import open_to_all

blueprint = Blueprint("card_door", __name__, template_folder="../templates")
_WAIT_SECONDS = 15 * 60


@blueprint.get("/masuk/kartu")
@open_to_all
def door() -> ResponseReturnValue:
    """The door of owners."""
    return render_template("portal/door.html", form=EnterForm(formdata=None))


@blueprint.post("/masuk/kartu")
@open_to_all
def enter() -> ResponseReturnValue:
    """Take the code of a card; every code that opens nothing gets the same answer."""
    form = EnterForm()
    if not form.validate():
        return render_template("portal/door.html", form=form), 422
    try:
        token = enter_by_card(
            code=form.code.data or "",
            address=request.remote_addr or "",
            device=device_name(request.user_agent.string),
        )
    except WrongState:
        answer = make_response(render_template("portal/door_wait.html"), 429)
        answer.headers["Retry-After"] = str(_WAIT_SECONDS)
        return answer
    if token is None:
        return render_template("portal/door.html", form=EnterForm(formdata=None), is_shut=True), 404
    session.clear()
    session[TOKEN] = token
    return redirect(url_for("portal.home"), code=303)
