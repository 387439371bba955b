"""Real pictures for tests, made by Pillow."""

import io
import random

from PIL import Image


def jpeg(width: int = 640, height: int = 480, *, noise: bool = False, **more: object) -> bytes:
    """A photo; with noise it compresses as badly as a street at night does."""
    if noise:
        picture = Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))
    else:
        picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    return written(picture, "JPEG", quality=85, **more)


def signature() -> bytes:
    """A line on a transparent ground, as a canvas gives it."""
    picture = Image.new("RGBA", (600, 300), (0, 0, 0, 0))
    for n in range(500):
        picture.putpixel((50 + n, 150 + (n * 37) % 60), (10, 10, 10, 255))
    return written(picture, "PNG")


def written(picture: Image.Image, kind: str, **more: object) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()
