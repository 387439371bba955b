"""Reading the environment: an app's own name first, then the plain one.

What is wrong here stops the start with one line that names the variable, never its value.
"""

import base64
import binascii
import itertools
import os
import re
import secrets
import sys
import tempfile
from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import NoReturn, TypeVar
from urllib.parse import urlsplit

REFUSED = 78  # EX_CONFIG of sysexits.h: a supervisor must not try again
PRIVATE = 0o077  # the umask of everything that runs here: what it writes is its owner's alone
SHORTEST_SECRET = 32
DEV_SECRETS_FILE = Path(".belgrano-dev-secrets")

PREFIX = {"ahorro": "AHORRO", "ticketera": "TICKETS"}  # of each app's own variables

T = TypeVar("T")

# No two of these may have the same value: whoever is shown one must not hold another.
SECRETS = (
    *("AHORRO_SECRET_KEY", "TICKETS_SECRET_KEY", "SECRET_KEY"),
    *("TICKETERA_API_KEY", "TICKETERA_WEBHOOK_SECRET", "METRICS_TOKEN", "BELGRANO_ALERT_SECRET"),
)
SIGNING = ("TICKETERA_WEBHOOK_SECRET", "BELGRANO_ALERT_SECRET")  # in the Standard Webhooks form
VARIED = 7  # a random secret has at least so many different characters, and steps from one to the next

# Printed in the specification, so everybody knows them.
PUBLIC_SECRETS = frozenset({"belgrano_ahorro_secret_key_2025", "belgrano_tickets_secret_2025"})


def refuse(line: str) -> NoReturn:
    """End the program with one plain sentence, as a wrong configuration does."""
    print(line, file=sys.stderr)
    raise SystemExit(REFUSED)


