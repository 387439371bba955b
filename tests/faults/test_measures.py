"""What /metrics of both apps say, read as a scraper reads it: every sample says whose it is, and routes are rules."""

import asyncio

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.people import Crew, Person, ticket_data, until
from tests.servers import Servers

BOTH = {
    "belgrano_outbox_pendientes", "belgrano_outbox_apartados", "belgrano_outbox_mas_viejo_seconds",
    "belgrano_outbox_detenida", "belgrano_incidents", "belgrano_disk_free_bytes", "belgrano_database_bytes",
    "belgrano_loop_lag_seconds", "belgrano_logins_failed_total", "belgrano_info", "process_open_fds", "process_max_fds",
}  # fmt: skip


async def samples(person: Person, app: str) -> dict[str, list[tuple[dict[str, str], float]]]:
    found: dict[str, list[tuple[dict[str, str], float]]] = {}
    for family in text_string_to_metric_families((await person.get("/metrics")).text):
        for each in family.samples:
            assert each.labels.pop("app") == app
            found.setdefault(each.name, []).append((each.labels, each.value))
    return found


async def value(person: Person, name: str) -> float:
    found = (await samples(person, "ticketera")).get(name)
    return found[0][1] if found else -1


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_operators_see_queues_people_and_routes_of_both_apps(kind: str, request: pytest.FixtureRequest) -> None:
    if kind == "postgresql":
        request.getfixturevalue("postgres")
    with Servers(postgres=kind == "postgresql") as town:
        await asyncio.to_thread(town.start)
        crew = await Crew.gather(town, repartidores=2, turno=False)
        await crew.shop.post_ticket()
        await crew.shop.post("/api/tickets", {**ticket_data(), "total": "mal"})
        for _ in range(3):
            await crew.admin.get("/tickets/1")
        shop = Person(town.ahorro.url)
        await shop.log_in("nadie@belgrano.test", "una-frase-larga")
        await until(lambda: has(crew.admin, "ticketera_sin_repartidor", 1))
        ticketera, ahorro = await samples(crew.admin, "ticketera"), await samples(shop, "ahorro")
        await shop.close()
        await crew.close()

    assert ticketera.keys() >= BOTH and ahorro.keys() >= BOTH
    assert {each: ticketera[each][0][1] for each in ticketera if each.startswith("ticketera_rep")} == {
        "ticketera_repartidores_en_turno": 0,
        "ticketera_repartidores_en_linea": 0,
    }
    assert ticketera["belgrano_database_bytes"][0][1] > 100_000
    assert ticketera["ticketera_conflictos"][0][1] == ticketera["ticketera_redis_away"][0][1] == 0
    assert ahorro["belgrano_logins_failed_total"][0][1] == 1
    assert ahorro["belgrano_info"][0][0]["version"]
    requests = {(r["method"], r["route"], r["status"]): n for r, n in ticketera["belgrano_requests_total"]}
    assert requests["GET", "/tickets/<int:number>", "200"] == 3
    assert not any("/tickets/1" in route for _, route, _ in requests)
    assert sum(n for (method, _, status), n in requests.items() if (method, status) == ("POST", "201")) >= 1


async def has(person: Person, name: str, at_least: float) -> bool:
    return await value(person, name) >= at_least
