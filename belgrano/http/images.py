"""Pictures from outside: looked at, made small and written anew, on one thread of their own.

What comes out is ours to the last byte: no EXIF, no place, no comment, no second format hidden behind the first.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from belgrano.database.work import Unavailable
from belgrano.later import Later

if TYPE_CHECKING:
    from PIL import Image, ImageCms, ImageOps
else:
    Image = Later("PIL.Image")
    ImageCms, ImageOps = Later("PIL.ImageCms"), Later("PIL.ImageOps")

FORMATS = ("JPEG", "PNG", "WEBP")
JPEGS = ("JPEG", "MPO")  # a JPEG with others behind it, as phones write their photos now, is an MPO
MOST_PIXELS = 25_000_000
MOST_PASSES = 40  # of a progressive JPEG, which has ten; each draws the whole picture again
PHOTO_SIDE, PHOTO_BYTES = 1280, 250_000
DRAWING_SIDE, DRAWING_BYTES = 800, 60_000
# The best comes first. Slower settings make files a tenth smaller and hold the thread ten times as long.
KINDS: Mapping[str, Mapping[str, object]] = {
    "avif": {"quality": 60, "speed": 9, "max_threads": 1},
    "webp": {"quality": 76, "method": 2},
    "jpeg": {"quality": 80, "optimize": True, "progressive": True},
}
_QUEUE = 32
_pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="images")  # one big picture in memory at a time
_waiting = 0
T = TypeVar("T")


class BadImage(ValueError):
    """Not a picture that we take; its text is for people."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """A picture in several sizes and all KINDS; `width` and `height` in px of the largest, `digest` of its pixels.

    `files` has the bytes by the longer side that was asked for, and the kind.
    """

    digest: str
    width: int
    height: int
    files: Mapping[tuple[int, str], bytes]


async def clean_photo(data: bytes) -> bytes:
    """A photo as JPEG, upright, 1280 px at its longer side and 250 kB at most. Raises BadImage, Unavailable."""
    return await _off_the_loop(lambda: _photo(data))


async def clean_drawing(data: bytes) -> bytes:
    """A line drawing as PNG in 16 greys, 800 px and 60 kB at most. Raises BadImage, Unavailable."""
    return await _off_the_loop(lambda: _drawing(data))


async def clean_sizes(data: bytes, sides: Sequence[int]) -> Sizes:
    """A photo, upright, in each of these sizes (px of the longer side) where it is as large, and never enlarged.

    Each file is a turn of its own on the thread, so that others come in between. Raises BadImage, Unavailable.
    """
    largest, *smaller = await _off_the_loop(lambda: _each_size(data, sorted(sides, reverse=True)))
    files: dict[tuple[int, str], bytes] = {}
    for side, picture in (largest, *smaller):
        for kind, how in KINDS.items():
            files[side, kind] = await _off_the_loop(partial(_written, picture, kind.upper(), **how))
    picture = largest[1]
    digest = await _off_the_loop(lambda: hashlib.sha256(repr(picture.size).encode() + picture.tobytes()).hexdigest())
    return Sizes(digest[:32], picture.width, picture.height, files)


def _each_size(data: bytes, sides: Sequence[int]) -> list[tuple[int, Image.Image]]:
    """The picture at each side, the largest first; each is made of the one before."""
    made = [(sides[0], _small(data, sides[0]))]
    for side in sides[1:]:
        picture = made[-1][1].copy()
        picture.thumbnail((side, side))
        made.append((side, picture))
    return made


def _photo(data: bytes) -> bytes:
    picture = _small(data, PHOTO_SIDE)
    return _first_that_fits(
        PHOTO_BYTES,
        (
            _written(picture if scale == 1 else _scaled(picture, scale), "JPEG", quality=quality, optimize=True)
            for scale in (1, 0.5, 0.25)
            for quality in (80, 65, 50)
        ),
    )


def _drawing(data: bytes) -> bytes:
    picture = _small(data, DRAWING_SIDE).convert("L")
    return _first_that_fits(
        DRAWING_BYTES,
        (_written(_scaled(picture, scale).quantize(16), "PNG", optimize=True) for scale in (1, 0.6, 0.3)),
    )


def _small(data: bytes, side: int) -> Image.Image:
    """The picture, upright, on white, in RGB. Its size is checked before a pixel of it is unpacked, and whatever copies
    it copies it small."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            # Only a JPEG unpacks at a fraction of its size; a WebP of 25 megapixels takes 400 MB.
            most = MOST_PIXELS if opened.format in JPEGS else MOST_PIXELS // 2
            if opened.width * opened.height > most:
                raise BadImage(f"La imagen es demasiado grande: hasta {most // 1_000_000} megapíxeles.")
            if opened.format in JPEGS and data.count(b"\xff\xda") > MOST_PASSES:
                raise BadImage("La imagen tiene demasiadas pasadas. Sacá la foto de nuevo.")
            opened.draft("RGB", (side, side))
            picture = _scalable(opened)
            picture.thumbnail((side, side))
            picture = _in_srgb(picture)
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
            white = Image.new("RGB", upright.size, "white")
            white.paste(upright, mask=upright.getchannel("A"))
            return white
    except BadImage:
        raise
    except Image.DecompressionBombError:
        raise BadImage(f"La imagen es demasiado grande: hasta {MOST_PIXELS // 1_000_000} megapíxeles.") from None
    except Exception:  # whatever a decoder may say of bytes that somebody made up
        raise BadImage("No es una foto que se pueda abrir: tiene que ser JPEG, PNG o WebP.") from None


def _scalable(opened: Image.Image) -> Image.Image:
    """The picture in a mode that can be scaled: palettes and the like cannot, and 16 bits of grey become white."""
    if opened.mode in {"RGB", "RGBA", "L", "LA", "CMYK"}:
        return opened
    if opened.mode.startswith("I"):
        return opened.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    return opened.convert("RGBA")


def _in_srgb(picture: Image.Image) -> Image.Image:
    """The picture in the colours of screens. Phones save wider ones, which look pale once their profile is gone."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "CMYK"}:
        return picture
    try:
        own, screen = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(picture, own, screen, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):  # a profile that somebody made up
        return picture
    assert converted is not None  # noqa: S101  (it is None in place only)
    converted.info = {**picture.info, "icc_profile": None}
    return converted


def _scaled(picture: Image.Image, scale: float) -> Image.Image:
    return picture.resize((max(1, int(picture.width * scale)), max(1, int(picture.height * scale))))


def _written(picture: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    picture.info = {}
    picture.save(out, kind, **how)
    return out.getvalue()


def _first_that_fits(limit: int, tries: Iterator[bytes]) -> bytes:
    for made in tries:
        if len(made) <= limit:
            return made
    raise BadImage("La imagen no se pudo achicar lo suficiente.")


async def _off_the_loop(work: Callable[[], T]) -> T:
    global _waiting
    if _waiting >= _QUEUE:
        raise Unavailable("too many pictures waiting")
    _waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_pool, work)
    finally:
        _waiting -= 1
