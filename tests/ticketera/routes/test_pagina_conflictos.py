"""The page of conflictos: what was done, how it was paid and proved, and the pictures as they come in."""

from tests.people import Crew, Person, act, get_ticket, move
from tests.pictures import jpeg


async def test_a_conflicto_shows_its_money_and_its_proof(crew: Crew, rita: Person, raul: Person) -> None:
    ticket = (await crew.shop.post_ticket(repartidor_id=rita.id))["ticket_id"]
    await rita("PUT", f"/api/tickets/{ticket}/fotos/f-1", content=jpeg(), headers={"Content-Type": "image/jpeg"})
    await move(crew.admin, [await get_ticket(crew.admin, ticket)], raul.id)
    proof = {"receptor": "vecino", "receptor_nombre": "<Pedro>", "fotos": ["f-1", "f-2"], "pin": "1"}
    answer = await act(rita, ticket, "entregar", cobrado=1900.5, medio="transferencia", prueba=proof)
    assert answer.status_code == 409

    page = (await crew.admin.get("/conflictos")).text

    for text in (
        "cobró $\u00a01.900,50 (transferencia)", "Recibió: &lt;Pedro&gt;, un vecino", "Código incorrecto",
        f'src="/api/tickets/{ticket}/fotos/f-1"', "Una imagen todavía no llegó",
    ):  # fmt: skip
        assert text in page, text
    assert "<Pedro>" not in page
