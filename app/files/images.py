"""From an uploaded file to a plain JPEG of ours: the only place that decodes foreign images."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

from app.files.rules import (
    JPEG_QUALITY,
    LONGEST_SIDE,
    MAX_JPEG_PIXELS,
    MAX_PLAIN_BYTES,
    MAX_UPLOAD_BYTES,
    THUMBNAIL_SIDE,
    check_pixels,
    is_heic,
    is_heic_refusal,
    is_plain_jpeg,
    not_a_photo,
    too_large,
)

# Only these decoders ever see an upload, whatever its name or its browser say it is.
FORMATS = ("JPEG", "PNG", "WEBP")
# The library's own alarm for images that unpack beyond all measure; it rings at twice this size.
Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS

# What the decoders raise on hostile or broken input.
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, struct.error)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedPhoto:
    """A photo as it will be stored, with its small variant for lists; both JPEG.

    `fingerprint` is how the picture looks, as 16 hex digits.
    """

    content: bytes
    thumbnail: bytes
    width: int
    height: int
    fingerprint: str


def encode_photo(stream: BinaryIO) -> EncodedPhoto:
    """Decode an upload and encode it anew, upright, at most 1600 pixels, without metadata.

    Raises:
        InvalidInput: no JPEG, PNG or WebP, broken, or beyond the limits of bytes and pixels.
    """
    upload = stream.read(MAX_UPLOAD_BYTES + 1)
    if len(upload) > MAX_UPLOAD_BYTES:
        raise too_large()
    if is_heic(upload[:12]):
        raise is_heic_refusal()
    try:
        return _encoded(upload)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large() from error
    except _BROKEN as error:
        raise not_a_photo() from error


def plain_photo(content: bytes) -> EncodedPhoto | None:
    """A photo that may stay byte for byte as it came: a whole JPEG of ours to be, with nothing
    but its pixels. None for every other file; `encode_photo` makes a photo of it, or refuses."""
    if len(content) > MAX_PLAIN_BYTES or not is_plain_jpeg(content):
        return None
    try:
        with Image.open(BytesIO(content), formats=("JPEG",)) as image:
            if max(image.size) > LONGEST_SIDE or image.mode not in ("RGB", "L"):
                return None
            image.load()
            small = _plain(image)
    except (Image.DecompressionBombError, *_BROKEN):
        return None
    width, height = small.size
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return EncodedPhoto(
        content=content,
        thumbnail=_jpeg(small),
        width=width,
        height=height,
        fingerprint=_fingerprint(small),
    )


def _encoded(upload: bytes) -> EncodedPhoto:
    with Image.open(BytesIO(upload), formats=FORMATS) as image:
        kind = image.format or ""
        check_pixels(
            image.width, image.height, kind, is_progressive=bool(image.info.get("progressive"))
        )
        if kind == "JPEG":
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(image)
    plain = _plain(upright)
    small = plain.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return EncodedPhoto(
        content=_jpeg(plain),
        thumbnail=_jpeg(small),
        width=plain.width,
        height=plain.height,
        fingerprint=_fingerprint(small),
    )


def _fingerprint(image: Image.Image) -> str:
    """The difference hash: 64 bits, each whether a spot is brighter than the one to its right.

    The same picture gives nearly the same bits after resizing, another quality or a slight cut.
    """
    tones = image.convert("L").resize((9, 8), Image.Resampling.LANCZOS).tobytes()
    bits = 0
    for place, tone in enumerate(tones):
        if place % 9 < 8:
            bits = bits << 1 | (tone > tones[place + 1])
    return f"{bits:016x}"


def _plain(image: Image.Image) -> Image.Image:
    """The pixels alone, on white where they were transparent."""
    # A new image carries nothing over: no EXIF, position, comment, profile or hidden text.
    plain = Image.new("RGB", image.size, "white")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        plain.paste(layer, mask=layer.getchannel("A"))
    else:
        plain.paste(image.convert("RGB"))
    return plain


def _jpeg(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return buffer.getvalue()
