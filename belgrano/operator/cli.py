"""`belgrano …`: the operator's commands.

The apps are found by name, so that nothing here imports them; what each must offer stands in belgrano/README.md.
"""

import asyncio
import importlib
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Column, Table

from belgrano.database.work import Unavailable
from belgrano.env import PRIVATE, REFUSED, Environment, new_secrets
from belgrano.http.health import project_version
from belgrano.operator import database, launcher
from belgrano.operator.typed import explain, instant, rate
from belgrano.words.times import fecha, hora

T = TypeVar("T")
APP = click.Choice(launcher.APPS)
ROLES = click.Choice(["admin", "encargado", "armador", "repartidor", "cliente", "comerciante"])
_out = Console(soft_wrap=True)


def main() -> None:
    """The console script: a mistake of the operator's is one sentence and an exit code, never a traceback."""
    os.umask(PRIVATE)
    try:
        cli(standalone_mode=False)
    except click.ClickException as error:
        click.echo(f"belgrano: {explain(error, cli.commands)}", err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except ValueError as error:
        click.echo(f"belgrano: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"belgrano: {where}{error.strerror or error}.", err=True)
        sys.exit(1)
    except Unavailable as error:
        click.echo(f"belgrano: la base de datos no responde ({error}).", err=True)
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(project_version(), prog_name="belgrano")
def cli() -> None:
    """Belgrano: la tienda (Ahorro) y el reparto (Ticketera)."""


@cli.command()
@click.argument("app", type=APP, required=False)
@click.option("--demo-data", "demo", is_flag=True, help="Carga antes los datos de demostración y muestra las cuentas.")
@click.option("--supervised", is_flag=True, hidden=True)
def run(app: str | None, demo: bool, supervised: bool) -> None:
    """Atender pedidos: las dos apps, o la que se nombre."""
    if demo:
        _demo_data(_apps(app))
        if not all(launcher.is_local(each, alone=app is not None) for each in _apps(app)):
            click.echo(
                "Ojo: cualquiera en esta red puede entrar con esas cuentas, la del administrador también: "
                "sus contraseñas son públicas. Usalo sólo en una red de confianza y sin datos de nadie."
            )
    sys.exit(launcher.run_both() if app is None else launcher.run_one(app, supervised=supervised))


@cli.command("init-db")
@click.argument("app", type=APP, required=False)
def init_db(app: str | None) -> None:
    """Crear o actualizar las bases de datos.

    Sin APP, las de las dos apps.
    """
    for each in _apps(app):
        _run(database.init_db(_settings(each)))
        click.echo(f"{each}: base de datos lista.")


@cli.command("demo-data")
@click.argument("app", type=APP, required=False)
@click.option("--stream", metavar="N/min", help="Después sigue haciendo pedidos en la tienda, tantos por minuto.")
def demo_data(app: str | None, stream: str | None) -> None:
    """Cargar datos de demostración (repetirlo no duplica nada)."""
    per_minute = rate(stream) if stream else 0
    _demo_data(_apps(app))
    if per_minute:
        click.echo(f"Haciendo {per_minute:g} pedidos por minuto. Ctrl+C para terminar.")
        _run(_stream(_apps(app), per_minute))


@cli.command("create-user")
@click.argument("app", type=APP)
@click.option("--email", required=True, help="Con el que entra.")
@click.option("--name", required=True, help="Nombre y apellido.")
@click.option(
    "--role",
    required=True,
    type=ROLES,
    help="En ahorro: admin, encargado, armador, comerciante o cliente. En ticketera: admin o repartidor.",
)
@click.option("--password-stdin", is_flag=True, help="Leer la contraseña de la entrada; si no, se pregunta.")
def create_user(app: str, email: str, name: str, role: str, password_stdin: bool) -> None:
    """Crear una cuenta; lo último que se imprime es su id."""
    commands = _commands(app)
    if role not in commands.ROLES:
        raise click.UsageError(f"en {app} los roles son: {', '.join(commands.ROLES)}.")
    made = _run(commands.create_user(_settings(app), email, name, role, _new_password(password_stdin)))
    click.echo(f"{app}: {role} {email} creado, id {made}")


@cli.command()
@click.argument("app", type=APP)
@click.option("--email", required=True, help="Con el que entra.")
@click.option("--password-stdin", is_flag=True, help="Leer la contraseña de la entrada; si no, se pregunta.")
def password(app: str, email: str, password_stdin: bool) -> None:
    """Darle una contraseña nueva a quien se quedó afuera; sus sesiones se cierran."""
    _run(_commands(app).set_password(_settings(app), email, _new_password(password_stdin)))
    click.echo(f"{app}: {email} tiene una contraseña nueva y sus sesiones se cerraron.")


@cli.command()
def secrets() -> None:
    """Imprimir secretos nuevos, para el entorno de las dos apps; no escribe nada."""
    for name, value in new_secrets().items():
        click.echo(f"{name}={value}")


@cli.command("reset-second-step")
@click.option("--email", required=True, help="Con el que entra en la tienda.")
def reset_second_step(email: str) -> None:
    """Quitarle el segundo paso a quien perdió el teléfono y los códigos de rescate.

    Es de la tienda; con otra persona que administre, se hace también en /admin/personal.
    """
    _run(_commands("ahorro").reset_second_step(_settings("ahorro"), email))
    click.echo(f"ahorro: {email} entra otra vez solo con su contraseña.")


@cli.command("erase-account")
@click.option("--email", required=True, help="Con el que el cliente entra en la tienda.")
def erase_account(email: str) -> None:
    """Borrar la cuenta de un cliente que lo pidió y no puede entrar.

    Es de la tienda. Sus pedidos quedan para las cuentas, sin nada que diga de quién son.
    """
    _run(_commands("ahorro").erase_account(_settings("ahorro"), email))
    click.echo(f"ahorro: la cuenta de {email} se borró.")


@cli.command()
@click.option("--ahorro", metavar="URL", help="Dirección de la tienda, si no es la configurada.")
@click.option("--ticketera", metavar="URL", help="Dirección de Ticketera, si no es la configurada.")
def verify(ahorro: str | None, ticketera: str | None) -> None:
    """Probar las dos apps en marcha.

    Mira la salud de cada una y si Ticketera tomaría un pedido, con uno de prueba que no se guarda.
    """
    verify = importlib.import_module("belgrano.operator.verify").verify
    sys.exit(0 if _run(verify(Environment(), ahorro=ahorro, ticketera=ticketera)) else 1)


@cli.command()
@click.argument("app", type=APP, required=False)
def doctor(app: str | None) -> None:
    """Revisar todo lo que puede impedir que ande.

    Variables, base de datos, la otra app, su clave y su firma, la dirección pública, el correo: una línea cada una. No
    cambia nada. Sale con 0 si está todo bien, 1 si hay algo que mirar, 2 si algo está mal.
    """
    sys.exit(_run(_doctor(_apps(app))))


@cli.command()
@click.argument("app", type=APP, required=False)
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), default=Path("copias"), show_default=True, help="La carpeta."
)
def backup(app: str | None, folder: Path) -> None:
    """Guardar una copia verificada de la base de datos.

    Con las apps en marcha o no; sin APP, de las dos.
    """
    for each in _apps(app):
        backup = importlib.import_module("belgrano.database.backup").backup
        made = _run(backup(_settings(each).database, each, folder, _settings(each).migrations))
        click.echo(f"{each}: {made}")


