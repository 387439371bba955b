"""The demo's negocios, sucursales and categorias: invented shops on streets of Belgrano, Núñez and Colegiales."""

# ruff: noqa: E501 - a table and drawings read better in one line each

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NegocioDemo:
    """One seller of the demo."""

    codigo: str
    nombre: str
    descripcion: str
    siglas: str
    color: str


@dataclass(frozen=True, slots=True)
class SucursalDemo:
    """One branch of a negocio."""

    codigo: str
    negocio: str
    nombre: str
    direccion: str
    telefono: str
    horario: str


@dataclass(frozen=True, slots=True)
class CategoriaDemo:
    """One categoria, with the shape and colours of its picture."""

    codigo: str
    nombre: str
    dibujo: str
    colores: tuple[str, str]


NEGOCIOS = (
    NegocioDemo(
        "mercado", "Mercado Belgrano", "El almacén de todos los días, con ofertas que cambian cada semana.", "MB", "#0b6b3a"
    ),
    NegocioDemo(
        "mayorista", "La Esquina Mayorista", "Bultos cerrados y envases grandes para comercios y familias.", "LE", "#0b4fb3"
    ),
    NegocioDemo(
        "ombu", "Granja y Verdulería El Ombú", "Fruta, verdura, carne y huevos frescos, elegidos a la mañana.", "EO", "#8a4b10"
    ),
)  # fmt: skip

SUCURSALES = (
    SucursalDemo(
        "belgrano", "mercado", "Sucursal Belgrano", "Av. Cabildo 2042", "11 5263-4010", "Lunes a sábado de 8 a 21 h"
    ),
    SucursalDemo(
        "nunez", "mercado", "Sucursal Núñez", "Av. Cabildo 3764", "11 5263-4020", "Todos los días de 8 a 21 h"
    ),
    SucursalDemo(
        "colegiales",
        "mercado",
        "Sucursal Colegiales",
        "Av. Federico Lacroze 2786",
        "11 5263-4030",
        "Lunes a sábado de 8 a 20 h",
    ),
    SucursalDemo(
        "monroe", "mayorista", "Depósito Monroe", "Monroe 3158", "11 5263-4110", "Lunes a viernes de 7 a 18 h"
    ),
    SucursalDemo(
        "elcano", "mayorista", "Depósito Elcano", "Av. Elcano 3424", "11 5263-4120", "Lunes a sábado de 7 a 15 h"
    ),
    SucursalDemo(
        "echeverria", "ombu", "Puesto Echeverría", "Echeverría 2636", "11 5263-4210", "Martes a domingo de 8 a 20 h"
    ),
)

CATEGORIAS = (
    CategoriaDemo("lacteos", "Lácteos", "carton", ("#2f6fb7", "#f4f8fc")),
    CategoriaDemo("quesos-fiambres", "Quesos y fiambres", "queso", ("#f3c94b", "#fff3c9")),
    CategoriaDemo("frutas", "Frutas", "fruta", ("#f08a24", "#5d8f35")),
    CategoriaDemo("verduras", "Verduras", "zanahoria", ("#ee7d23", "#4f9340")),
    CategoriaDemo("carnes", "Carnes", "carne", ("#b23a3a", "#f3d6cf")),
    CategoriaDemo("pollo-huevos", "Pollo y huevos", "huevos", ("#d9a06a", "#7d8a6a")),
    CategoriaDemo("panaderia", "Panadería", "pan", ("#d9a25c", "#f7e6c4")),
    CategoriaDemo("galletitas", "Galletitas", "paquete", ("#e3a42d", "#fff0c9")),
    CategoriaDemo("yerba-infusiones", "Yerba e infusiones", "ladrillo", ("#2f7d45", "#f3ecc8")),
    CategoriaDemo("arroz-legumbres", "Arroz y legumbres", "bolsa", ("#2f62a8", "#fdfdf6")),
    CategoriaDemo("fideos-pastas", "Fideos y pastas", "bolsa", ("#c23b33", "#f6d77a")),
    CategoriaDemo("harinas-premezclas", "Harinas y premezclas", "bolson", ("#3a72b8", "#f4ead2")),
    CategoriaDemo("aceites-aderezos", "Aceites y aderezos", "botella", ("#f0c02f", "#d9482f")),
    CategoriaDemo("conservas", "Conservas", "lata", ("#d1372f", "#f6e6c4")),
    CategoriaDemo("condimentos", "Condimentos y especias", "frasquito", ("#b5372a", "#d9c7a0")),
    CategoriaDemo("dulces-mermeladas", "Dulces, miel y azúcar", "frasco", ("#c8303f", "#5a2a1a")),
    CategoriaDemo("golosinas", "Golosinas y alfajores", "alfajor", ("#4a2818", "#d9a86a")),
    CategoriaDemo("snacks", "Snacks y copetín", "bolsa", ("#f0c53a", "#c8372d")),
    CategoriaDemo("gaseosas-jugos", "Gaseosas y jugos", "botella", ("#5a2a1c", "#c8372d")),
    CategoriaDemo("aguas", "Aguas y sodas", "sifon", ("#8fc7e8", "#2d6fb7")),
    CategoriaDemo("vinos-cervezas", "Vinos y cervezas", "vino", ("#3a1f2c", "#8a2b3a")),
    CategoriaDemo("congelados", "Congelados", "caja_chica", ("#2d7fa8", "#e6f3f8")),
    CategoriaDemo("limpieza", "Limpieza", "bidon", ("#3a7fd6", "#f3d02f")),
    CategoriaDemo("perfumeria", "Perfumería", "aerosol", ("#5aa36b", "#e9f6e0")),
    CategoriaDemo("mascotas", "Mascotas", "bolson", ("#c8482f", "#f6e0b8")),
)
