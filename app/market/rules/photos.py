"""What a picture of a product shows."""

from __future__ import annotations

OF_PRODUCT, BEFORE, AFTER, OF_LABEL = "produk", "kemasan_sebelum", "kemasan_sesudah", "label"
PHOTO_KINDS: dict[str, str] = {
    OF_PRODUCT: "Produk",
    BEFORE: "Kemasan sebelum diperbaiki",
    AFTER: "Kemasan sesudah diperbaiki",
    OF_LABEL: "Label dari dekat",
}
# More pictures of one product help nobody.
MAX_PHOTOS = 20
