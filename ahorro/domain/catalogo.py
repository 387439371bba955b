"""Negocios, sucursales, categorias and productos, and how a product is searched for."""

from dataclasses import dataclass

from ahorro.domain.imagen import Imagen

IVA_GENERAL = 210  # per mille
IVAS = (0, 105, 210)
MEDIDAS = ("g", "ml", "un")
PRECIO_MAXIMO_CENTAVOS = 10_000_000_000
STOCK_MAXIMO = 1_000_000_000  # units, or grams
POCO_STOCK = 5  # units or kilos: from here down a product without a minimum of its own is short


@dataclass(frozen=True, slots=True)
class Negocio:
    """A shop whose products are sold here. `clave` is its name in addresses."""

    id: int
    clave: str
    nombre: str
    descripcion: str
    logo: str | None
    color: str | None


@dataclass(frozen=True, slots=True)
class Sucursal:
    """A branch of a negocio."""

    id: int
    negocio_id: int
    clave: str
    nombre: str
    direccion: str
    telefono: str
    horarios: str


@dataclass(frozen=True, slots=True)
class Categoria:
    """A shelf. `productos` counts what is on sale there, `padre_id` is the one it stands under (None: at the top)."""

    id: int
    clave: str
    nombre: str
    descripcion: str
    icono: str | None
    productos: int = 0
    padre_id: int | None = None


@dataclass(frozen=True, slots=True)
class Producto:
    """What is sold, in centavos. `contenido` is in `medida` (g, ml or un), for the price per kilo or litre.

    `stock` None means that nobody counts it; it is grams of what is sold `por_peso`, whose price is a kilo's. `imagen`
    is a drawing that came with the shop, a path below static/img; `imagenes` are its owner's, the first one first.
    `iva_por_mil` is 210, 105 or 0, `internos_por_mil` the internal taxes. An offer runs from `oferta_desde` until just
    before `oferta_hasta` (ms UTC; None: no end on that side); `oferta_rige` says whether it runs now. `version` counts
    what its owner changed, not what is bought of it.
    """

    id: int
    clave: str
    nombre: str
    descripcion: str
    unidad: str | None
    contenido: int | None
    medida: str | None
    precio_centavos: int
    oferta_centavos: int | None
    stock: int | None
    imagen: str | None
    destacado: bool
    activo: bool
    negocio_id: int
    negocio_nombre: str
    categoria_id: int
    categoria_nombre: str
    iva_por_mil: int
    codigo_barras: str | None = None
    estante: str = ""
    ingredientes: str = ""
    advertencias: str = ""
    por_peso: bool = False
    mayores: bool = False
    internos_por_mil: int = 0
    costo_centavos: int | None = None
    stock_minimo: int | None = None
    oferta_desde: int | None = None
    oferta_hasta: int | None = None
    oferta_rige: bool = True
    version: int = 1
    imagenes: tuple[Imagen, ...] = ()

    @property
    def huella(self) -> str | None:
        """Which picture stands for it in lists; None: none of its owner's."""
        return self.imagenes[0].huella if self.imagenes else None

    @property
    def en_oferta(self) -> bool:
        """Whether it costs less than usual now."""
        return self.oferta_centavos is not None and self.oferta_rige

    @property
    def vigente_centavos(self) -> int:
        """What it costs now: the offer while it runs."""
        if self.oferta_centavos is not None and self.oferta_rige:
            return self.oferta_centavos
        return self.precio_centavos

    @property
    def iva_por_ciento(self) -> int | float:
        """Its rate as people say it: 21, 10.5 or 0."""
        return self.iva_por_mil // 10 if self.iva_por_mil % 10 == 0 else self.iva_por_mil / 10

    @property
    def sin_impuestos_centavos(self) -> int:
        """What it costs now without IVA and internal taxes, to the nearest centavo.

        Ley 27.743 wants it beside the final price. Both rates are of the price without taxes.
        """
        con = 1000 + self.iva_por_mil + self.internos_por_mil
        return (self.vigente_centavos * 2000 + con) // (2 * con)

    @property
    def por_medida_centavos(self) -> int | None:
        """What a kilo, a litre or a unit of it costs now, to the nearest centavo; None when nobody can tell."""
        if self.por_peso:
            return self.vigente_centavos
        if not self.contenido or self.medida is None:
            return None
        base = 1 if self.medida == "un" else 1000
        return (self.vigente_centavos * base + self.contenido // 2) // self.contenido


# What its owner lists: "" is everything.
ESTADOS_DE_FICHA = ("", "activo", "inactivo", "sin_stock", "poco_stock", "sin_foto")


@dataclass(frozen=True, slots=True)
class EnPromocion:
    """What promotions are for, by the ids of categorias, negocios and productos."""

    categorias: tuple[int, ...] = ()
    negocios: tuple[int, ...] = ()
    productos: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Filtro:
    """Which products of those on sale: those with everything that `q` asks for (`domain/busqueda.py`).

    A categoria, negocio or sucursal is named by its id, its clave or its name; empty is any. `estado` is one of
    ESTADOS_DE_FICHA; customers see `activo` only. `codigo` is a bar code or a clave, whole; `ids` None is any.
    `ofertas` are those that cost less than usual, and those that are `en_promocion`.
    """

    q: str = ""
    codigo: str = ""
    estado: str = "activo"
    categoria: str = ""
    negocio: str = ""
    sucursal: str = ""
    ofertas: bool = False
    en_promocion: EnPromocion = EnPromocion()
    destacados: bool = False
    ids: tuple[int, ...] | None = None


TODOS = Filtro()
