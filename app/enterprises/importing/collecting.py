"""How often Python looks for garbage while an import runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects made before the youngest are looked through; by default 700.
_SELDOM = (50_000, 20, 100)


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for garbage seldom: an import makes millions of objects, hardly any in circles.

    Looking through them again and again took an eighth of its time.
    """
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
