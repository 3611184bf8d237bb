"""How owners confirm visits themselves."""

from __future__ import annotations

from datetime import timedelta

ON_PAGE, BY_PIN = "halaman", "pin"
WAYS = {ON_PAGE: "di halaman pemilik", BY_PIN: "dengan PIN pemilik di ponsel pendamping"}
# How long after a visit its owner is asked about it.
ASKED_FOR = timedelta(days=60)
# How far a visit moves to the front of the queue of which its owner says that nobody came.
DENIED_WEIGHT = 8
