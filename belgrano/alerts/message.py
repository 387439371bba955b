"""An alert as it is sent: one JSON body for every way, and what people read of it."""

import json
import secrets
from typing import Any

from belgrano.database.incidents import Incident
from belgrano.outbox.alerts import Message
from belgrano.words.times import fecha_hora, iso, ms_de_iso

APPS = {"ahorro": "La tienda", "ticketera": "Ticketera"}
# What people read of each incident while it lasts, and once it is over.
TITLES = {
    "cola_vieja": ("lo que tiene que salir está esperando", "ya no espera nada de más"),
    "apartado": ("un envío quedó apartado", ""),
    "cola_detenida": ("los envíos están detenidos", "los envíos salen otra vez"),
    "sin_base": ("la base de datos no guarda", "la base de datos guarda otra vez"),
    "errores": ("hay errores", "ya no hay errores"),
    "otra_app": ("la otra app no responde", "la otra app responde otra vez"),
    "copia_vieja": ("la última copia es vieja", "hay una copia nueva"),
    "disco": ("queda poco lugar en el disco", "hay lugar en el disco otra vez"),
    "reinicio": ("se cayó y empezó de nuevo", ""),
}
TEST = Incident("prueba", "Lo mandó `belgrano alert-test`: no pasa nada.", 0)


def compose(app: str, incident: Incident, ahora: int, *, fin: bool = False) -> Message:
    """The alert of an incident that began, or is over (`fin`)."""
    data = {
        "app": app,
        "incidente": incident.incidente,
        "detalle": incident.detalle,
        "desde": iso(incident.desde or ahora),
    }
    type_ = f"alerta.{incident.incidente}" + (".fin" if fin else "")
    body = json.dumps({"type": type_, "timestamp": iso(ahora), "data": data}, ensure_ascii=False)
    return Message(f"alerta-{secrets.token_hex(12)}", body)


def title(app: str, incidente: str, *, fin: bool = False) -> str:
    """An incident in a line, as on the banner and as a mail's subject."""
    if incidente not in TITLES:
        return f"{APPS[app]}: prueba de avisos"
    return f"{APPS[app]}: {TITLES[incidente][fin]}"


def mail_of(body: str) -> tuple[str, str]:
    """Subject and text of the mail that says a body."""
    said: dict[str, Any] = json.loads(body)
    data, fin = said["data"], said["type"].endswith(".fin")
    desde, en = ms_de_iso(data["desde"]), ms_de_iso(said["timestamp"])
    subject = title(data["app"], data["incidente"], fin=fin)
    if fin:
        when = f"Desde {fecha_hora(desde)} hasta {fecha_hora(en)}."
        return f"Resuelto. {subject}", f"{subject}.\n\n{when}\n\nFue esto: {data['detalle']}\n"
    when = f"Desde {fecha_hora(desde)}."
    more = "" if data["incidente"] == "prueba" else "\nSi se arregla, llega otro correo. No se repite mientras dure.\n"
    return subject, f"{subject}.\n\n{data['detalle']}\n\n{when}\n{more}"
