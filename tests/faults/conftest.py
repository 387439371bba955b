"""A Ticketera for each test here, and a shop beside it where a test asks for one. Limits are off: floods are wanted."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.people import Crew, Customer, enter_customer
from tests.servers import Servers


@pytest.fixture(params=["sqlite", "postgresql"])
def town(request: pytest.FixtureRequest) -> Iterator[Servers]:
    """Nothing runs yet."""
    if request.param == "postgresql":
        request.getfixturevalue("postgres")
    with Servers(postgres=request.param == "postgresql", BELGRANO_LIMITS="off") as town:
        yield town


@pytest.fixture
async def crew(town: Servers) -> AsyncIterator[Crew]:
    """Ticketera runs, with an admin and two repartidores in turno who may carry any number."""
    town.start("ticketera")
    crew = await Crew.gather(town)
    await crew.admin.ok("PATCH", "/api/configuracion", {"max_tickets_por_repartidor": 100_000})
    yield crew
    await crew.close()


@pytest.fixture
async def customers(town: Servers) -> AsyncIterator[list[Customer]]:
    """The shop runs, with products and four customers."""
    town.catalogue()
    for n in range(4):
        town.create_user("ahorro", "cliente", f"c{n}@belgrano.test", f"Cliente {n}")
    town.start("ahorro")
    customers = [await enter_customer(town.ahorro.url, f"c{n}@belgrano.test") for n in range(4)]
    yield customers
    for customer in customers:
        await customer.close()
