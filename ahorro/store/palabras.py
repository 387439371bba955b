"""The words of names: which products have them, and how a search is answered from them."""
# ruff: noqa: S608  (SQL text is put together from this module's own names, never from values)

from collections.abc import Collection, Sequence

from ahorro.domain.busqueda import Termino
from belgrano.database.work import Connection

# A text with a blank around each of its words, so that a word is found whole; a comma parts them, too.
PARTES = "(' ' || replace({}, ',', ' ') || ' ')"

# The ids of what has one of some words; an IN, since SQLite would begin a join with each word of each product.
CON_PALABRA = """
    SELECT pp.producto_id FROM producto_palabras pp WHERE pp.palabra IN (SELECT w.palabra FROM palabras w WHERE {})
"""


async def insert_palabras(con: Connection, producto_id: int, buscado: str) -> None:
    """File a product, which has no words yet, under those of its folded name."""
    words = {f"w{n}": word for n, word in enumerate(sorted(set(buscado.split())))}
    if not words:
        return
    alone, paired = (", ".join(text.format(w) for w in words) for text in ("(:{})", "(:{}, :producto_id)"))
    await con.execute(f"INSERT INTO palabras (palabra) VALUES {alone} ON CONFLICT (palabra) DO NOTHING", words)
    await con.execute(
        f"INSERT INTO producto_palabras (palabra, producto_id) VALUES {paired}", {**words, "producto_id": producto_id}
    )


async def delete_palabras(con: Connection, producto_id: int) -> None:
    """Take a product out from under its words; the words stay known."""
    await con.execute("DELETE FROM producto_palabras WHERE producto_id = :id", {"id": producto_id})


async def select_palabras(con: Connection, desde: int, hasta: int) -> list[str]:
    """Each word once, of so many letters, that is in some name, on sale or not, folded."""
    rows = await con.fetch_all(
        "SELECT palabra FROM palabras WHERE length(palabra) BETWEEN :desde AND :hasta",
        {"desde": desde, "hasta": hasta},
    )
    return [row["palabra"] for row in rows]


async def select_a_la_venta(con: Connection, palabras: Collection[str]) -> set[str]:
    """Which of these words are in the name of something on sale."""
    values = {f"w{n}": palabra for n, palabra in enumerate(palabras)}
    if not values:
        return set()
    # The first product of each word that is on sale is enough; of EXISTS PostgreSQL makes a join with all of them.
    rows = await con.fetch_all(
        f"""
        SELECT w.palabra FROM palabras w
         WHERE w.palabra IN ({", ".join(f":{each}" for each in values)})
           AND (SELECT p.id FROM producto_palabras pp JOIN productos p ON p.id = pp.producto_id
                 WHERE pp.palabra = w.palabra AND p.activo LIMIT 1) IS NOT NULL
        """,
        values,
    )
    return {row["palabra"] for row in rows}


def tiene(termino: Termino, name: str, values: dict[str, object]) -> str:
    """The condition that `productos p` has one thing; its values, named from `name` on, are added to `values`.

    A text without a blank is inside a name where it is inside one of its words, so few words are read instead of all
    names; one with a blank is read in the names that have its longest word. A size, which a large part of the
    catalogue has and which mostly stands beside a word, is read in the names.
    """

    def value(what: object) -> str:
        key = f"{name}_{len(values)}"
        values[key] = what
        return f":{key}"

    def like(column: str, text: str) -> str:
        return f"{column} LIKE {value(text)} ESCAPE '\\'"

    texts = [*((each, "") for each in termino.comienzos), *((each, " ") for each in termino.enteras)]
    trae = f"{{}}.contenido IN ({', '.join(map(str, map(int, termino.contenidos)))})"
    if termino.medida:
        en_nombre = [like(PARTES.format("p.buscado"), f"% {_escaped(text)}{end}%") for text, end in texts]
        de_ficha = f"({trae.format('p')} AND p.medida = {value(termino.medida)})"
        return f"({' OR '.join([de_ficha, *en_nombre])})"
    ways, words = [], [like("w.palabra", f"%{_escaped(termino.parte)}%")] if termino.parte else []
    for text, end in texts:
        if " " in text:
            longest = like(PARTES.format("w.palabra"), f"% {_escaped(max(text.split(), key=len))}%")
            whole = like(PARTES.format("r.buscado"), f"% {_escaped(text)}{end}%")
            ways.append(f"SELECT r.id FROM productos r WHERE r.id IN ({CON_PALABRA.format(longest)}) AND {whole}")
        else:
            words.append(like(PARTES.format("w.palabra"), f"% {_escaped(text)}{end}%"))
    gondolas = ", ".join(f"(SELECT k.id FROM categorias k WHERE k.clave = {value(each)})" for each in termino.claves)
    ways.append(f"SELECT r.id FROM productos r WHERE r.categoria_id IN ({gondolas})")
    if termino.contenidos:
        ways.append(f"SELECT r.id FROM productos r WHERE {trae.format('r')}")
    if termino.codigo_barras:
        ways.append(f"SELECT r.id FROM productos r WHERE r.codigo_barras = {value(termino.codigo_barras)}")
    return f"p.id IN ({' UNION '.join([CON_PALABRA.format(' OR '.join(words)), *ways])})"


def rango(buscados: Sequence[Termino], values: dict[str, object]) -> str:
    """What a search is ordered by: 0 where the name begins with the first word, 1 where it has each as a whole word.

    2 is the rest, found by a part of a word, another name or its categoria. The values are added to `values`.
    """

    def value(what: object) -> str:
        key = f"r{len(values)}"
        values[key] = what
        return f":{key}"

    enteras = [t for t in buscados if t.mejores]
    if not enteras:
        return "2"
    con_todas = []
    for termino in enteras:
        # A name's words keep the comma behind them.
        words = ", ".join(value(each + end) for each in termino.mejores for end in ("", ","))
        con_todas.append(f"p.id IN (SELECT pp.producto_id FROM producto_palabras pp WHERE pp.palabra IN ({words}))")
    empieza = " OR ".join(f"p.buscado LIKE {value(_escaped(each) + '%')} ESCAPE '\\'" for each in enteras[0].mejores)
    return f"CASE WHEN NOT ({' AND '.join(con_todas)}) THEN 2 WHEN {empieza} THEN 0 ELSE 1 END"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
