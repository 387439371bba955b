"""Pictures from outside: looked at, made small and written anew, on one thread of their own.

What comes out is ours to the last byte: no EXIF, no place, no comment, no second format hidden behind the first.
"""

import asyncio
import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from PIL import Image, ImageOps

from belgrano.database.work import Unavailable

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 25_000_000
MOST_PASSES = 40  # of a progressive JPEG, which has ten; each draws the whole picture again
PHOTO_SIDE, PHOTO_BYTES = 1280, 250_000
DRAWING_SIDE, DRAWING_BYTES = 800, 60_000
_QUEUE = 32
_pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="images")  # one big picture in memory at a time
_waiting = 0


class BadImage(ValueError):
    """Not a picture that we take; its text is for people."""


async def clean_photo(data: bytes) -> bytes:
    """A photo as JPEG, upright, 1280 px at its longer side and 250 kB at most. Raises BadImage, Unavailable."""
    return await _off_the_loop(_photo, data)


async def clean_drawing(data: bytes) -> bytes:
    """A line drawing as PNG in 16 greys, 800 px and 60 kB at most. Raises BadImage, Unavailable."""
    return await _off_the_loop(_drawing, data)


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
            most = MOST_PIXELS if opened.format == "JPEG" else MOST_PIXELS // 2
            if opened.width * opened.height > most:
                raise BadImage(f"La imagen es demasiado grande: hasta {most // 1_000_000} megapíxeles.")
            if opened.format == "JPEG" and data.count(b"\xff\xda") > MOST_PASSES:
                raise BadImage("La imagen tiene demasiadas pasadas. Sacá la foto de nuevo.")
            opened.draft("RGB", (side, side))
            # Palettes and the like cannot be scaled as they are.
            picture = opened if opened.mode in {"RGB", "RGBA", "L", "LA", "CMYK"} else opened.convert("RGBA")
            picture.thumbnail((side, side))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
            white = Image.new("RGB", upright.size, "white")
            white.paste(upright, mask=upright.getchannel("A"))
            return white
    except BadImage:
        raise
    except Exception:  # whatever a decoder may say of bytes that somebody made up
        raise BadImage("No es una foto que se pueda abrir: tiene que ser JPEG, PNG o WebP.") from None


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


async def _off_the_loop(work: Callable[[bytes], bytes], data: bytes) -> bytes:
    global _waiting
    if _waiting >= _QUEUE:
        raise Unavailable("too many pictures waiting")
    _waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_pool, work, data)
    finally:
        _waiting -= 1
