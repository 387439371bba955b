"""The earlier shop's `usuarios` with their `comerciantes`, and the paquetes of these."""

from datetime import timedelta

from ahorro.actions.traer import PAQUETES, USUARIOS, traer_cuentas, traer_paquetes
from ahorro.domain.cuenta import TIPOS_DE_NEGOCIO, Comercio, cuit_valido, normalizar_correo
from ahorro.domain.paquete import FRECUENCIAS
from ahorro.domain.traido import CuentaTraida, PaqueteTraido
from ahorro.legado.traslado import Traslado
from belgrano.legado.fila import Fila, NoViene, corto, dia_de_texto, limpio
from belgrano.legado.origen import Datos, Origen
from belgrano.legado.personas import correo
from belgrano.words.times import dia_de, now

ROLES = ("cliente", "comerciante", "admin")


async def traer_usuarios(traslado: Traslado, origen: Origen) -> None:
    """Everybody, with the comercio of who has one. Recovery tokens and old password hashes do not come."""
    primera: dict[str, int] = {}
    traslado.informe.empezar(USUARIOS, await origen.contar(USUARIOS))
    async for pieza in origen.piezas(USUARIOS):
        suyos: dict[int, Datos] = {}
        for datos in await origen.donde("comerciantes", "usuario_id", [u["id"] for u in pieza]):
            suyos.setdefault(datos["usuario_id"], datos)
        cuentas = []
        for datos in pieza:
            fila = Fila(USUARIOS, datos, "id", "email")
            try:
                cuenta = _cuenta(fila, suyos.get(datos["id"]))
            except NoViene as error:
                traslado.informe.no_viene(fila, error)
            else:
                if (first := primera.setdefault(cuenta.email, datos["id"])) != datos["id"]:
                    fila.avisos.append(f"es la misma cuenta que usuarios {first}: sus pedidos quedan en ella.")
                cuentas.append(cuenta)
                traslado.cuentas.add(datos["id"])
            traslado.informe.avisar(fila)
        await traslado.guardar(USUARIOS, cuentas, traer_cuentas, len(pieza))
    traslado.informe.terminar()
    await _comerciantes(traslado, origen)
    if tokens := await origen.contar("tokens_recuperacion"):
        traslado.informe.nota(f"tokens_recuperacion: {tokens} no vienen: cada persona pide un enlace nuevo.")


def _cuenta(fila: Fila, comerciante: Datos | None) -> CuentaTraida:
    nombre, apellido = fila.texto("nombre", 120), fila.texto("apellido", 120)
    if apellido and not nombre.endswith(apellido):  # its profile page wrote the whole name into the first one
        nombre = f"{nombre} {apellido}".strip()[:120]
    if not nombre:
        raise NoViene("nombre: falta.")
    email = normalizar_correo(correo(fila))
    if not email.isascii():
        raise NoViene(f"email: {email} tiene acentos o eñes antes de la arroba.")
    rol = fila.texto("rol", 20).lower() or "cliente"
    if rol not in ROLES:
        raise NoViene(f"rol: {rol} no existe.")
    if rol == "cliente" and comerciante is not None:
        rol = "comerciante"
    if rol == "comerciante" and comerciante is None:
        fila.avisos.append("es comerciante sin comercio: viene como cliente.")
        rol = "cliente"
    return CuentaTraida(
        clave=str(fila.id()),
        nombre=nombre,
        email=email,
        rol=rol,
        telefono=fila.texto("telefono", 50),
        direccion=fila.texto("direccion", 200),
        comercio=_comercio(fila, comerciante) if comerciante is not None and rol == "comerciante" else None,
    )


def _comercio(fila: Fila, datos: Datos) -> Comercio:
    suyo = Fila("comerciantes", datos, "id")
    cuit, tipo = "".join(filter(str.isdigit, limpio(datos.get("cuit")))), suyo.texto("tipo_negocio", 60)
    if not cuit_valido(cuit):
        fila.avisos.append(f"comerciantes {suyo.nombre}: el CUIT ({corto(datos.get('cuit'))}) no existe: quedó vacío.")
        cuit = ""
    comercio = Comercio(
        suyo.texto("nombre_negocio", 120) or "Sin nombre",
        cuit,
        suyo.texto("direccion_comercial", 200),
        suyo.texto("telefono_comercial", 50),
        tipo if tipo in TIPOS_DE_NEGOCIO else "Otro",
    )
    fila.avisos += [f"comerciantes {suyo.nombre}: {each}" for each in suyo.avisos]
    return comercio


