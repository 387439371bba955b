"""`belgrano …`: the operator's commands.

The apps are found by name, so that nothing here imports them; what each must offer stands in belgrano/README.md.
"""

import asyncio
import importlib
import os
import sys

import click

from belgrano.database.work import Unavailable
from belgrano.env import PRIVATE, REFUSED, Environment, new_secrets
from belgrano.http.health import project_version
from belgrano.operator import alerting, database, keeping, launcher, moving, parent
from belgrano.operator.apps import APP, apps_of, commands_of, finished, settings_of
from belgrano.operator.typed import explain, help_in_spanish, rate

ROLES = click.Choice(["admin", "encargado", "armador", "repartidor", "cliente", "comerciante"])


def main() -> None:
    """The console script: a mistake of the operator's is one sentence and an exit code, never a traceback."""
    os.umask(PRIVATE)
    help_in_spanish(cli)
    try:
        cli(standalone_mode=False, prog_name="belgrano")
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.message, err=True)
        sys.exit(error.exit_code)
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
        said = " ".join(str(error).split())  # PostgreSQL's take several lines
        click.echo(f"belgrano: la base de datos no responde ({said}).", err=True)
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(project_version(), prog_name="belgrano")
def cli() -> None:
    """Belgrano: la tienda (Ahorro) y el reparto (Ticketera)."""


for _each in (*keeping.COMMANDS, moving.import_legacy, alerting.alert_test):
    cli.add_command(_each)


@cli.command()
@click.argument("app", type=APP, required=False)
@click.option("--demo-data", "demo", is_flag=True, help="Carga antes los datos de demostración y muestra las cuentas.")
@click.option("--supervised", type=int, default=0, hidden=True)
def run(app: str | None, demo: bool, supervised: int) -> None:
    """Atender pedidos: las dos apps, o la que se nombre."""
    if demo:
        _demo_data(apps_of(app))
        if not all(launcher.is_local(each, alone=app is not None) for each in apps_of(app)):
            click.echo(
                "Ojo: cualquiera en esta red puede entrar con esas cuentas, la del administrador también: "
                "sus contraseñas son públicas. Usalo sólo en una red de confianza y sin datos de nadie."
            )
    sys.exit(parent.run_both() if app is None else launcher.run_one(app, supervised=supervised))


@cli.command("init-db")
@click.argument("app", type=APP, required=False)
def init_db(app: str | None) -> None:
    """Crear o actualizar las bases de datos.

    Sin APP, las de las dos apps.
    """
    for each in apps_of(app):
        finished(database.init_db(settings_of(each)))
        click.echo(f"{each}: base de datos lista.")


@cli.command("demo-data")
@click.argument("app", type=APP, required=False)
@click.option("--stream", metavar="N/min", help="Después sigue haciendo pedidos en la tienda, tantos por minuto.")
def demo_data(app: str | None, stream: str | None) -> None:
    """Cargar datos de demostración (repetirlo no duplica nada)."""
    per_minute = rate(stream) if stream else 0
    _demo_data(apps_of(app))
    if per_minute:
        click.echo(f"Haciendo {per_minute:g} pedidos por minuto. Ctrl+C para terminar.")
        finished(_stream(apps_of(app), per_minute))


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
    commands = commands_of(app)
    if role not in commands.ROLES:
        raise click.UsageError(f"en {app} los roles son: {', '.join(commands.ROLES)}.")
    made = finished(commands.create_user(settings_of(app), email, name, role, _new_password(password_stdin)))
    click.echo(f"{app}: {role} {email} creado, id {made}")


@cli.command()
@click.argument("app", type=APP)
@click.option("--email", required=True, help="Con el que entra.")
@click.option("--password-stdin", is_flag=True, help="Leer la contraseña de la entrada; si no, se pregunta.")
def password(app: str, email: str, password_stdin: bool) -> None:
    """Darle una contraseña nueva a quien se quedó afuera; sus sesiones se cierran."""
    finished(commands_of(app).set_password(settings_of(app), email, _new_password(password_stdin)))
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
    finished(commands_of("ahorro").reset_second_step(settings_of("ahorro"), email))
    click.echo(f"ahorro: {email} entra otra vez solo con su contraseña.")


@cli.command("erase-account")
@click.option("--email", required=True, help="Con el que el cliente entra en la tienda.")
def erase_account(email: str) -> None:
    """Borrar la cuenta de un cliente que lo pidió y no puede entrar.

    Es de la tienda. Sus pedidos quedan para las cuentas, sin nada que diga de quién son.
    """
    finished(commands_of("ahorro").erase_account(settings_of("ahorro"), email))
    click.echo(f"ahorro: la cuenta de {email} se borró.")


@cli.command()
@click.option("--ahorro", metavar="URL", help="Dirección de la tienda, si no es la configurada.")
@click.option("--ticketera", metavar="URL", help="Dirección de Ticketera, si no es la configurada.")
def verify(ahorro: str | None, ticketera: str | None) -> None:
    """Probar las dos apps en marcha.

    Mira la salud de cada una y si Ticketera tomaría un pedido, con uno de prueba que no se guarda.
    """
    verify = importlib.import_module("belgrano.operator.verify").verify
    sys.exit(0 if finished(verify(Environment(), ahorro=ahorro, ticketera=ticketera)) else 1)


@cli.command()
@click.argument("app", type=APP, required=False)
@click.option("--json", "as_json", is_flag=True, help="Una línea JSON por revisión, para programas.")
def doctor(app: str | None, as_json: bool) -> None:
    """Revisar todo lo que puede impedir que ande.

    Variables, base de datos, la otra app, su clave y su firma, la dirección pública, el correo: una línea cada una. No
    cambia nada. Sale con 0 si está todo bien, 1 si hay algo que mirar, 2 si algo está mal.
    """
    sys.exit(finished(_doctor(apps_of(app), as_json)))


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
        accounts += [(app, each) for each in finished(commands_of(app).demo_data(settings_of(app)))]
    click.echo("Datos de demostración listos. Cuentas:")
    for app, each in accounts:
        click.echo(f"  {app:10} {each['rol']:12} {each['email']:34} {each['password']}")


async def _doctor(apps: tuple[str, ...], as_json: bool) -> int:
    doctor = importlib.import_module("belgrano.operator.doctor")
    worst = 0
    async for line in doctor.doctor(apps):
        click.echo(line.json() if as_json else str(line))
        worst = max(worst, doctor.WORST.index(line.grade))
    return worst


async def _stream(apps: tuple[str, ...], per_minute: float) -> None:
    """The shop's customers order, Ticketera's repartidores deliver."""
    async with asyncio.TaskGroup() as group:
        for app in apps:
            group.create_task(commands_of(app).stream(settings_of(app), per_minute))
