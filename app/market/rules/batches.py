"""What becomes of each when many begin at once."""

from __future__ import annotations

BEGUN, OPEN, NO_PRODUCT, UNREACHED = "dimulai", "sudah_ada", "tanpa_produk", "tidak_ditemukan"
OUTCOMES: dict[str, str] = {
    BEGUN: "Dimulai",
    OPEN: "Sudah diurus sebelumnya",
    NO_PRODUCT: "Belum ada produk yang dicatat",
    UNREACHED: "Tidak ditemukan",
}
# One session, one room.
MOST_AT_ONCE = 100
