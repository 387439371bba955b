"""`belgrano alert-test`: one alert by each way that the environment names, and what each answered."""

import sys

import click

from belgrano.alerts.message import TEST, compose
from belgrano.alerts.ways import NotSent, ways_of
from belgrano.operator.apps import APP, finished, settings_of
from belgrano.settings import Settings
from belgrano.words.times import now

CALLED = {"mail": "Correo", "webhook": "BELGRANO_ALERT_URL"}


@click.command("alert-test")
@click.argument("app", type=APP, default="ahorro")
def alert_test(app: str) -> None:
    """Mandar un aviso de prueba y decir qué contestó cada camino.

    Los caminos son BELGRANO_ALERT_EMAIL, por el correo de la tienda (AHORRO_SMTP_URL), y BELGRANO_ALERT_URL, firmado
    con BELGRANO_ALERT_SECRET. Sale con 0 si llegó por todos, 1 si no.
    """
    sys.exit(0 if finished(_send(settings_of(app))) else 1)


async def _send(settings: Settings) -> bool:
    """Whether there is a way, and each took it."""
    ways = ways_of(settings)
    if settings.alert_emails and not settings.smtp_url:
        click.echo("MAL  Correo: BELGRANO_ALERT_EMAIL está, y falta AHORRO_SMTP_URL para mandar.", err=True)
    elif not ways:
        click.echo("MAL  No hay adónde avisar: faltan BELGRANO_ALERT_EMAIL y BELGRANO_ALERT_URL.", err=True)
    good = bool(ways) and not (settings.alert_emails and not settings.smtp_url)
    message = compose(settings.app, TEST, now())
    for way in ways:
        try:
            click.echo(f"bien {CALLED[way.name]}: {await way.send(message)}.")
        except NotSent as error:
            click.echo(f"MAL  {CALLED[way.name]}: {error}.", err=True)
            good = False
    return good
