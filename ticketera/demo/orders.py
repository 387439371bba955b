"""Orders taken by telephone, and how far each has come. The people are invented, the streets are not."""

# ruff: noqa: E501 - a table reads better in one line each

from __future__ import annotations

from dataclasses import dataclass

from belgrano.words.times import HORA
from ticketera.demo.streets import barrio, place
from ticketera.domain.encargo import Encargo
from ticketera.domain.intake import encargo_de

# numero | who | street, number, rest | telephone | what | total in pesos | payment | notes | prioridad | how far
TABLE = """
TEL-0101 | Alicia Romano | Moldes, 2311, 5.º A | 11 4781-2040 | Yerba mate 1 kg x2; Azúcar 1 kg; Galletitas surtidas | 14.316 | efectivo | Timbre 5A, no anda el portero | normal | entregado
TEL-0102 | Óscar Dellepiane | Amenábar, 2745, | 11 4783-1187 | Asado de tira x2; Carbón 4 kg; Vino malbec | 41.600 | tarjeta | | normal | entregado
TEL-0103 | Bar El Farol | Av. Crámer, 2190, local | 11 4784-6612 | Leche entera, caja de 12; Café molido 250 g x4 | 59.500 | transferencia | Entrar por la cortina de la derecha | alta | entregado
TEL-0104 | Norma Ibáñez | Juramento, 2788, 2.º C | 11 4782-0931 | Pan lactal; Manteca; Dulce de leche 400 g | 10.070 | efectivo | Paga con $ 20.000 | normal | entregado
TEL-0105 | Federico Lamas | Echeverría, 2630, 8.º D | 11 5021-7754 | Gaseosa cola pack de 6; Papas fritas x3 | 28.470 | mercadopago | | normal | entregado
TEL-0106 | Susana Etcheverry | Vidal, 2044, PB 1 | 11 4785-3320 | Detergente; Lavandina; Papel higiénico | 7.130 | efectivo | Tocar fuerte, no escucho bien | baja | entregado
TEL-0107 | Gimnasio Núcleo | Monroe, 2930, 1.º | 11 4786-9010 | Agua mineral 2 l x12; Banana 3 kg | 25.230 | transferencia | Preguntar por Bruno en la recepción | alta | entregado
TEL-0108 | Raquel Abadi | Conesa, 2466, | 11 4787-1243 | Pollo entero x2; Papa 3 kg; Lechuga | 14.700 | efectivo | Perro suelto en el patio | normal | cliente_ausente
TEL-0109 | Leandro Piñeyro | Quesada, 2512, 3.º B | 11 5263-8841 | Pañales talle G; Jabón de tocador | 17.590 | tarjeta | | normal | direccion_incorrecta
TEL-0110 | Elsa Monteverde | Olazábal, 2655, | 11 4788-5590 | Queso cremoso 1 kg; Jamón cocido | 15.890 | efectivo | | normal | cancelado
TEL-0111 | Jardín Los Girasoles | Mendoza, 2871, | 11 4789-2277 | Yogur bebible x6; Galletitas de agua x4; Manzana 2 kg | 32.080 | transferencia | Antes de las 12, portón verde | urgente | en_camino
TEL-0112 | Horacio Quinteros | Blanco Encalada, 2740, 6.º F | 11 4781-8806 | Milanesas de nalga 1 kg; Morrón rojo | 17.290 | efectivo | Paga justo | normal | en_camino
TEL-0113 | Verónica Salinas | Ciudad de la Paz, 2933, 10.º A | 11 5263-7719 | Alimento para perros 20 kg | 52.900 | tarjeta | Bolsa pesada, hay ascensor | normal | en_camino
TEL-0114 | Pablo Wainberg | Iberá, 2470, | 11 4702-3345 | Vino torrontés; Aceitunas; Maní salado | 9.540 | mercadopago | | normal | en_camino
TEL-0115 | Dora Casais | Jaramillo, 2388, 1.º 4 | 11 4703-0912 | Tapas para empanadas x2; Carne picada 1 kg; Huevos docena | 18.390 | efectivo | El timbre es el 14 | normal | asignado
TEL-0116 | Club Social Núñez | Crisólogo Larralde, 2520, | 11 4704-5561 | Gaseosa lima 2,25 l x6; Cerveza pack de 6 x2 | 39.540 | transferencia | Por la puerta del buffet | alta | asignado
TEL-0117 | Marcelo Tuñón | Manuela Pedraza, 2455, 4.º B | 11 5263-6690 | Helado de dulce de leche; Hamburguesas x2 | 16.070 | tarjeta | Viaja frío: entregar primero | urgente | asignado
TEL-0118 | Irene Bustamante | Zabala, 2588, 7.º C | 11 4785-7723 | Arroz largo x2; Lentejas; Puré de tomate x3 | 9.760 | efectivo | | baja | asignado
TEL-0119 | Gonzalo Ferrán | Teodoro García, 2471, | 11 5021-4418 | Asado de tira 1 kg; Chorizo parrillero 1 kg | 23.600 | efectivo | Paga con $ 30.000 | normal | asignado
TEL-0120 | Lidia Carranza | José Hernández, 2530, 2.º | 11 4782-6604 | Pasta dental; Shampoo; Desodorante | 9.730 | mercadopago | Dejar en portería con Raúl | normal | asignado
TEL-0121 | Estudio Robles | Virrey del Pino, 2446, 12.º | 11 4783-9981 | Café instantáneo x2; Té en saquitos x3; Azúcar | 28.320 | transferencia | Piso 12, recepción | normal | asignado
TEL-0122 | Matías Olguín | Freire, 2215, | 11 5263-2230 | Fideos tallarines x4; Queso rallado x2 | 13.060 | efectivo | Casa con rejas negras | normal | asignado
TEL-0123 | Teresa Vignolo | Cuba, 2870, 3.º A | 11 4784-1156 | Leche descremada x6; Pan integral | 17.690 | efectivo | | normal | aparte
TEL-0124 | Ferretería Zapiola | Zapiola, 2333, | 11 4787-4402 | Yerba mate, bulto de 10; Mate cocido x4 | 53.900 | transferencia | Cierra de 13 a 16 | alta | aparte
TEL-0125 | Nicolás Arrieta | Vuelta de Obligado, 2561, 9.º E | 11 5021-9987 | Pizza: premezcla x2, muzzarella x2, puré x2 | 19.260 | tarjeta | | normal | aparte
"""

