"""What an admin's board remembers is that admin's own, small and checked."""

import pytest

from tests.people import Crew, Json
from tests.ticketera.routes.asserts import refused


async def test_each_admin_has_their_own_and_changes_only_what_they_send(crew: Crew) -> None:
    other = await crew.hire("usuarios", "otra-preferente@belgrano.test", "Otra", crew.admins)
    one = crew.admin
    assert await one.ok("GET", "/api/preferencias") == {"fijadas": [], "densidad": "comoda"}

    assert (await one.ok("PATCH", "/api/preferencias", {"fijadas": [3, 1]}))["fijadas"] == [3, 1]
    await one.ok("PATCH", "/api/preferencias", {"densidad": "compacta"})

    assert await one.ok("GET", "/api/preferencias") == {"fijadas": [3, 1], "densidad": "compacta"}
    assert await other.ok("GET", "/api/preferencias") == {"fijadas": [], "densidad": "comoda"}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"fijadas": [1, 1]}, "fijadas"),
        ({"fijadas": list(range(1, 60))}, "fijadas"),
        ({"fijadas": ["uno"]}, "fijadas"),
        ({"fijadas": None}, "fijadas"),
        ({"densidad": "enorme"}, "densidad"),
        ({"usuario_id": 1}, "usuario_id"),
    ],
)
async def test_what_is_no_preference_is_refused_by_name(crew: Crew, data: Json, field: str) -> None:
    refused(await crew.admin.patch("/api/preferencias", data), 400, campos=[field])
