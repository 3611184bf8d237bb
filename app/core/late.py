"""Libraries that are loaded when they are first used, because few processes ever use them."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType


def late(name: str) -> ModuleType:
    """The module of this name; its code runs when something of it is first asked for.

    For libraries outside this project alone: what we import of our own stands at the top of a
    file, where the import contracts see it. tests/architecture names those that are late.

    Raises:
        ModuleNotFoundError: there is none of this name.
    """
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name)
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