def new_secrets() -> dict[str, str]:
    """A strong value for each secret that production asks for, by its variable."""
    made = {name: secrets.token_urlsafe(36) for name in SECRETS if name != "SECRET_KEY"}
    return made | {name: "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode() for name in SIGNING}


class Environment:
    """The variables of one app, typed.

    Each reader takes names in order of precedence; a variable that is set to nothing counts as missing.
    """

    def __init__(self, values: Mapping[str, str] | None = None, *, dev_secrets: Path = DEV_SECRETS_FILE) -> None:
        self._values = os.environ if values is None else values
        self._dev_secrets = dev_secrets
        self.asked: set[str] = set()  # the names that were looked for
        name, kind = self._first(("BELGRANO_ENV", "FLASK_ENV"))
        kind = kind.lower() or "development"
        if kind not in {"production", "development", "testing"}:
            self.refuse(f"{name}: tiene que ser production o development.", None)
        self.production = kind == "production"

    def refuse(self, line: str, instead: T) -> T:
        """End the program with this line; a `Survey` notes it and goes on with `instead`."""
        refuse(line)

    def text(self, *names: str, default: str = "") -> str:
        """The first of `names` that is set, without blanks around it."""
        return self._first(names)[1] or default

    def raw(self, name: str) -> str:
        """A variable as it is written, blanks and all."""
        self.asked.add(name)
        return self._values.get(name, "")

    def number(self, *names: str, default: int, least: int = 0, most: int = 2**31) -> int:
        """A whole number between `least` and `most`."""
        name, value = self._first(names)
        if not value:
            return default
        if not re.fullmatch(r"[0-9]{1,10}", value) or not least <= int(value) <= most:
            return self.refuse(f"{name}: tiene que ser un número entero entre {least} y {most}.", default)
        return int(value)

    def hours(self, name: str, *, default: float) -> float:
        """So many hours, a fraction too: from some seconds to a year."""
        value = self.text(name)
        if not value:
            return default
        if (
            not re.fullmatch(r"[0-9]{1,4}([.,][0-9]{1,6})?", value)
            or not 0.001 <= float(value.replace(",", ".")) <= 8784
        ):
            return self.refuse(
                f"{name}: tiene que ser un número de horas entre 0.001 y 8784; una fracción vale.", default
            )
        return float(value.replace(",", "."))

    def port(self, *names: str, default: int) -> int:
        """A TCP port."""
        return self.number(*names, default=default, least=1, most=65535)

    def url(self, *names: str, default: str = "", schemes: tuple[str, ...] = ("http", "https")) -> str:
        """An address of one of these schemes, without a slash at its end."""
        name, value = self._first(names)
        value = value or default
        if value and not _is_address(value, schemes):
            return self.refuse(f"{name}: tiene que ser una dirección {' o '.join(f'{s}://' for s in schemes)}.", "")
        return value.rstrip("/")

    def origin(self, *names: str, default: str = "") -> str:
        """An address as a browser's Origin says it: scheme, host and port."""
        name, value = self._first(names)
        address = self.url(*names, default=default)
        if value and (re.search(r"[\s@?#]", value) or urlsplit(address).path):
            said = "tiene que ser http:// o https:// y el nombre, sin usuario, ruta ni nada más."
            return self.refuse(f"{name}: {said}", "")
        return address

    def sender(self, name: str, default: str) -> str:
        """Whom mail comes from: an address, with a name before it or not."""
        value = self.text(name, default=default)
        if not value.isprintable() or not re.search(r"[^\s@<]@[^\s@>]", parseaddr(value)[1]):
            return self.refuse(f"{name}: tiene que ser una dirección de correo, sola o como Nombre <correo>.", default)
        return value

    def emails(self, name: str) -> tuple[str, ...]:
        """Addresses with commas between them; none where it is missing."""
        found = tuple(filter(None, (each.strip() for each in self.text(name).split(","))))
        if not all(re.fullmatch(r"[^\s@<>,]+@[^\s@<>,]+", each) and each.isprintable() for each in found):
            return self.refuse(f"{name}: tiene que ser un correo, o varios con comas.", ())
        return found

    def database_url(self, *names: str) -> str:
        """A postgresql:// address, or nothing."""
        name, value = self._first(names)
        value = re.sub(r"^postgres://", "postgresql://", value)  # as some hosts write it
        if value and not _is_address(value, ("postgresql",)):
            return self.refuse(f"{name}: tiene que ser una dirección postgresql://.", "")
        return value

    def flag_off(self, name: str) -> bool:
        """True where the variable says `off`; production refuses to turn anything off."""
        off = self.text(name).lower() in {"off", "0", "no", "false"}
        if off and self.production:
            return self.refuse(f"{name}: en producción no se puede desactivar.", False)
        return off

    def one_of(self, name: str, *known: str) -> str:
        """One of the words that there are; the first where nothing is said."""
        value = self.text(name, default=known[0]).lower()
        if value not in known:
            refuse(f"{name}: tiene que ser {' o '.join(known)}.")
        return value

    def secret(self, *names: str) -> str:
        """A secret; development makes it once when it is missing, production refuses a weak one."""
        name, value = self._first(names)
        if self.production:
            self._strong(name, value)
        return value or self._dev_secret(names[0])

    def optional_secret(self, name: str) -> str:
        """A secret that opens nothing where it is missing; production refuses a weak one."""
        value = self.text(name)
        if value and self.production:
            self._strong(name, value)
        return value

    def webhook_secret(self, name: str) -> str:
        """A secret in the Standard Webhooks form, `whsec_` and base64."""
        return self._signing(name, self.secret(name))

    def webhook_secret_for(self, name: str, url: str) -> str:
        """The same, asked for where an address is set that it signs for (`url`, a variable's name)."""
        if self.text(url) and not self.text(name):
            return self.refuse(f"{name}: falta; firma lo que va a {url}. `belgrano secrets` hace una.", "")
        return self._signing(name, self.optional_secret(name))

    def _signing(self, name: str, value: str) -> str:
        if not value:
            return value  # refused already, or not asked for
        try:
            data = base64.b64decode(value.removeprefix("whsec_"), validate=True)
        except (binascii.Error, ValueError):
            data = b""
        if not value.startswith("whsec_") or len(data) < 24:
            return self.refuse(f"{name}: tiene que ser whsec_ seguido de al menos 24 bytes en base64.", "")
        if self.production and _is_guessable(data):
            return self.refuse(f"{name}: {GUESSABLE}", "")
        return value

    def keys(self, name: str) -> tuple[str, ...]:
        """Comma-separated keys, for rotation; empty only in development."""
        keys = tuple(key.strip() for key in self.text(name).split(",") if key.strip())
        if self.production:
            for key in keys or ("",):
                self._strong(name, key)
        return keys

    def _first(self, names: tuple[str, ...]) -> tuple[str, str]:
        self.asked.update(names)
        for name in names:
            if value := self._values.get(name, "").strip():
                return name, value
        return names[0], ""

    def _strong(self, name: str, value: str) -> None:
        if fault := self._fault(name, value):
            self.refuse(f"{name}: {fault}", None)

    def _fault(self, name: str, value: str) -> str:
        """What is wrong with a secret; nothing when it is strong and nobody else's."""
        if not value:
            return "falta; en producción es obligatoria."
        if value in PUBLIC_SECRETS:
            return "es un valor publicado en la documentación; elegí otro."
        if len(value) < SHORTEST_SECRET:
            return f"es demasiado corta; hacen falta {SHORTEST_SECRET} caracteres o más."
        bare = value.removeprefix("whsec_")
        if _is_guessable(bare.encode()):
            return GUESSABLE
        for other in SECRETS:
            plain = {name, other} > {"SECRET_KEY"} and name.endswith("SECRET_KEY") and other.endswith("SECRET_KEY")
            theirs = {each.strip().removeprefix("whsec_") for each in self.raw(other).split(",")}
            if other != name and bare in theirs and not plain:
                return f"tiene el mismo valor que {other}; cada secreto necesita uno propio."
        return ""

    def _dev_secret(self, name: str) -> str:
        known = _read_secrets(self._dev_secrets)
        if name not in known:
            known = _make_secrets(self._dev_secrets, name)
        return known[name]


class Survey(Environment):
    """Reads the environment as an app does, to its end: `refused` has a line for each variable that ends a start.

    It writes nothing: a development secret that is not made yet is empty.
    """

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.refused: list[str] = []
        super().__init__(values)

    def refuse(self, line: str, instead: T) -> T:
        if line not in self.refused:
            self.refused.append(line)
        return instead

    def unknown(self) -> list[str]:
        """The names that are set, look like ours, and that nobody has looked for."""
        ours = tuple(f"{prefix}_" for prefix in ("BELGRANO", "AHORRO", "TICKETERA", *PREFIX.values()))
        return sorted(name for name in self._values if name.startswith(ours) and name not in self.asked)

    def _dev_secret(self, name: str) -> str:
        return _read_secrets(self._dev_secrets).get(name, "")


GUESSABLE = "es fácil de adivinar (repite o cuenta); hacen falta caracteres al azar."


def _is_guessable(data: bytes) -> bool:
    """Long and no secret: few characters, a piece of it again and again, or a run such as 0123456789."""
    steps = {(b - a) % 256 for a, b in itertools.pairwise(data)}
    again = any(data[period:] == data[:-period] for period in range(1, len(data) // 2 + 1))
    return again or len(set(data)) < VARIED or len(steps) < VARIED


def _is_address(value: str, schemes: tuple[str, ...]) -> bool:
    """Whether it begins with one of the schemes and says where; a database or a socket may leave the host out."""
    try:
        parts = urlsplit(value)
        somewhere = parts.hostname or (parts.scheme in {"postgresql", "unix"} and parts.path)
        return parts.scheme in schemes and bool(somewhere) and (parts.port or 1) > 0
    except ValueError:
        return False


def _read_secrets(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def _make_secrets(path: Path, name: str) -> dict[str, str]:
    """Make the development secrets; of two apps that start at the same moment both read the first one's file."""
    known = _read_secrets(path)
    for each in ("AHORRO_SECRET_KEY", "TICKETS_SECRET_KEY", "TICKETERA_WEBHOOK_SECRET", name):
        prefix = "whsec_" if each == "TICKETERA_WEBHOOK_SECRET" else ""
        known.setdefault(each, prefix + base64.b64encode(secrets.token_bytes(32)).decode())
    try:
        made, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name + ".")
        with os.fdopen(made, "w", encoding="utf-8") as file:
            file.write("# Secretos de desarrollo, hechos por belgrano. No van a git ni a producción.\n")
            file.writelines(f"{each}={value}\n" for each, value in known.items())
        try:
            if path.exists() and name not in _read_secrets(path):
                Path(draft).replace(path)
            else:
                os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError as error:
        refuse(f"{path.name}: no se puede escribir en esta carpeta ({error.strerror}).")
    return _read_secrets(path)
