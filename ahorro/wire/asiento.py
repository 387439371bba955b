"""A line of the book of changes in words that a person reads: what changed, from what to what."""

from collections.abc import Mapping, Sequence
from typing import Any

from ahorro.domain.auditoria import ALTA, BAJA
from ahorro.domain.personal import NOMBRES_DE_ROL
from ahorro.domain.precios import Regla
from ahorro.domain.programado import SE_CANCELO, SE_PROGRAMO
from ahorro.domain.proveedor import dicha
from belgrano.contract import PAGOS
from belgrano.words.money import pesos
from belgrano.words.planilla import linea
from belgrano.words.times import fecha_hora, ms_de_iso

# The nouns of the book, in the order in which a filter offers them.
NOMBRES = {
    "producto": "Producto",
    "precios": "Cambio de precios",
    "promocion": "Promoción",
    "categoria": "Categoría",
    "negocio": "Negocio",
    "sucursal": "Sucursal",
    "cliente": "Cliente",
    "personal": "Personal",
    "configuracion": "Configuración",
}
CAMPOS = {
    ALTA: "Nuevo", BAJA: "Se quitó", "activa": "Encendida", "activo": "Activo", "advertencias": "Advertencias",
    "alcance": "Para qué vale", "alias": "Alias", "anticipacion": "Minutos de anticipación", "aprobado": "Aprobado",
    "area": "Área",
    "arrepentimiento": "Texto de arrepentimiento", "barrios": "Barrios", "categoria_id": "Categoría", "cbu": "CBU",
    "clave": "Clave", "codigo": "Código", "codigo_barras": "Código de barras",
    "codigos_de_rescate": "Códigos de rescate", "contenido": "Cuánto trae", "corte": "Hora límite", "costo": "Costo",
    "cuales": "Cuáles",
    "cuit": "CUIT", "cupo": "Pedidos por franja", "data_fiscal": "Data Fiscal", "desde": "Desde",
    "descripcion": "Descripción", "destacado": "Destacado", "dia": "Día", "dias": "Días",
    "direccion": "Dirección",
    "domicilio": "Domicilio", "duracion": "Horas por franja", "email": "Correo", "envio": "Envío", "estante": "Estante",
    "feriados": "Feriados", "franjas": "Franjas", "gratis_desde": "Gratis desde", "hasta": "Hasta",
    "horarios": "Horarios", "imagenes": "Fotos", "ingredientes": "Ingredientes", "internos": "Impuestos internos",
    "invitacion": "Invitación", "iva": "IVA", "lista": "Lista de precios", "lleva": "Lleva",
    "mapa_atribucion": "Atribución del mapa",
    "mapa_teselas": "Imágenes del mapa", "mayores": "Solo para mayores",
    "medida": "Medida", "medios": "Formas de pago", "medios_de_pago": "Formas de pago",
    "mezcla": "Combinan productos", "minimo": "Mínimo", "monto": "Monto", "negocio": "Negocio", "negocio_id": "Negocio",
    "nombre": "Nombre", "nota": "Nota", "oferta": "Oferta", "oferta_desde": "Oferta, desde",
    "oferta_hasta": "Oferta, hasta", "orden": "Orden", "padre": "Dentro de", "paga": "Paga", "por_ciento": "Porcentaje",
    "por_cliente": "Veces por cliente", "por_dia": "Días con otro horario",
    "por_peso": "Se vende por peso", "precio": "Precio",
    "privacidad": "Texto de privacidad", "razon_social": "Razón social", "rol": "Rol", "segundo_paso": "Segundo paso",
    "sobre_ofertas": "También sobre ofertas", "stock": "Stock", "stock_minimo": "Avisar con stock",
    "telefono": "Teléfono", "terminos": "Términos", "tipo": "Tipo", "unidad": "Envase", "usos": "Usos",
    "whatsapp": "WhatsApp", "zonas": "Zonas",
}  # fmt: skip
DE_PRECIOS = {ALTA: "Se aplicó", BAJA: "Se deshizo", SE_PROGRAMO: "Se programó", SE_CANCELO: "Se canceló"}
INSTANTES = {"oferta_desde", "oferta_hasta"}
LARGO = 200  # of a text that is said; the rest of a page of terms tells nobody more
DICHOS = 3  # of many products, those that a line names
NADA = "nada"

Nombres = Mapping[str, Mapping[int, str]]  # what ids are called, by the field that holds them


def campo_dicho(asiento: Mapping[str, Any]) -> str:
    """What of a thing changed: `Precio`, `Se quitó`."""
    if asiento["que"] == "precios":
        return DE_PRECIOS[asiento["campo"]]
    return _rotulo(asiento["campo"])


