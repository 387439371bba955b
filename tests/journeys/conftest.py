"""A town for each journey: both apps as real processes, a catalogue, one customer; once on each database."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.people import Crew, Customer, enter_customer
from tests.servers import Servers

CUSTOMER = "clienta@belgrano.test"


@pytest.fixture(params=["sqlite", "postgresql"])
def town(request: pytest.FixtureRequest) -> Iterator[Servers]:
    """Both apps, up."""
    if request.param == "postgresql":
        request.getfixturevalue("postgres")
    with Servers(postgres=request.param == "postgresql") as town:
        town.catalogue()
        town.create_user("ahorro", "cliente", CUSTOMER, "Ana Clienta")
        yield town.start()


@pytest.fixture
async def crew(town: Servers) -> AsyncIterator[Crew]:
    """An admin, and two repartidores in turno."""
    crew = await Crew.gather(town)
    yield crew
    await crew.close()


@pytest.fixture
async def customer(town: Servers) -> AsyncIterator[Customer]:
    customer = await enter_customer(town.ahorro.url, CUSTOMER)
    yield customer
    await customer.close()
