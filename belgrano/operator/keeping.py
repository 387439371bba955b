"""`belgrano backup`, `restore`, `copy-to`, `nueva-epoca`, `outbox`: the operator's commands on what is kept."""

import importlib
from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table

from belgrano.env import Environment
from belgrano.operator import database, launcher
from belgrano.operator.apps import APP, apps_of, commands_of, finished, settings_of
from belgrano.operator.typed import instant
from belgrano.settings import sqlite_url
from belgrano.words.times import fecha, hora

_out = Console(soft_wrap=True)


@click.command()
@click.argument("app", type=APP, required=False)
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), default=Path("copias"), show_default=True, help="La carpeta."
)
def backup(app: str | None, folder: Path) -> None:
    """Guardar una copia verificada de la base de datos.

    Con las apps en marcha o no; sin APP, de las dos.
    """
    for each in apps_of(app):
        backup = importlib.import_module("belgrano.database.backup").backup
        made = finished(backup(settings_of(each).database, each, folder, settings_of(each).migrations))
        click.echo(f"{each}: {made}")


@click.command()
@click.argument("app", type=APP)
@click.argument("copy", type=click.Path(path_type=Path, exists=True))
def restore(app: str, copy: Path) -> None:
    """Volver a una copia.

    La app tiene que estar detenida. Empieza una época nueva y se cierran las sesiones.
    """
    host, port = launcher.address(app, alone=True)
    try:
        launcher.listen(app, host, port).close()
    except launcher.CannotStart:
        raise ValueError(f"{app} está en marcha (puerto {port}); detenela antes de restaurar.") from None
    restore = importlib.import_module("belgrano.database.restore").restore
    settings, commands = settings_of(app), commands_of(app)
    done = finished(
        restore(settings.database, app, copy, settings.migrations, commands.EPOCA_NUEVA, commands.LO_QUE_NO_VUELVE)
    )
    click.echo(f"{app}: restaurada desde {copy.name}; época nueva, sesiones cerradas.")
    if done.aside:
        click.echo(f"Lo que había quedó en {done.aside}.")
    if not done.remembered:
        click.echo(f"Ojo: no había una base de esta versión que leer, así que {commands.PUEDE_VOLVER}")
    if not done.checked:
        click.echo(
            f"Ojo: {copy.name} no tiene al lado la nota que deja `belgrano backup`, así que no se pudo ver si le falta "
            "lo último. Si la copiaste con la app en marcha y sin su -wal, puede faltarle."
        )


@click.command("copy-to")
@click.argument("url")
@click.argument("app", type=APP, required=False)
def copy_to(url: str, app: str | None) -> None:
    """Mudar las bases de SQLite a una de PostgreSQL vacía (postgresql://…).

    Con las apps detenidas; sin APP, las dos. Las filas se cuentan de los dos lados, y lo de SQLite queda como estaba.
    """
    move = importlib.import_module("belgrano.database.move").move
    target = Environment({"URL": url}).database_url("URL")
    for each in apps_of(app):
        source = sqlite_url(Environment(), each)
        counts = move(source, target, each, settings_of(each).migrations)
        for table, count in counts.items():
            click.echo(f"  {table:28} {count}")
        click.echo(f"{each}: {sum(counts.values())} filas de {len(counts)} tablas están en PostgreSQL.")
    click.echo("Ahora poné esa dirección en AHORRO_DATABASE_URL y TICKETS_DATABASE_URL, y arrancá.")


@click.command("nueva-epoca")
def nueva_epoca() -> None:
    """Empezar una época nueva.

    Después de restaurar por otros medios: saltea 1.000.000 de ids, cierra las sesiones y anula los códigos de rescate.
    """
    for each in launcher.APPS:
        finished(database.nueva_epoca(settings_of(each), commands_of(each).EPOCA_NUEVA))
        click.echo(f"{each}: época nueva. Ojo: {commands_of(each).PUEDE_VOLVER}")


@click.group()
def outbox() -> None:
    """Lo que una app no pudo entregarle a la otra."""


@outbox.command("list")
@click.argument("app", type=APP, default="ahorro")
def outbox_list(app: str) -> None:
    """Mostrar lo pendiente y lo apartado.

    Sin APP, los pedidos de la tienda; de ticketera, los avisos a la tienda.
    """
    rows = finished(database.outbox_list(settings_of(app)))
    table = Table(Column("numero", no_wrap=True), "estado", "intentos", "próximo", "motivo", box=None)
    for row in rows:
        due = f"{fecha(row['due_at'])} {hora(row['due_at'])}" if row.get("due_at") else ""
        table.add_row(str(row["key"]), str(row["state"]), str(row["attempts"]), due, str(row.get("last_error") or ""))
    if rows:
        _out.print(table)
    click.echo(f"{len(rows)} en la cola.")


@outbox.command("retry")
@click.argument("app", type=APP, default="ahorro")
@click.option("--desde", metavar="FECHA", help="Volver a mandar todo desde esta fecha, entregado o no: 2026-11-24.")
def outbox_retry(app: str, desde: str | None) -> None:
    """Volver a mandar lo apartado.

    Repetir es seguro: quien lo recibe no duplica nada. Sin APP, lo de la tienda.
    """
    since = None if desde is None else instant(desde)
    count = finished(database.outbox_retry(settings_of(app), since))
    click.echo(f"{app}: {count} vuelven a la cola.")
