"""QR codes on pages, drawn by the server."""

import io

import segno
from markupsafe import Markup


def codigo_qr(text: str, title: str) -> Markup:
    """A QR as inline SVG: colours are attributes, so that no policy needs an exception."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, border=3, light="#fff", title=title, svgclass="codigo-qr",
        lineclass=None, omitsize=True,
    )  # fmt: skip
    return Markup(out.getvalue().decode())  # noqa: S704  (segno escapes the title)
