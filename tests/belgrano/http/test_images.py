"""Pictures from outside: only real ones, small, and nothing else in them."""

import io
import struct
import zlib

import pytest
from PIL import Image

from belgrano.http.images import BadImage, clean_drawing, clean_photo
from tests.pictures import jpeg, signature, written


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is as large as this."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (200, 100), (1, 1), (5000, 3)])
async def test_a_photo_comes_out_small_and_never_larger_than_it_was(size: tuple[int, int]) -> None:
    made = opened(await clean_photo(jpeg(*size)))

    assert made.format == "JPEG"
    assert max(made.size) == min(1280, max(size))


async def test_a_photo_of_pure_noise_still_fits() -> None:
    assert len(await clean_photo(jpeg(1600, 1200, noise=True))) <= 250_000


async def test_where_and_with_what_it_was_taken_is_gone_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Fotocámara de Rita"
    exif.get_ifd(0x8825)[1] = "S"
    raw = jpeg(640, 480, exif=exif, comment=b"secreto")
    assert b"Rita" in raw or "Fotocámara".encode() in raw

    clean = await clean_photo(raw)

    made = opened(clean)
    assert (made.size, dict(made.getexif())) == ((480, 640), {})
    assert b"secreto" not in clean and b"Rita" not in clean and b"Exif" not in clean


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P"])
async def test_every_kind_that_a_phone_may_send_is_taken(kind: str, mode: str) -> None:
    if (kind, mode) in {("WEBP", "LA"), ("WEBP", "P")}:
        mode = "RGBA"

    assert opened(await clean_photo(written(Image.new(mode, (300, 200)), kind))).mode == "RGB"


async def test_a_signature_is_dark_on_white_and_small() -> None:
    clean = await clean_drawing(signature())

    made = opened(clean).convert("L")
    assert opened(clean).format == "PNG"
    assert (made.size, made.getpixel((0, 0)), len(clean) < 60_000) == ((600, 300), 255, True)
    assert made.getextrema()[0] < 60


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hola",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + bytes(40),
        jpeg()[:300],
        b"\xff\xd8\xff" + bytes(2000),
        written(Image.new("RGB", (20, 20)), "GIF"),
        written(Image.new("RGB", (20, 20)), "TIFF"),
        written(Image.new("RGB", (20, 20)), "BMP"),
        bomb(50_000, 50_000),
        bomb(6_000, 6_000),
        bomb(2_000_000_000, 1),
        bomb(400, 400),
        written(Image.new("1", (4000, 4000)), "PNG"),  # 2 kB that unpack to 16 megapixels, all at once
    ],
    ids=lambda data: repr(data[:8]),
)
async def test_what_is_no_picture_or_a_bomb_is_refused(data: bytes) -> None:
    for clean in (clean_photo, clean_drawing):
        with pytest.raises(BadImage):
            await clean(data)


async def test_a_photo_in_a_thousand_passes_is_refused_before_one_of_them_is_drawn() -> None:
    """Each costs the file 40 bytes and the thread that all photos share a tenth of a second."""
    whole = written(Image.new("RGB", (3000, 3000)), "JPEG", progressive=True)
    last = whole[whole.rfind(b"\xff\xda") : -2]

    with pytest.raises(BadImage):
        await clean_photo(whole[:-2] + last * 1000 + whole[-2:])

    assert await clean_photo(whole)
