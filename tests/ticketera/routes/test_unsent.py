"""An admin's form whose session had ended goes on after the login, and only for that admin."""

import re

from tests.people import Crew, Person
from tests.servers import PASSWORD, Servers

FORM = {"nombre": "Nadia Ortiz", "email": "nadia@belgrano.test", "telefono": "4781-0001"}


async def pending(person: Person) -> str:
    """What the login page carries after a form that came too late."""
    cookie = person.cookie
    await person.delete("/api/sesion")
    answer = await person("POST", "/repartidores/nuevo", data=FORM, headers={"Accept": "text/html", "Cookie": cookie})
    assert answer.status_code == 401 and "Tu sesión terminó" in answer.text
    found = re.search(r'name="pendiente" value="([^"]+)"', answer.text)
    assert found is not None
    return found[1]


async def test_the_form_goes_on_with_whoever_filled_it_in(town: Servers, crew: Crew, rita: Person) -> None:
    jefa = await crew.hire("usuarios", f"suelta-{rita.id}@belgrano.test", "Jefa Suelta", [])
    told = {"email": jefa.me["email"], "password": PASSWORD, "pendiente": await pending(jefa)}

    stranger = Person(town.ticketera.url)
    theirs = await stranger("POST", "/login", data={**told, "email": rita.me["email"]})
    again = await jefa("POST", "/login", data=told)

    assert theirs.status_code == 303 and "Nadia" not in theirs.text
    assert again.status_code == 200 and 'action="/repartidores/nuevo"' in again.text
    assert 'name="nombre" value="Nadia Ortiz"' in again.text
    for person in (stranger, jefa):
        await person.close()
