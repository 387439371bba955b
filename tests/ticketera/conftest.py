"""Ticketera's database for tests, on SQLite and on PostgreSQL, and the people who act in them."""

from pathlib import Path

import pytest

import ticketera
from belgrano.base import Base
from tests.conftest import MakeBase
from tests.ticketera.cast import Cast

MIGRATIONS = Path(ticketera.__file__).parent / "store" / "migrations"


@pytest.fixture
async def base(make_base: MakeBase) -> Base:
    """An empty Ticketera; what its acts told is in `base.told`."""
    return await make_base(MIGRATIONS, app="ticketera")


@pytest.fixture
async def cast(base: Base) -> Cast:
    """Ana, who administers; Rita and Raúl, who deliver, off duty as yet."""
    return await Cast.of(base)