# In how many hours the franja of an order begins.
FRANJA_EN = {"asignado": 0, "aparte": 2}


@dataclass(frozen=True, slots=True)
class OrderDemo:
    """An order and what becomes of it: `asignado`, `en_camino`, `entregado`, `cancelado`, the motivo of a failure, or
    `aparte`, put into "Sin asignar" by a person."""

    nuevo: Encargo
    destino: str


def parse_orders(table: str = TABLE, ahora: int | None = None) -> list[OrderDemo]:
    """The rows of the table, in its order. With `ahora` (ms UTC) every other one has a franja around it."""
    return [_order(line, None if row % 2 else ahora) for row, line in enumerate(table.strip().splitlines())]


def _order(line: str, ahora: int | None) -> OrderDemo:
    numero, nombre, address, telefono, que, total, pago, notas, prioridad, destino = (
        c.strip() for c in line.split("|")
    )
    street, number, rest = (part.strip() for part in address.split(",", 2))
    lat, lng = place(street, int(number))
    desde, hasta = (None, None) if ahora is None else _franja(destino, ahora)
    nuevo = encargo_de(
        numero=numero,
        cliente_nombre=nombre,
        cliente_direccion=f"{street} {number}",
        cliente_piso=rest,
        cliente_barrio=barrio(street, int(number)),
        cliente_telefono=telefono,
        productos=[each.strip() for each in que.split(";")],
        total=int(total.replace(".", "")) * 100,
        metodo_pago=pago,
        indicaciones=notas,
        prioridad=prioridad,
        cliente_lat=lat,
        cliente_lng=lng,
        franja_desde=desde,
        franja_hasta=hasta,
    )
    return OrderDemo(nuevo, destino)


def _franja(destino: str, ahora: int) -> tuple[int, int]:
    """Two hours on the clock: it has begun for what is closed or on its way, and comes later for what waits."""
    desde = (ahora // HORA + FRANJA_EN.get(destino, -1)) * HORA
    return desde, desde + 2 * HORA
