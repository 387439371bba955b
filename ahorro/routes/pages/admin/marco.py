"""What every page of the back office shows around its content: its menu, by the role of whoever is in."""

from collections.abc import Sequence
from dataclasses import dataclass

from quart import Blueprint
from quart.blueprints import BlueprintSetupState

from ahorro.domain.cuenta import ADMIN, ENCARGADOS, PERSONAL

routes = Blueprint("marco_admin", __name__)


@dataclass(frozen=True, slots=True)
class Seccion:
    """A line of the menu; `roles` are those that its page lets in."""

    camino: str
    nombre: str
    icono: str
    roles: Sequence[str]


# In the order of a day's work.
SECCIONES = (
    Seccion("/admin/armado", "Para armar", "caja", PERSONAL),
    Seccion("/admin/pedidos", "Pedidos", "carrito", PERSONAL),
    Seccion("/admin/paquetes", "Paquetes", "calendario", ENCARGADOS),
    Seccion("/admin/ventas", "Ventas", "barras", ENCARGADOS),
    Seccion("/admin/productos", "Productos", "caja", ENCARGADOS),
    Seccion("/admin/precios", "Precios", "etiqueta", ENCARGADOS),
    Seccion("/admin/promociones", "Promociones", "etiqueta", ENCARGADOS),
    Seccion("/admin/categorias", "Categorías", "filtro", ENCARGADOS),
    Seccion("/admin/negocios", "Negocios", "local", ENCARGADOS),
    Seccion("/admin/sucursales", "Sucursales", "local", ENCARGADOS),
    Seccion("/admin/envios", "Envíos a Ticketera", "camion", ADMIN),
    Seccion("/admin/arrepentimientos", "Arrepentimientos", "volver", ADMIN),
    Seccion("/admin/devoluciones", "Devoluciones", "caja", ADMIN),
    Seccion("/admin/clientes", "Clientes", "persona", ADMIN),
    Seccion("/admin/comerciantes", "Comerciantes", "local", ADMIN),
    Seccion("/admin/personal", "Personal", "persona", ADMIN),
    Seccion("/admin/auditoria", "Auditoría", "lupa", ADMIN),
    Seccion("/admin/configuracion", "Configuración", "ajustes", ADMIN),
)


def secciones_de(rol: str) -> list[Seccion]:
    """The menu of a role."""
    return [each for each in SECCIONES if rol in each.roles]


@routes.record_once
def add_menu(state: BlueprintSetupState) -> None:
    """`secciones_de` in every template: the shop's own frame leads to the back office, too."""
    state.app.add_template_global(secciones_de)
