"""What operators see of the shop on /metrics, beside the requests: the outbox and the open pages."""

from collections.abc import Mapping

from prometheus_client import Gauge

PENDIENTES = Gauge("belgrano_outbox_pendientes", "Pedidos that Ticketera has not confirmed.")
APARTADOS = Gauge("belgrano_outbox_apartados", "Pedidos set aside for a person.")
MAS_VIEJO = Gauge("belgrano_outbox_mas_viejo_seconds", "Age of the oldest unconfirmed pedido.")
DETENIDA = Gauge("belgrano_outbox_detenida", "1 while Ticketera refuses our key and the outbox keeps everything.")
VIVOS = Gauge("belgrano_paginas_vivas", "Pages that listen for their deliveries.")


def medir(status: Mapping[str, int], cola: str, vivos: int) -> None:
    """Take these values."""
    PENDIENTES.set(status["pendientes"])
    APARTADOS.set(status["apartados"])
    MAS_VIEJO.set(status["mas_viejo_s"])
    DETENIDA.set(cola == "detenida")
    VIVOS.set(vivos)