@cli.command()
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
    settings, commands = _settings(app), _commands(app)
    done = _run(
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


@cli.command("nueva-epoca")
def nueva_epoca() -> None:
    """Empezar una época nueva.

    Después de restaurar por otros medios: saltea 1.000.000 de ids, cierra las sesiones y anula los códigos de rescate.
    """
    for each in launcher.APPS:
        _run(database.nueva_epoca(_settings(each), _commands(each).EPOCA_NUEVA))
        click.echo(f"{each}: época nueva. Ojo: {_commands(each).PUEDE_VOLVER}")


@cli.group()
def outbox() -> None:
    """Lo que una app no pudo entregarle a la otra."""


@outbox.command("list")
@click.argument("app", type=APP, default="ahorro")
def outbox_list(app: str) -> None:
    """Mostrar lo pendiente y lo apartado.

    Sin APP, los pedidos de la tienda; de ticketera, los avisos a la tienda.
    """
    rows = _run(database.outbox_list(_settings(app)))
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
    count = _run(database.outbox_retry(_settings(app), since))
    click.echo(f"{app}: {count} vuelven a la cola.")


def _new_password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Contraseña", hide_input=True, confirmation_prompt="Otra vez"))


def _demo_data(apps: tuple[str, ...]) -> None:
    if Environment().production:
        click.echo("BELGRANO_ENV: en producción no se cargan datos de demostración.", err=True)
        sys.exit(REFUSED)
    accounts: list[tuple[str, dict[str, str]]] = []
    for app in apps:
        accounts += [(app, each) for each in _run(_commands(app).demo_data(_settings(app)))]
    click.echo("Datos de demostración listos. Cuentas:")
    for app, each in accounts:
        click.echo(f"  {app:10} {each['rol']:12} {each['email']:34} {each['password']}")


async def _doctor(apps: tuple[str, ...]) -> int:
    doctor = importlib.import_module("belgrano.operator.doctor")
    worst = 0
    async for line in doctor.doctor(apps):
        click.echo(str(line))
        worst = max(worst, doctor.WORST.index(line.grade))
    return worst


async def _stream(apps: tuple[str, ...], per_minute: float) -> None:
    """The shop's customers order, Ticketera's repartidores deliver."""
    async with asyncio.TaskGroup() as group:
        for app in apps:
            group.create_task(_commands(app).stream(_settings(app), per_minute))


def _apps(app: str | None) -> tuple[str, ...]:
    return launcher.APPS if app is None else (app,)


def _commands(app: str) -> Any:
    return importlib.import_module(f"{app}.cli")


def _settings(app: str) -> Any:
    return importlib.import_module(f"{app}.settings").Settings.read()


def _run(coro: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(coro)
