"""A message as the development mailbox shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mensaje:
    """A message that would have been sent; `fecha` in ms UTC."""

    para: str
    asunto: str
    fecha: int
    texto: str
