"""Pictures from outside: only real ones, small, and nothing else in them."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from belgrano.http.images import BadImage, clean_drawing, clean_photo, clean_sizes
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


def with_a_second(photo: bytes) -> bytes:
    """The photo as phones of today write it, a small one behind it that says where it glows; Pillow calls that MPO."""
    out = io.BytesIO()
    opened(photo).save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (400, 300))])
    return out.getvalue()


async def test_a_photo_with_a_second_one_behind_it_is_as_good_as_without() -> None:
    made = await clean_sizes(with_a_second(jpeg(4200, 3100)), (320,))

    assert (made.width, made.height) == (320, 236)


async def test_passes_are_counted_whatever_is_behind_the_photo() -> None:
    photo = with_a_second(jpeg(64, 64, progressive=True))
    assert opened(photo).format == "MPO"
    first = photo.index(b"\xff\xda")
    last = photo.index(b"\xff\xd9", first)
    with pytest.raises(BadImage, match="demasiadas pasadas"):
        await clean_photo(photo[:last] + photo[first:last] * 50 + photo[last:])


SIDES = (320, 640, 1280)


@pytest.mark.parametrize("size", [(2000, 1500), (900, 1600), (500, 300), (1, 1), (1, 3000)])
async def test_a_photo_in_sizes_is_as_large_as_asked_and_never_larger_than_it_was(size: tuple[int, int]) -> None:
    made = await clean_sizes(jpeg(*size), SIDES)

    assert set(made.files) == {(side, kind) for side in SIDES for kind in ("avif", "webp", "jpeg")}
    for (side, kind), data in made.files.items():
        picture = opened(data)
        assert (picture.format or "").lower() == kind
        assert max(picture.size) == min(side, max(size))
    assert opened(made.files[1280, "avif"]).size == (made.width, made.height)


@pytest.mark.parametrize("turn", range(1, 9))
async def test_however_a_camera_was_held_the_photo_stands_upright_and_tells_no_place(turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = turn, "Camara de Rita"
    exif.get_ifd(0x8825)[1] = "S"
    upright = Image.new("RGB", (60, 40), "white")
    upright.paste("red", (0, 0, 30, 20))  # its upper left quarter
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the turn that the camera's own undoes
    held = upright.transpose(Image.Transpose(back[turn])) if turn > 1 else upright

    made = await clean_sizes(written(held, "PNG", exif=exif), SIDES)

    for data in made.files.values():
        picture = opened(data)
        assert picture.size == (60, 40)
        red, green, _ = picture.convert("RGB").getpixel((10, 8))  # type: ignore[misc]
        assert red > 180 and green < 80
        assert dict(picture.getexif()) == {} and b"Rita" not in data


@pytest.mark.parametrize("mode", ["I;16", "CMYK", "1", "P", "LA"])
async def test_unusual_pixels_keep_their_light(mode: str) -> None:
    grey = Image.new("L", (80, 80), 120)
    if mode == "I;16":
        odd = Image.new("I;16", (80, 80), 120 * 256)
    else:
        odd = grey.convert("RGB").convert(mode) if mode == "CMYK" else grey.convert(mode)
    raw = written(odd, "JPEG" if mode == "CMYK" else "PNG")

    made = opened((await clean_sizes(raw, SIDES)).files[320, "jpeg"]).convert("L").resize((1, 1))

    assert abs(int(made.getpixel((0, 0))) - 120) < 12  # type: ignore[arg-type]


async def test_of_what_moves_the_first_picture_is_kept() -> None:
    frames = [Image.new("RGB", (50, 50), colour) for colour in ("red", "blue")]
    for kind in ("WEBP", "PNG"):
        made = await clean_sizes(written(frames[0], kind, save_all=True, append_images=frames[1:]), SIDES)

        picture = opened(made.files[320, "webp"])
        assert getattr(picture, "n_frames", 1) == 1
        assert picture.convert("RGB").getpixel((25, 25))[0] > 200  # type: ignore[index]


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"PK\x03\x04" + b"zip" * 99])
async def test_what_hides_behind_a_photo_does_not_come_along(tail: bytes) -> None:
    made = await clean_sizes(jpeg() + tail, SIDES)

    assert all(tail[:9] not in data for data in made.files.values())
    assert made.digest == (await clean_sizes(jpeg(), SIDES)).digest


async def test_wide_colours_are_brought_to_those_of_screens() -> None:
    """A profile whose red is a screen's green shows best that it is minded."""
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = screen.replace(b"rXYZ", b"....").replace(b"gXYZ", b"rXYZ").replace(b"....", b"gXYZ")
    plain = Image.new("RGB", (64, 64), (200, 60, 60))

    wide = await clean_sizes(written(plain, "JPEG", icc_profile=swapped), SIDES)
    broken = await clean_sizes(written(plain, "JPEG", icc_profile=b"no profile" * 20), SIDES)

    assert opened(wide.files[320, "webp"]).convert("RGB").getpixel((9, 9))[1] > 150  # type: ignore[index]
    assert opened(broken.files[320, "webp"]).convert("RGB").getpixel((9, 9))[0] > 150  # type: ignore[index]
    assert all("icc_profile" not in opened(data).info for data in (*wide.files.values(), *broken.files.values()))
