"""`belgrano backup`, `restore`, `copy-to`, `nueva-epoca`, `outbox`: the operator's commands on what is kept."""

import importlib
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table

from belgrano.database.work import Unavailable
from belgrano.env import Environment, Survey
from belgrano.operator import database, launcher
from belgrano.operator.apps import APP, apps_of, commands_of, finished, migrations_of, settings_of
from belgrano.operator.typed import instant
from belgrano.settings import database_of, read_plan, sqlite_url
from belgrano.words.times import fecha, hora

_out = Console(soft_wrap=True)


@click.command()
@click.argument("app", type=APP, required=False)
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), help="La carpeta; si no, BELGRANO_BACKUP_DIR, o copias."
)
def backup(app: str | None, folder: Path | None) -> None:
    """Guardar una copia verificada de la base de datos.

    Con las apps en marcha o no; sin APP, de las dos: si una no se puede, la otra se hace igual.
    """
    env, failed = Survey(), []  # it makes no secrets, and asks for none
    plan, urls = read_plan(env), {each: database_of(env, each) for each in apps_of(app)}
    if env.refused:
        raise ValueError(" ".join(env.refused))
    for each in apps_of(app):
        backup = importlib.import_module("belgrano.database.backup").backup
        where = folder or plan.folder or Path("copias")
        try:
            made = finished(backup(urls[each], each, where, migrations_of(each)))
            click.echo(f"{each}: {made}")
        except (ValueError, Unavailable, OSError) as error:
            failed.append(f"{each}: {' '.join(str(error).split())}")
    if failed:
        raise ValueError(" ".join(failed))


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


@click.command("restore-drill")
@click.argument("app", type=APP, required=False)
@click.option(
    "--from", "folder", type=click.Path(path_type=Path), help="La carpeta; si no, BELGRANO_BACKUP_DIR, o copias."
)
def restore_drill(app: str | None, folder: Path | None) -> None:
    """Probar que la última copia sirve, sin tocar lo que anda.

    La restaura en un lugar aparte y compara las filas de cada tabla con las que había al copiar. Sin APP, las dos.
    """
    drill = importlib.import_module("belgrano.database.drill").drill
    env, bad = Survey(), False
    plan, urls = read_plan(env), {each: database_of(env, each) for each in apps_of(app)}
    if env.refused:
        raise ValueError(" ".join(env.refused))
    for each, url in urls.items():
        try:
            done = drill(url, each, folder or plan.folder or Path("copias"), migrations_of(each))
            said, bad = f"{done.copia} {done.said}", bad or bool(done.mal)
        except (ValueError, Unavailable, OSError) as error:
            said, bad = " ".join(str(error).split()), True
        click.echo(f"{each}: {said}")
    if bad:
        sys.exit(1)


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


COMMANDS = (backup, restore, restore_drill, copy_to, nueva_epoca, outbox)
