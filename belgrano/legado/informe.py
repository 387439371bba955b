"""What the operator reads of an import: per table how much is new, each row that stays out and why, how far it is."""

from collections import Counter
from collections.abc import Callable

from belgrano.legado.fila import Fila

CADA = 5000  # rows between two lines about how far it is


class Informe:
    """Counts and tells; `decir` writes a line of the report, `avance` one about how far it is."""

    def __init__(self, decir: Callable[[str], None], avance: Callable[[str], None]) -> None:
        self._decir, self._avance = decir, avance
        self._tabla, self._cuantas, self._vistas = "", 0, 0
        self._suma: Counter[str] = Counter()
        self.afuera = 0  # rows that stayed out, of all tables

    def empezar(self, tabla: str, cuantas: int) -> None:
        """A table begins, with so many rows."""
        self._tabla, self._cuantas, self._vistas, self._suma = tabla, cuantas, 0, Counter()

    def pieza(self, filas: int, *, nuevas: int, estaban: int) -> None:
        """So many rows are done: some new, some that were there already."""
        before, self._vistas = self._vistas, self._vistas + filas
        self._suma.update(nuevas=int(nuevas), estaban=int(estaban))
        if before // CADA != self._vistas // CADA or self._vistas == self._cuantas:
            self._avance(f"{self._tabla}: {self._vistas} de {self._cuantas}")

    def no_viene(self, fila: Fila, motivo: object) -> None:
        """A row stays out."""
        self._suma["afuera"] += 1
        self.afuera += 1
        self._decir(f"  no viene {fila.tabla} {fila.nombre}: {motivo}")

    def avisar(self, fila: Fila) -> None:
        """Tell what was mended in a row."""
        for each in fila.avisos:
            self._decir(f"  ojo {fila.tabla} {fila.nombre}: {each}")

    def terminar(self) -> None:
        """The sums of a table."""
        nuevas, estaban, afuera = (self._suma[each] for each in ("nuevas", "estaban", "afuera"))
        self._decir(f"{self._tabla}: {nuevas} nuevas, {estaban} ya estaban, {afuera} no vienen.")

    def nota(self, text: str) -> None:
        """A sentence that is about no row."""
        self._decir(text)
