"""Uploads of every kind, friendly and hostile, become a plain JPEG or are refused."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from app.core.errors import InvalidInput
from app.files.images import encode_photo
from app.files.rules import MAX_UPLOAD_BYTES, photo_path


def image_bytes(kind: str = "JPEG", size: tuple[int, int] = (800, 600), **options: object) -> bytes:
    mode = str(options.pop("mode", "RGB"))
    buffer = io.BytesIO()
    Image.new(mode, size, options.pop("colour", "red")).save(buffer, kind, **options)
    return buffer.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels)


def refusal(content: bytes) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        encode_photo(io.BytesIO(content))
    return caught.value


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_jpeg(kind):
    photo = encode_photo(io.BytesIO(image_bytes(kind)))

    assert Image.open(io.BytesIO(photo.content)).format == "JPEG"
    assert (photo.width, photo.height) == (800, 600)


def test_a_large_photo_is_scaled_to_1600_and_320_pixels():
    photo = encode_photo(io.BytesIO(image_bytes(size=(4000, 3000))))

    assert (photo.width, photo.height) == (1600, 1200)
    assert Image.open(io.BytesIO(photo.thumbnail)).size == (320, 240)


def test_position_and_camera_are_removed_and_the_photo_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # Turned a quarter to the right.
    exif[0x010F] = "Kamera"
    exif.get_ifd(0x8825)[2] = (7.0, 25.0, 30.0)
    source = image_bytes(size=(800, 600), exif=exif.tobytes(), comment=b"rumah bu sari")

    photo = encode_photo(io.BytesIO(source))

    stored = Image.open(io.BytesIO(photo.content))
    assert stored.size == (600, 800)
    assert not stored.getexif()
    assert "comment" not in stored.info
    assert b"Kamera" not in photo.content
    assert b"sari" not in photo.content


def test_transparent_parts_become_white():
    source = image_bytes("PNG", size=(40, 40), mode="RGBA", colour=(0, 0, 0, 0))

    photo = encode_photo(io.BytesIO(source))

    assert Image.open(io.BytesIO(photo.content)).getpixel((20, 20)) == (255, 255, 255)


def test_what_hides_behind_a_photo_is_left_out():
    script = b"<script>alert(1)</script>"

    photo = encode_photo(io.BytesIO(image_bytes() + script))

    assert script not in photo.content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"bukan foto",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a" + bytes(60),
        image_bytes("GIF", mode="P", colour=1),
        image_bytes("BMP"),
        image_bytes("TIFF"),
        image_bytes()[:400],
        image_bytes("PNG", size=(300, 300))[:60],
        b"\xff\xd8\xff\xe0" + bytes(200),
        b"%PDF-1.7\n",
        b"PK\x03\x04" + bytes(100),
    ],
    ids=lambda content: repr(content[:8]),
)
def test_what_is_no_photo_is_refused(content):
    error = refusal(content)

    assert error.code == "photo_unreadable"
    assert error.field == "photo"


def test_a_heic_photo_is_refused_with_what_to_do():
    error = refusal(b"\x00\x00\x00\x18ftypheic" + bytes(100))

    assert error.code == "photo_heic"
    assert "JPG" in error.message


@pytest.mark.parametrize("size", [(30_000, 30_000), (5_000, 4_000), (60_000, 700)])
def test_an_image_that_unpacks_beyond_measure_is_refused_before_decoding(size):
    assert refusal(png_that_claims(*size)).code == "photo_too_large"


def test_a_camera_photo_of_40_million_pixels_is_taken():
    source = image_bytes(size=(7300, 5400))

    assert encode_photo(io.BytesIO(source)).width == 1600


def test_an_upload_over_the_limit_is_refused_without_reading_it_all():
    stream = io.BytesIO(bytes(MAX_UPLOAD_BYTES + 5_000_000))

    with pytest.raises(InvalidInput) as caught:
        encode_photo(stream)

    assert caught.value.code == "photo_too_large"
    assert stream.tell() == MAX_UPLOAD_BYTES + 1


def test_a_file_lies_below_the_first_two_digits_of_its_content():
    assert str(photo_path("ab" + "c" * 62)) == "ab/" + "c" * 62 + ".jpg"