def cual_dicho(asiento: Mapping[str, Any]) -> str:
    """Which thing it was: its noun, and its name where it has one that people gave it."""
    que = NOMBRES.get(asiento["que"], asiento["que"])
    return que if asiento["que"] in {"precios", "configuracion"} else f"{que} {asiento['cual_nombre']}".strip()


def valores_dichos(asiento: Mapping[str, Any], nombres: Nombres) -> tuple[str, str]:
    """What it was and what it is. `nombres` has what ids are called; one that is gone is said by its number."""
    if asiento["que"] == "precios":
        de, a = asiento["de"] or {}, asiento["a"] or {}
        return _unos(de.get("precios", ()), a.get("cantidad", 0)), _precios(a)
    return tuple(_dicho(asiento["campo"], asiento[lado], nombres) for lado in ("de", "a"))  # type: ignore[return-value]


def _precios(said: Mapping[str, Any]) -> str:
    cuantos = said.get("cantidad", 0)
    de = f"{cuantos} producto{'' if cuantos == 1 else 's'}"
    regla = {each: said[each] for each in ("por_diez_mil", "monto", "redondeo") if each in said}
    que = dicha(said["proveedor"], Regla(**regla)) if "proveedor" in said else str(Regla(**regla))
    text = f"{que}, {de}" if regla else de
    if "desde" in said:
        text += f", para el {fecha_hora(ms_de_iso(said['desde']))}"
    if "programado_en" in said:
        text += f", programado el {fecha_hora(ms_de_iso(said['programado_en']))}"
    if quedan := said.get("sin_tocar"):
        text += f", sin tocar {_algunos(quedan['nombres'], quedan['cantidad'])}"
    return f"{text}: {unos}" if (unos := _unos(said.get("precios", ()), cuantos)) else text


def _unos(precios: Sequence[Mapping[str, Any]], cuantos: int) -> str:
    """What the first of several cost: `Yerba $ 1.000,00, Té $ 500,00 y 3 más`."""
    return _algunos([f"{each['nombre']} {pesos(each['precio_centavos'])}" for each in precios], cuantos)


def _algunos(dichos: Sequence[str], cuantos: int) -> str:
    some = ", ".join(dichos[:DICHOS])
    return f"{some} y {mas} más" if dichos and (mas := cuantos - DICHOS) > 0 else some


def _rotulo(campo: str) -> str:
    bare = campo.removesuffix("_centavos").removesuffix("_por_mil")
    return CAMPOS.get(bare, bare.replace("_", " ").capitalize())


def _dicho(campo: str, valor: Any, nombres: Nombres) -> str:
    match valor:
        case None | "" | []:
            return NADA
        case bool():
            return "sí" if valor else "no"
        case dict():
            said = {
                each: of for each, of in valor.items() if of not in (None, "") and of is not False and each != "clave"
            }
            return "; ".join(f"{_rotulo(each)}: {_dicho(each, of, nombres)}" for each, of in said.items()) or NADA
        case list():
            if campo == "area":
                return f"{len(valor)} puntos"
            if campo == "imagenes":
                return "1 foto" if len(valor) == 1 else f"{len(valor)} fotos"
            return (" / " if isinstance(valor[0], dict) else ", ").join(_dicho(campo, each, nombres) for each in valor)
        case int():
            return _numero(campo, valor, nombres)
        case str():
            return _texto(campo, valor)
        case _:
            return str(valor)


def _numero(campo: str, valor: int, nombres: Nombres) -> str:
    if campo.endswith("_centavos"):
        return pesos(valor)
    if campo.endswith("_por_mil"):
        return f"{valor / 10:g} %".replace(".", ",")
    if campo in INSTANTES:
        return fecha_hora(valor)
    return nombres.get(campo, {}).get(valor, str(valor))


def _texto(campo: str, valor: str) -> str:
    if campo in {"desde", "hasta"}:
        try:
            return fecha_hora(ms_de_iso(valor))
        except ValueError:
            return valor
    if campo == "rol":
        return NOMBRES_DE_ROL.get(valor, valor)
    if campo in {"medios_de_pago", "medios", "metodo_pago"} and valor in PAGOS:
        return str(PAGOS[valor]["oficina"])
    return valor if len(valor) <= LARGO else valor[:LARGO] + "…"


def asientos_csv(asientos: list[dict[str, Any]], nombres: Nombres) -> str:
    """A line each, in words, as spreadsheets here open it."""
    text = linea(["cuando", "quien", "que", "campo", "de", "a"])
    for each in asientos:
        de, a = valores_dichos(each, nombres)
        text += linea([fecha_hora(each["en"]), each["quien_nombre"], cual_dicho(each), campo_dicho(each), de, a])
    return "\ufeff" + text
