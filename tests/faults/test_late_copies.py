"""A copy that should have been made and was not is told, and that one has been made."""

import asyncio

from tests.servers import Servers
from tests.told import told, watched


async def test_copies_that_cannot_be_made_are_told_until_one_is() -> None:
    async with told() as them:
        with Servers() as town:
            folder = town.folder / "copias"
            folder.write_text("a file where the folder should be")
            town.env |= {"BELGRANO_BACKUP_DIR": str(folder), "BELGRANO_BACKUP_EVERY_H": "0.001"}
            watched(town, "ahorro", them, away=60)
            await asyncio.to_thread(town.start, "ahorro")
            await them.until("alerta.copia_vieja")
            folder.unlink()
            await them.until("alerta.copia_vieja.fin")

    assert them.types == ["alerta.copia_vieja", "alerta.copia_vieja.fin"]
    assert them.posts[0]["data"]["detalle"].startswith("No se pudo hacer la copia: ")
    assert them.mails[0] == "La tienda: la última copia es vieja"
