"""Names of the array types that the simulator passes around."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SmallInts = NDArray[np.int8]
Bools = NDArray[np.bool_]
AnyArray = NDArray[Any]
