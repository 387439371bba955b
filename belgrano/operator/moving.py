"""`belgrano import-legacy`: what the earlier system had moves in."""

import importlib
import sys
from pathlib import Path

import click

from belgrano.legado.informe import Informe
from belgrano.operator import launcher
from belgrano.operator.apps import commands_of, finished, settings_of
from belgrano.operator.database import maybe_opened

SOME_STAYED_OUT = 3
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("import-legacy")
@click.option("--ahorro", type=FILE, required=True, help="La base de la tienda anterior (belgrano_ahorro.db).")
@click.option("--tickets", type=FILE, required=True, help="La base de la Ticketera anterior (belgrano_tickets.db).")
@click.option("--productos", type=FILE, required=True, help="El catálogo anterior (productos.json).")
@click.option(
    "--imagenes", type=click.Path(path_type=Path, exists=True, file_okay=False), help="La carpeta de sus fotos."
)
@click.option("--apply", "aplicar", is_flag=True, help="Guardar; sin esto solo cuenta lo que vendría.")
def import_legacy(ahorro: Path, tickets: Path, productos: Path, imagenes: Path | None, aplicar: bool) -> None:
    """Traer lo que tenía el sistema anterior.

    Los archivos de antes solo se leen. Nombra cada fila que no puede venir, y por qué. Repetirlo no duplica nada. Sale
    con 0, o con 3 si quedaron filas afuera.
    """
    files = {"ahorro": ahorro, "tickets": tickets, "productos": productos, "imagenes": imagenes}
    informe = Informe(click.echo, lambda line: click.echo(line, err=True))
    finished(_check(ahorro, tickets))
    for app in launcher.APPS:
        click.echo(f"— {app} —")
        finished(commands_of(app).import_legacy(settings_of(app), files, informe, apply=aplicar))
    if not aplicar:
        click.echo("Nada se guardó. Para traerlo, el mismo comando con --apply.")
    if informe.afuera:
        click.echo(f"{informe.afuera} filas no vienen: están nombradas arriba.")
        sys.exit(SOME_STAYED_OUT)


async def _check(ahorro: Path, tickets: Path) -> None:
    """End the program (78) for a file, or a database of ours, that is somebody else's, before anything is kept."""
    for app in launcher.APPS:
        async with maybe_opened(settings_of(app), make=False):
            pass
    origen = importlib.import_module("belgrano.legado.origen")
    async with origen.abierto(ahorro, origen.AHORRO), origen.abierto(tickets, origen.TICKETS):
        pass
