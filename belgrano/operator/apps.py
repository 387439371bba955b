"""What every command begins with: the app that is named, its commands and settings found by name, and a loop."""

import asyncio
import importlib
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import click

from belgrano.operator import launcher

T = TypeVar("T")
APP = click.Choice(launcher.APPS)


def apps_of(app: str | None) -> tuple[str, ...]:
    """The one that is named, or both."""
    return launcher.APPS if app is None else (app,)


def commands_of(app: str) -> Any:
    """The app's `cli` module; what it offers stands in belgrano/README.md."""
    return importlib.import_module(f"{app}.cli")


def settings_of(app: str) -> Any:
    """The app's settings, read from the environment."""
    return importlib.import_module(f"{app}.settings").Settings.read()


def migrations_of(app: str) -> Path:
    """Where the app's migrations are."""
    folder: Path = importlib.import_module(f"{app}.settings").MIGRATIONS
    return folder


def finished(coro: Coroutine[Any, Any, T]) -> T:
    """What it returns, run on a loop of its own."""
    return asyncio.run(coro)
