"""The guides for people say what the program does: each command, option, variable and page in them exists."""

import importlib
import re
import shlex
from collections.abc import Iterator
from functools import cache

import click
import pytest

from ahorro.routes.pages.admin.apartados import APARTADOS
from belgrano.env import PREFIX, Survey
from belgrano.operator.cli import cli
from tests.access import MATRIX
from tests.servers import ROOT
from tests.test_voseo import TUTEO

GUIDES = ("GUIA.md", "OPERAR.md")
CODE = re.compile(r"```[a-z]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
VARIABLE = re.compile(r"\b(?:BELGRANO|AHORRO|TICKETERA|TICKETS)_[A-Z_]+\b|\b(?:METRICS_TOKEN|REDIS_URL)\b")
FOLDERS = ("/etc/", "/opt/", "/var/", "/srv/", "/usr/")  # of the server, and no page
# The plain names are for hosts that give each app its own; FLASK_ENV is the earlier system's.
PLAIN = {"PORT", "HOST", "PUBLIC_URL", "SECRET_KEY", "DATABASE_URL", "TICKETS_URL", "AHORRO_URL", "FLASK_ENV"}


@cache
def guide(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pieces(name: str) -> list[str]:
    """What stands in the guide as code: each line of a block, and each span."""
    found: list[str] = []
    for block, span in CODE.findall(guide(name)):
        found += [span] if span else block.replace("\\\n", " ").splitlines()
    return found


def spoken(name: str) -> Iterator[list[str]]:
    """The words after each `belgrano` that is called in the guide."""
    for piece in pieces(name):
        for called in re.findall(r"(?:^|bin/|[|;] )belgrano ([a-z].*)", piece):
            if words := shlex.split(re.sub(r"[|;&<>#'].*|[]…[]", "", called)):
                yield words


def known(command: click.Command, words: list[str]) -> tuple[str, list[str]]:
    """The command that these words call, and what is left of them."""
    name = ""
    while isinstance(command, click.Group) and words and words[0] in command.commands:
        name, command, words = f"{name} {words[0]}".strip(), command.commands[words[0]], words[1:]
    assert not isinstance(command, click.Group) or words[:1] == ["--help"], f"belgrano {name} {words}"
    options = {each for p in command.params if isinstance(p, click.Option) for each in (*p.opts, *p.secondary_opts)}
    options |= {"--help", "--version"}
    for word in words:
        assert not word.startswith("-") or word.split("=")[0] in options, f"belgrano {name} {word}"
    return name, words


def commands(group: click.Group, above: str = "") -> Iterator[str]:
    """Every command that is not hidden, by its whole name."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{above}{name} ")
        elif not command.hidden:
            yield f"{above}{name}"


@cache
def variables() -> frozenset[str]:
    """Every variable that an app looks for."""
    asked: set[str] = set()
    for kind in ("production", "development"):
        survey = Survey({"BELGRANO_ENV": kind})
        for app in PREFIX:
            importlib.import_module(f"{app}.settings").Settings.read(survey)
        asked |= survey.asked
    return frozenset(asked)


@cache
def rules() -> tuple[re.Pattern[str], ...]:
    """What each route of either app matches."""
    return tuple(
        re.compile(
            "".join(".+" if n % 2 else re.escape(part) for n, part in enumerate(re.split(r"(<[^>]*>)", rule))) + "$"
        )
        for rule in {rule for _, _, rule in MATRIX}
    )


@pytest.mark.parametrize("name", GUIDES)
def test_each_command_and_option_in_a_guide_exists(name: str) -> None:
    for words in spoken(name):
        known(cli, words)


@pytest.mark.parametrize("name", GUIDES)
def test_each_variable_in_a_guide_is_read_by_an_app(name: str) -> None:
    assert set(VARIABLE.findall(guide(name))) - variables() == set()


@pytest.mark.parametrize("name", GUIDES)
def test_each_page_in_a_guide_is_there(name: str) -> None:
    paths = {piece.split("?")[0] for piece in pieces(name) if re.fullmatch(r"/[a-z][\w/.?=&-]*", piece)}

    paths = {path for path in paths if not path.startswith(FOLDERS)}
    begun = {path for path in paths if path.endswith("/") and any(rule.startswith(path) for _, _, rule in MATRIX)}

    assert {path for path in paths - begun if not any(rule.match(path) for rule in rules())} == set()
    parts = {path.rsplit("/", 1)[1] for path in paths if path.startswith("/admin/configuracion/")}
    assert parts <= set(APARTADOS)


@pytest.mark.parametrize("name", GUIDES)
def test_each_picture_and_file_that_a_guide_leads_to_is_there(name: str) -> None:
    leads = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)|src=\"([^\"]+)\"", guide(name))

    assert [to for pair in leads for to in pair if to and not (ROOT / to).exists()] == []


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_speaks_as_people_here_do(name: str) -> None:
    assert [hit[0] for hit in TUTEO.finditer(guide(name))] == []


def test_operators_find_every_command_and_every_variable_in_their_guide() -> None:
    named = {known(cli, words)[0] for words in spoken("OPERAR.md")}

    assert set(commands(cli)) - named == set()
    assert variables() - PLAIN - set(VARIABLE.findall(guide("OPERAR.md"))) == set()
