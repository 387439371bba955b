"""One Ticketera as a real process for the tests of a folder, and its people.

A folder's conftest imports the fixtures it wants. Tests share the process, so each brings people and tickets of its
own, and leaves the settings as they were.
"""

import uuid
from collections.abc import AsyncIterator

import pytest

from tests.people import Crew, Person
from tests.servers import PUSH, Servers, free_port


@pytest.fixture(scope="session")
async def town() -> AsyncIterator[Servers]:
    """Ticketera runs, with a key for notices and a push service that a test may be; the shop does not."""
    with Servers(**PUSH, TICKETS_PUSH_ORIGINS=f"http://127.0.0.1:{free_port()}") as servers:
        servers.start("ticketera")
        yield servers


@pytest.fixture(scope="session")
async def crew(town: Servers) -> AsyncIterator[Crew]:
    """Two admins and the shop's program; nobody is on duty, so that new tickets wait unless they name somebody."""
    gathered = await Crew.gather(town, repartidores=0, admins=2, turno=False)
    yield gathered
    await gathered.close()


async def _hire(crew: Crew) -> Person:
    tag = uuid.uuid4().hex[:8]
    return await crew.hire("repartidores", f"r-{tag}@belgrano.test", f"Rita {tag}", crew.repartidores)


@pytest.fixture
async def rita(crew: Crew) -> Person:
    """A repartidor who is new with every test, off duty."""
    return await _hire(crew)


@pytest.fixture
async def raul(crew: Crew) -> Person:
    """Another repartidor who is new with every test, off duty."""
    return await _hire(crew)