async def _comerciantes(traslado: Traslado, origen: Origen) -> None:
    """Those that no account took along: they are told, one by one."""
    seen: set[int] = set()
    traslado.informe.empezar("comerciantes", await origen.contar("comerciantes"))
    async for pieza in origen.piezas("comerciantes"):
        for datos in pieza:
            fila, de_quien = Fila("comerciantes", datos, "id"), datos.get("usuario_id")
            if de_quien not in traslado.cuentas or de_quien in seen:
                why = "ya tiene otro comercio." if de_quien in seen else "no viene."
                traslado.informe.no_viene(fila, f"usuario_id: el usuario {corto(de_quien)} {why}")
            else:
                seen.add(de_quien)
        traslado.informe.pieza(len(pieza), nuevas=0, estaban=0)
    traslado.informe.nota(f"comerciantes: {len(seen)} vienen con su cuenta y esperan que un administrador los apruebe.")


async def traer_los_paquetes(traslado: Traslado, origen: Origen) -> None:
    """The paquetes, paused, with what of them the catalogue has."""
    traslado.informe.empezar(PAQUETES, await origen.contar(PAQUETES))
    async for pieza in origen.piezas(PAQUETES):
        duenos = {
            c["id"]: c.get("usuario_id")
            for c in await origen.donde("comerciantes", "id", [p.get("comerciante_id") for p in pieza])
        }
        items: dict[object, list[tuple[str, int]]] = {}
        for datos in await origen.donde("paquete_items", "paquete_id", [p["id"] for p in pieza]):
            fila = Fila("paquete_items", datos, "id")
            try:
                items.setdefault(datos["paquete_id"], []).append(_item(traslado, fila))
            except NoViene as error:
                traslado.informe.no_viene(fila, error)
        paquetes = []
        for datos in pieza:
            fila = Fila(PAQUETES, datos, "id")
            try:
                paquetes.append(_paquete(traslado, fila, duenos, items.get(datos["id"], [])))
            except NoViene as error:
                traslado.informe.no_viene(fila, error)
            traslado.informe.avisar(fila)
        await traslado.guardar(PAQUETES, paquetes, traer_paquetes, len(pieza))
    traslado.informe.terminar()


def _item(traslado: Traslado, fila: Fila) -> tuple[str, int]:
    producto, cantidad = limpio(fila.datos.get("producto_id")), fila.id("cantidad")
    if producto not in traslado.productos:
        raise NoViene(f"producto_id: {corto(producto) or 'nada'} no está en el catálogo.")
    if not 1 <= cantidad <= 999:
        raise NoViene(f"cantidad: {cantidad} no puede ser.")
    return producto, cantidad


def _paquete(
    traslado: Traslado, fila: Fila, duenos: dict[object, object], items: list[tuple[str, int]]
) -> PaqueteTraido:
    dueno = duenos.get(fila.datos.get("comerciante_id"))
    if not isinstance(dueno, int) or dueno not in traslado.cuentas:
        raise NoViene(f"comerciante_id: el comerciante {corto(fila.datos.get('comerciante_id'))} no viene.")
    frecuencia = fila.texto("frecuencia", 40).lower()
    if frecuencia not in FRECUENCIAS:
        fila.avisos.append(f"frecuencia: {frecuencia or 'nada'} viene como mensual.")
        frecuencia = "mensual"
    manana = dia_de(now()) + timedelta(days=1)
    return PaqueteTraido(
        clave=str(fila.id()),
        cuenta=str(dueno),
        nombre=fila.texto("nombre_paquete", 120) or "Paquete",
        frecuencia=frecuencia,
        proxima_el=max(dia_de_texto(fila.datos.get("proximo_pedido")) or manana, manana),
        items=tuple(items),
    )
