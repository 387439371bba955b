"""Pictures of products: each in three sizes and three kinds of file, under addresses that never mean anything else."""

from collections.abc import Mapping
from dataclasses import dataclass

LADOS = (320, 640, 1280)  # px of the longer side
FORMATOS = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}  # the smallest first
IMAGENES_MAXIMAS = 8  # of one product


def camino(huella: str, lado: int, formato: str) -> str:
    """The address of one file of a picture."""
    return f"/imagenes/{huella}-{lado}.{formato}"


@dataclass(frozen=True, slots=True)
class Imagen:
    """A picture of a product. `ancho` and `alto` are px of its largest size; one that came small was not enlarged."""

    id: int
    huella: str
    ancho: int
    alto: int

    @property
    def url(self) -> str:
        """Where its largest JPEG is."""
        return camino(self.huella, LADOS[-1], "jpeg")

    def srcset(self, formato: str, hasta: int = LADOS[-1]) -> str:
        """What a browser may choose from, as HTML says it: addresses with their width, no side above `hasta`."""
        mayor, sizes = max(self.ancho, self.alto), []
        for lado in LADOS:
            justo = min(lado, mayor)
            sizes.append(f"{camino(self.huella, lado, formato)} {max(1, self.ancho * justo // mayor)}w")
            if lado >= min(mayor, hasta):
                break
        return ", ".join(sizes)


@dataclass(frozen=True, slots=True)
class ImagenNueva:
    """A picture that is on its way in, cleaned; `archivos` has its bytes by side and kind."""

    huella: str
    ancho: int
    alto: int
    archivos: Mapping[tuple[int, str], bytes]
