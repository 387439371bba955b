"""What an operator types and reads: a rate, a date, a mistake explained, and click's own words of help, in Spanish."""

import re
from collections.abc import Iterable
from datetime import datetime

import click

from belgrano.words.times import BUENOS_AIRES

OF_CLICK = (
    (re.compile(r"^Usage: ", re.MULTILINE), "Uso: "),
    (re.compile(r"\[OPTIONS\]"), "[OPCIONES]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "ORDEN [DATOS]..."),
    (re.compile(r"^Options:", re.MULTILINE), "Opciones:"),
    (re.compile(r"^Commands:", re.MULTILINE), "Órdenes:"),
    (re.compile(r"Show this message and exit\."), "Muestra esta ayuda y termina."),
    (re.compile(r"Show the version and exit\."), "Muestra la versión y termina."),
    (re.compile(r"\[required\]"), "[hace falta]"),
    (re.compile(r"\[default: "), "[si no se dice: "),
    (re.compile(r" TEXT  "), " TEXTO "),
    (re.compile(r" PATH  "), " RUTA  "),
)


class _Context(click.Context):
    def get_help(self) -> str:
        text = super().get_help()
        for english, spanish in OF_CLICK:
            text = english.sub(spanish, text)
        return text


def help_in_spanish(command: click.Command) -> None:
    """Have a command and those below it say all of their help in Spanish."""
    command.context_class = _Context
    for each in getattr(command, "commands", {}).values():
        help_in_spanish(each)


def explain(error: click.ClickException, commands: Iterable[str]) -> str:
    """A mistake on the command line, in Spanish."""
    param = getattr(error, "param", None)
    name = (param.opts[0] if param.opts[0].startswith("-") else param.name.upper()) if param is not None else ""
    if isinstance(error, click.MissingParameter):
        return f"falta {name}. Probá con --help."
    if isinstance(error, click.NoSuchOption):
        return f"no existe la opción {error.option_name}. Probá con --help."
    if isinstance(error, click.BadParameter) and param is not None and isinstance(param.type, click.Choice):
        return f"{name}: tiene que ser uno de: {', '.join(param.type.choices)}."
    if isinstance(error, click.BadParameter) and param is not None and isinstance(param.type, click.Path):
        return f"{name}: no existe o no se puede leer."
    if error.message.startswith(("No such command", "Missing command")):
        return f"ese comando no existe. Los que hay: {', '.join(commands)}."
    return error.message


def rate(text: str) -> float:
    """How many a minute: `20/min`, `2/s`, `100/h`. Raises BadParameter."""
    number, _, unit = text.partition("/")
    try:
        value = float(number) * {"": 1, "min": 1, "s": 60, "h": 1 / 60}[unit]
    except (ValueError, KeyError):
        raise click.BadParameter("se escribe como 20/min.", param_hint="--stream") from None
    if not 0 < value <= 6000:
        raise click.BadParameter("tiene que estar entre 0 y 6000 por minuto.", param_hint="--stream")
    return value


def instant(text: str) -> int:
    """The instant (ms UTC) of a date or time written as in Buenos Aires. Raises BadParameter."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter("se escribe como 2026-11-24 o 2026-11-24T15:30.", param_hint="--desde") from None
    return int((when if when.tzinfo else when.replace(tzinfo=BUENOS_AIRES)).timestamp() * 1000)
