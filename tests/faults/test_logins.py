"""Whoever tries to get in and does not leaves a line: the address, a mark of the account, and no e-mail."""

import asyncio
import re

from tests.people import Person
from tests.servers import Servers


async def test_failed_logins_of_both_apps_are_one_line_each_without_the_e_mail() -> None:
    with Servers() as town:
        town.create_user("ahorro", "cliente", "ana@belgrano.test", "Ana")
        town.create_user("ticketera", "admin", "jefa@belgrano.test", "Jefa")
        await asyncio.to_thread(town.start)
        for url, email in ((town.ahorro.url, "ana@belgrano.test"), (town.ticketera.url, "jefa@belgrano.test")):
            person = Person(url)
            statuses = [(await person.log_in(email, "otra-frase-larga")).status_code for _ in range(12)]
            statuses.append((await person.log_in(email.upper(), "otra-frase-larga")).status_code)
            await person.close()
            assert statuses == [401] * 10 + [429] * 3
        texts = [town.ahorro.text(), town.ticketera.text()]

    marks = []
    for text in texts:
        lines = [line for line in text.splitlines() if "login_failed" in line]
        assert len(lines) == 13
        assert all(re.search(r"address=127\.\d+\.\d+\.\d+ ", line) for line in lines)
        assert sum("why=password" in line for line in lines) == 10 and sum("too many" in line for line in lines) == 3
        assert "belgrano.test" not in text.casefold()
        marks += {match[1] for line in lines if (match := re.search(r"account=([0-9a-f]{16})", line))}
    assert len(marks) == 2
