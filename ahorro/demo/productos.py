"""The demo catalogue as one table: 140 products of 25 categories, brands invented.

Columns: code | name | brand | size | categoria | negocio | price | price before (offer) | drawing, colours.
Prices are pesos as a person writes them; `parse_productos` turns them into centavos. A size in g, kg, ml or l
(also "6 x 1 l") lets the shop show a price per kilo or litre.
"""

# ruff: noqa: E501 - a table and drawings read better in one line each

from __future__ import annotations

import re
from dataclasses import dataclass

TABLE = """
leche-entera-1l | Leche entera larga vida | Tambo Viejo | 1 l | lacteos | mercado | 2.190,00 | | carton 2f6fb7 f4f8fc
leche-descremada-1l | Leche descremada larga vida | Tambo Viejo | 1 l | lacteos | mercado | 2.240,00 | | carton 5aa9d6 f4f8fc
leche-fresca-sachet | Leche fresca en sachet | La Aguada | 1 l | lacteos | mercado | 1.780,00 | 1.990,00 | sachet 3b7dc4 ffffff
yogur-frutilla-900 | Yogur bebible de frutilla | La Aguada | 900 g | lacteos | mercado | 2.890,00 | | botella e2557a ffe9ef
yogur-natural-190 | Yogur natural entero | Tambo Viejo | 190 g | lacteos | mercado | 1.150,00 | | pote 4f9ad1 ffffff
manteca-200 | Manteca | La Aguada | 200 g | lacteos | mercado | 2.990,00 | | barra e8b92f fff6d8
crema-de-leche-350 | Crema de leche | Tambo Viejo | 350 ml | lacteos | mercado | 3.350,00 | 3.890,00 | pote c9a24a fffaf0
leche-caja-12 | Leche entera, caja de 12 | Tambo Viejo | 12 x 1 l | lacteos | mayorista | 23.900,00 | 26.280,00 | caja 2f6fb7 f4f8fc

queso-cremoso-kg | Queso cremoso | Cuatro Tambos | 1 kg | quesos-fiambres | mercado | 11.900,00 | 13.500,00 | queso f3d36b fff3c9
queso-rallado-120 | Queso rallado | Cuatro Tambos | 120 g | quesos-fiambres | mercado | 3.150,00 | | bolsa e9c14a 8a2b2b
muzzarella-500 | Muzzarella en cilindro | Cuatro Tambos | 500 g | quesos-fiambres | mercado | 6.450,00 | | queso e9dcb4 fffdf2
jamon-cocido-200 | Jamón cocido feteado | Fiambres del Puente | 200 g | quesos-fiambres | mercado | 3.990,00 | | bandeja e59aa0 f7d9d9
salame-milan-150 | Salame tipo Milán feteado | Fiambres del Puente | 150 g | quesos-fiambres | mercado | 4.350,00 | | bandeja a33a3a e6b8a8
queso-untable-290 | Queso untable clásico | La Aguada | 290 g | quesos-fiambres | mercado | 3.290,00 | | pote 3fa36b ffffff

banana-kg | Banana de Ecuador | El Ombú | 1 kg | frutas | ombu | 2.450,00 | 2.890,00 | banana f2c739 7a5b12
manzana-roja-kg | Manzana roja | El Ombú | 1 kg | frutas | ombu | 2.790,00 | | fruta c22f36 6b8f2d
naranja-jugo-kg | Naranja para jugo | El Ombú | 1 kg | frutas | ombu | 1.190,00 | | fruta f08a24 5d8f35
limon-kg | Limón | El Ombú | 1 kg | frutas | ombu | 1.850,00 | | fruta f3dc4a 5d8f35
frutilla-500 | Frutillas | El Ombú | 500 g | frutas | ombu | 3.600,00 | 4.200,00 | racimo d6303f 4f8f35
uva-negra-kg | Uva negra sin semilla | El Ombú | 1 kg | frutas | ombu | 4.900,00 | | racimo 5c3a78 6b8f2d
palta-unidad | Palta Hass | El Ombú | 1 un | frutas | ombu | 1.490,00 | | pera 3f5a2a 2c421c

papa-kg | Papa negra | El Ombú | 1 kg | verduras | ombu | 1.090,00 | | tuberculo b98a54 8e6637
cebolla-kg | Cebolla | El Ombú | 1 kg | verduras | ombu | 1.150,00 | | fruta d29a4e 8a5a22
tomate-redondo-kg | Tomate redondo | El Ombú | 1 kg | verduras | ombu | 2.390,00 | 2.990,00 | fruta d8402f 3f7f35
lechuga-criolla | Lechuga criolla | El Ombú | 1 un | verduras | ombu | 1.650,00 | | hoja 5aa343 3d7a2d
zanahoria-kg | Zanahoria | El Ombú | 1 kg | verduras | ombu | 1.290,00 | | zanahoria ee7d23 4f9340
morron-rojo-kg | Morrón rojo | El Ombú | 1 kg | verduras | ombu | 4.690,00 | | pera c8272d 3f7f35
zapallo-anco-kg | Zapallo anco | El Ombú | 1 kg | verduras | ombu | 1.350,00 | | pera e0a458 a8702a

asado-kg | Asado de tira | Granja El Ombú | 1 kg | carnes | ombu | 14.900,00 | | carne b23a3a f3d6cf
carne-picada-kg | Carne picada especial | Granja El Ombú | 1 kg | carnes | ombu | 9.800,00 | 11.200,00 | bandeja b5443f e9b4a6
milanesa-nalga-kg | Milanesas de nalga | Granja El Ombú | 1 kg | carnes | ombu | 12.600,00 | | bandeja d9a55a f0d5a5
bife-chorizo-kg | Bife de chorizo | Granja El Ombú | 1 kg | carnes | ombu | 16.900,00 | | carne a12f35 f6e3dc
chorizo-parrillero-kg | Chorizo parrillero | Granja El Ombú | 1 kg | carnes | ombu | 8.700,00 | | chorizo b5523a 8e3a28

pollo-entero-kg | Pollo entero | Granja El Ombú | 1 kg | pollo-huevos | ombu | 4.890,00 | | bandeja f2c79a fbe9d2
pechuga-kg | Pechuga sin piel | Granja El Ombú | 1 kg | pollo-huevos | ombu | 8.950,00 | 9.990,00 | bandeja f3b8a2 fbe3d8
huevos-docena | Huevos color | Granja El Ombú | 12 un | pollo-huevos | ombu | 4.290,00 | | huevos c98a56 7d8a6a
huevos-maple | Maple de huevos blancos | Granja El Ombú | 30 un | pollo-huevos | ombu | 9.400,00 | 10.500,00 | huevos f4ead8 8a8f7a
supremas-kg | Supremas rebozadas | Granja El Ombú | 1 kg | pollo-huevos | ombu | 9.300,00 | | bandeja dba75c f3ddb0

pan-lactal-blanco | Pan lactal blanco | Horno Norte | 550 g | panaderia | mercado | 3.890,00 | | pan d9a25c f7e6c4
pan-integral | Pan lactal integral | Horno Norte | 500 g | panaderia | mercado | 4.250,00 | | pan a8733d e6cfa6
flautas-kg | Pan flauta del día | Horno Norte | 1 kg | panaderia | mercado | 3.200,00 | | flauta d6a05a f2dcb0
medialunas-6 | Medialunas de manteca | Horno Norte | 6 un | panaderia | mercado | 4.800,00 | 5.400,00 | medialuna d9963f f3cf8e
pan-hamburguesa-4 | Pan para hamburguesas | Horno Norte | 4 un | panaderia | mercado | 2.450,00 | | pan d08f4a f5ddb0
tapas-empanadas-12 | Tapas para empanadas | La Repulgada | 12 un | panaderia | mercado | 2.150,00 | | pote d9b56b fff6df

galletitas-agua-3 | Galletitas de agua, pack de 3 | Molino Azul | 318 g | galletitas | mercado | 2.290,00 | | paquete 2d6aa8 f3e3bd
galletitas-vainilla | Galletitas dulces de vainilla | Molino Azul | 170 g | galletitas | mercado | 1.350,00 | 1.590,00 | paquete e3a42d fff0c9
galletitas-chocolate | Galletitas rellenas de chocolate | Tres Patios | 117 g | galletitas | mercado | 1.490,00 | | paquete 5a3423 d9a86a
bizcochitos-grasa | Bizcochitos de grasa | Tres Patios | 200 g | galletitas | mercado | 1.690,00 | | bolsa c9822f fff2d4
galletitas-surtidas | Galletitas surtidas | Tres Patios | 400 g | galletitas | mercado | 2.990,00 | | paquete b63a4a ffe2c2
galletitas-salvado | Galletitas de salvado, caja de 12 | Molino Azul | 12 x 150 g | galletitas | mayorista | 14.400,00 | 16.800,00 | caja 7a5a35 f2e4cb

yerba-1kg | Yerba mate con palo | Hojas del Litoral | 1 kg | yerba-infusiones | mercado | 4.938,00 | 5.690,00 | ladrillo 2f7d45 f3ecc8
yerba-suave-500 | Yerba mate suave | Hojas del Litoral | 500 g | yerba-infusiones | mercado | 2.690,00 | | ladrillo 7bab4a fbf6dd
yerba-10 | Yerba mate, bulto de 10 | Hojas del Litoral | 10 x 1 kg | yerba-infusiones | mayorista | 44.900,00 | 49.380,00 | caja 2f7d45 f3ecc8
te-negro-50 | Té negro en saquitos | Colina Alta | 50 un | yerba-infusiones | mercado | 1.990,00 | | caja_chica b0392f f6e6c4
mate-cocido-50 | Mate cocido en saquitos | Hojas del Litoral | 50 un | yerba-infusiones | mercado | 2.250,00 | | caja_chica 4f8f3a f6f0d0
cafe-molido-250 | Café molido torrado | Puerto Moka | 250 g | yerba-infusiones | mercado | 8.900,00 | | ladrillo 4a2c20 d9a766
cafe-instantaneo-170 | Café instantáneo suave | Puerto Moka | 170 g | yerba-infusiones | mercado | 10.450,00 | 11.900,00 | frasco 6b3f28 b5482f

arroz-largo-1kg | Arroz largo fino | Esteros | 1 kg | arroz-legumbres | mercado | 2.150,00 | | bolsa 2f62a8 fdfdf6
arroz-doble-500 | Arroz doble carolina | Esteros | 500 g | arroz-legumbres | mercado | 1.450,00 | | bolsa c63a3a fdfdf6
arroz-10 | Arroz largo fino, bulto de 10 | Esteros | 10 x 1 kg | arroz-legumbres | mayorista | 18.900,00 | 21.500,00 | caja 2f62a8 fdfdf6
lentejas-400 | Lentejas secas | Cosecha Buena | 400 g | arroz-legumbres | mercado | 1.890,00 | | bolsa 8a6a3a e9d9b0
garbanzos-400 | Garbanzos | Cosecha Buena | 400 g | arroz-legumbres | mercado | 1.950,00 | 2.250,00 | bolsa d0a75a fbefd0
polenta-500 | Polenta instantánea | Cosecha Buena | 500 g | arroz-legumbres | mercado | 1.290,00 | | ladrillo f0bf2f d9482f

fideos-tallarin-500 | Fideos tallarines | Doña Nela | 500 g | fideos-pastas | mercado | 1.690,00 | | bolsa 2d5fa8 f6d77a
fideos-mostachol-500 | Fideos mostacholes | Doña Nela | 500 g | fideos-pastas | mercado | 1.590,00 | 1.890,00 | bolsa c23b33 f6d77a
fideos-sopa-500 | Fideos dedalitos para sopa | Doña Nela | 500 g | fideos-pastas | mercado | 1.490,00 | | bolsa 3d8f4a f6d77a
ravioles-500 | Ravioles de verdura frescos | La Repulgada | 500 g | fideos-pastas | mercado | 4.150,00 | | bandeja f0d48a 7fae5a
noquis-500 | Ñoquis de papa frescos | La Repulgada | 500 g | fideos-pastas | mercado | 3.650,00 | | bandeja f5e0a8 e3b75a
fideos-12 | Fideos tallarines, bulto de 12 | Doña Nela | 12 x 500 g | fideos-pastas | mayorista | 17.400,00 | 19.900,00 | caja 2d5fa8 f6d77a

harina-000-1kg | Harina de trigo 000 | Molino Azul | 1 kg | harinas-premezclas | mercado | 1.150,00 | | ladrillo 3a72b8 ffffff
harina-leudante-1kg | Harina leudante | Molino Azul | 1 kg | harinas-premezclas | mercado | 1.490,00 | | ladrillo d1533f ffffff
harina-25kg | Harina 000, bolsa de 25 kg | Molino Azul | 25 kg | harinas-premezclas | mayorista | 19.800,00 | 22.500,00 | bolson 3a72b8 f4ead2
premezcla-pizza | Premezcla para pizza | Molino Azul | 500 g | harinas-premezclas | mercado | 1.990,00 | | caja_chica c83b2f f6e0b2
bizcochuelo-vainilla | Bizcochuelo de vainilla en polvo | Tres Patios | 480 g | harinas-premezclas | mercado | 2.390,00 | | caja_chica e8b23a fff4d8
rebozador-1kg | Rebozador clásico | Molino Azul | 1 kg | harinas-premezclas | mercado | 2.150,00 | 2.490,00 | bolsa d98a35 fff1d6

aceite-girasol-900 | Aceite de girasol | Solar del Sur | 900 ml | aceites-aderezos | mercado | 3.590,00 | 3.990,00 | botella f0c02f d9482f
aceite-girasol-5l | Aceite de girasol, bidón | Solar del Sur | 5 l | aceites-aderezos | mayorista | 17.900,00 | | bidon f0c02f d9482f
aceite-oliva-500 | Aceite de oliva extra virgen | Valle de Olivos | 500 ml | aceites-aderezos | mercado | 11.900,00 | | botella 6b7a2d e9dca0
mayonesa-475 | Mayonesa clásica | La Ronda | 475 g | aceites-aderezos | mercado | 2.390,00 | | doypack f3e2a0 2d6aa8
ketchup-250 | Kétchup | La Ronda | 250 g | aceites-aderezos | mercado | 1.690,00 | | doypack c8272d ffffff
vinagre-manzana-500 | Vinagre de manzana | La Ronda | 500 ml | aceites-aderezos | mercado | 1.390,00 | | botella d9b060 7fae5a

tomate-triturado-520 | Puré de tomate | Huerta Grande | 520 g | conservas | mercado | 1.190,00 | 1.390,00 | carton d1372f 4f9340
tomate-perita-400 | Tomates perita en lata | Huerta Grande | 400 g | conservas | mercado | 1.590,00 | | lata d1372f f6e6c4
arvejas-350 | Arvejas en lata | Huerta Grande | 350 g | conservas | mercado | 1.090,00 | | lata 5a9a3f f6f3d0
choclo-350 | Choclo en granos | Huerta Grande | 350 g | conservas | mercado | 1.750,00 | | lata f0bf2f 5a9a3f
atun-natural-170 | Atún al natural | Mar Austral | 170 g | conservas | mercado | 3.250,00 | 3.690,00 | lata_baja 2d6f9a f3f6f8
duraznos-820 | Duraznos en almíbar | Huerta Grande | 820 g | conservas | mercado | 3.450,00 | | lata f0a03a 8a3b2f
arvejas-24 | Arvejas en lata, caja de 24 | Huerta Grande | 24 x 350 g | conservas | mayorista | 22.300,00 | | caja 5a9a3f f6f3d0

sal-fina-500 | Sal fina | Salinas Blancas | 500 g | condimentos | mercado | 890,00 | | salero 3a72b8 ffffff
pimienta-25 | Pimienta negra molida | Especias Quebrada | 25 g | condimentos | mercado | 1.250,00 | | frasquito 3d3a38 d9c7a0
oregano-25 | Orégano | Especias Quebrada | 25 g | condimentos | mercado | 990,00 | | frasquito 5f7f3a d9c7a0
pimenton-50 | Pimentón dulce | Especias Quebrada | 50 g | condimentos | mercado | 1.450,00 | | frasquito b5372a d9c7a0
chimichurri-200 | Chimichurri listo | Especias Quebrada | 200 ml | condimentos | mercado | 2.690,00 | 2.990,00 | frasco 6b7a2d c8372d
caldo-verdura-12 | Caldo de verdura en cubos | La Ronda | 12 un | condimentos | mercado | 1.790,00 | | caja_chica 4f9340 f5d23a

dulce-de-leche-400 | Dulce de leche clásico | Tambo Viejo | 400 g | dulces-mermeladas | mercado | 3.190,00 | | pote 8a4f24 fff3df
dulce-de-leche-rep | Dulce de leche repostero | Tambo Viejo | 1 kg | dulces-mermeladas | mayorista | 6.490,00 | 7.190,00 | pote 6b3a1c fff3df
mermelada-durazno | Mermelada de durazno | Dulces de Abril | 454 g | dulces-mermeladas | mercado | 2.890,00 | | frasco f0a03a e9d9b0
mermelada-frutilla | Mermelada de frutilla | Dulces de Abril | 454 g | dulces-mermeladas | mercado | 2.990,00 | 3.390,00 | frasco c8303f e9d9b0
membrillo-500 | Dulce de membrillo | Dulces de Abril | 500 g | dulces-mermeladas | mercado | 2.350,00 | | barra 9a2f24 f0d0a0
miel-500 | Miel pura de abejas | Monte Claro | 500 g | dulces-mermeladas | mercado | 5.900,00 | | frasco e0a02a 5a3a1a
azucar-1kg | Azúcar común tipo A | Zafra Norte | 1 kg | dulces-mermeladas | mercado | 1.450,00 | | ladrillo 3a86b8 ffffff

alfajor-triple | Alfajor triple de chocolate | Tres Patios | 70 g | golosinas | mercado | 1.350,00 | | alfajor 4a2818 d9a86a
alfajor-maicena-6 | Alfajores de maicena | Horno Norte | 6 un | golosinas | mercado | 4.990,00 | 5.600,00 | alfajor f2e2bd b5793a
chocolate-leche-100 | Chocolate con leche | Puerto Moka | 100 g | golosinas | mercado | 3.900,00 | | barra 5a2f1c e0b04a
caramelos-500 | Caramelos masticables | Tres Patios | 500 g | golosinas | mercado | 3.250,00 | | bolsa d63a7a ffe14a
turron-50 | Turrón de maní, caja de 50 | Tres Patios | 50 x 25 g | golosinas | mayorista | 16.900,00 | 18.500,00 | caja e0a54a b5392f

papas-fritas-150 | Papas fritas clásicas | Crocantes | 150 g | snacks | mercado | 3.190,00 | | bolsa f0c53a c8372d
mani-salado-180 | Maní salado | Crocantes | 180 g | snacks | mercado | 1.690,00 | 1.990,00 | bolsa c98a45 3a5fa8
palitos-salados-120 | Palitos salados | Crocantes | 120 g | snacks | mercado | 1.390,00 | | bolsa e0a03a 4f9340
aceitunas-verdes-180 | Aceitunas verdes descarozadas | Valle de Olivos | 180 g | snacks | mercado | 2.450,00 | | doypack 7f8f3a f3ecc8
mix-frutos-secos | Mix de frutos secos | Monte Claro | 200 g | snacks | mercado | 4.700,00 | | bolsa 7a4f2a f0dcb0

gaseosa-cola-225 | Gaseosa cola | Fresquita | 2,25 l | gaseosas-jugos | mercado | 3.490,00 | | botella 3a1f1c c8372d
gaseosa-lima-225 | Gaseosa lima limón | Fresquita | 2,25 l | gaseosas-jugos | mercado | 3.290,00 | 3.790,00 | botella 6fbf5a f3f08a
gaseosa-pomelo-15 | Gaseosa pomelo | Fresquita | 1,5 l | gaseosas-jugos | mercado | 2.590,00 | | botella f0d04a e07f3a
jugo-naranja-1l | Jugo de naranja exprimido | Huerta Grande | 1 l | gaseosas-jugos | mercado | 3.150,00 | | carton f08a24 fff3d0
jugo-polvo-20 | Jugo en polvo, caja de 20 | Fresquita | 20 x 18 g | gaseosas-jugos | mayorista | 6.900,00 | | caja f0a03a ffe9c2
gaseosa-cola-6 | Gaseosa cola, pack de 6 | Fresquita | 6 x 2,25 l | gaseosas-jugos | mayorista | 18.900,00 | 20.940,00 | caja 3a1f1c c8372d

agua-sin-gas-2l | Agua mineral sin gas | Vertiente | 2 l | aguas | mercado | 1.490,00 | | botella 8fc7e8 2d6fb7
agua-con-gas-15 | Agua mineral con gas | Vertiente | 1,5 l | aguas | mercado | 1.390,00 | | botella 6fb0a0 2d8f5a
agua-saborizada | Agua saborizada de pera | Vertiente | 1,5 l | aguas | mercado | 1.990,00 | 2.290,00 | botella c9de7a 5a9a3f
soda-sifon | Soda en sifón | Burbuja | 2 l | aguas | mercado | 1.690,00 | | sifon 9fc9dc c8372d
agua-bidon-6l | Agua de mesa, bidón | Vertiente | 6,3 l | aguas | mayorista | 3.290,00 | | bidon 8fc7e8 2d6fb7

vino-malbec-750 | Vino tinto malbec | Finca Tres Cerros | 750 ml | vinos-cervezas | mercado | 5.900,00 | 6.900,00 | vino 3a1f2c 8a2b3a
vino-torrontes-750 | Vino blanco torrontés | Finca Tres Cerros | 750 ml | vinos-cervezas | mercado | 5.400,00 | | vino 7f8f4a e0c45a
cerveza-rubia-1l | Cerveza rubia retornable | Barrio Norte | 1 l | vinos-cervezas | mercado | 3.250,00 | | vino 7a4a1f e0a82f
cerveza-lata-6 | Cerveza rubia, pack de 6 latas | Barrio Norte | 6 x 473 ml | vinos-cervezas | mercado | 9.900,00 | 11.400,00 | lata e0a82f 2f5f4a
fernet-750 | Fernet clásico | Amargo del Plata | 750 ml | vinos-cervezas | mercado | 12.900,00 | | vino 1f2a24 c9a24a

hamburguesas-4 | Hamburguesas de carne | Granja El Ombú | 4 un | congelados | mercado | 4.790,00 | | caja_chica b5392f f3d6a8
papas-bastones-1kg | Papas bastón congeladas | Crocantes | 1 kg | congelados | mercado | 4.290,00 | 4.990,00 | bolsa 3a86c8 f3d35a
espinaca-500 | Espinaca congelada | Huerta Grande | 500 g | congelados | mercado | 2.890,00 | | bolsa 3f8f4a d6eec8
medallones-merluza | Medallones de merluza | Mar Austral | 300 g | congelados | mercado | 4.150,00 | | caja_chica 2d7fa8 e6f3f8
helado-dulce-1l | Helado de dulce de leche | La Aguada | 1 l | congelados | mercado | 6.490,00 | 7.300,00 | pote b5793a 6b3f24

lavandina-1l | Lavandina | Brisa Clara | 1 l | limpieza | mercado | 1.350,00 | | botella f3d02f 2d6fb7
detergente-750 | Detergente de limón | Brisa Clara | 750 ml | limpieza | mercado | 2.290,00 | 2.690,00 | botella c9e04a 3f8f4a
jabon-liquido-3l | Jabón líquido para ropa | Brisa Clara | 3 l | limpieza | mercado | 9.900,00 | 11.500,00 | bidon 3a7fd6 f3f8ff
desodorante-pisos-900 | Limpiador de pisos lavanda | Brisa Clara | 900 ml | limpieza | mercado | 1.790,00 | | botella 9a7fd0 f0eaff
papel-higienico-4 | Papel higiénico doble hoja | Nube Suave | 4 un | limpieza | mercado | 3.490,00 | | rollos f5f5fa 5a8fd0
rollo-cocina-3 | Rollo de cocina | Nube Suave | 3 un | limpieza | mercado | 2.890,00 | | rollos fbfbf4 4fa36b
lavandina-5l | Lavandina, bidón | Brisa Clara | 5 l | limpieza | mayorista | 4.900,00 | | bidon f3d02f 2d6fb7

shampoo-400 | Shampoo de hierbas | Rocío | 400 ml | perfumeria | mercado | 4.350,00 | | botella 5aa36b e9f6e0
jabon-tocador-3 | Jabón de tocador | Rocío | 3 x 125 g | perfumeria | mercado | 2.690,00 | 3.090,00 | barra d79ac8 fff0fa
pasta-dental-90 | Pasta dental | Sonríe | 90 g | perfumeria | mercado | 2.190,00 | | tubo 2d7fc8 ffffff
desodorante-150 | Desodorante en aerosol | Rocío | 150 ml | perfumeria | mercado | 3.190,00 | | aerosol 2d5f8a c9e0f0
panales-g-30 | Pañales talle G | Pasitos | 30 un | perfumeria | mercado | 14.900,00 | 16.900,00 | bolson 5ac0c8 fff6d0

alimento-perro-3kg | Alimento para perros adultos | Fiel Amigo | 3 kg | mascotas | mercado | 9.490,00 | 10.900,00 | bolson c8482f f6e0b8
alimento-gato-1kg | Alimento para gatos | Fiel Amigo | 1 kg | mascotas | mercado | 5.290,00 | | bolson 6b4fa3 f0e6ff
piedras-gato-4kg | Piedras sanitarias | Fiel Amigo | 4 kg | mascotas | mercado | 3.890,00 | | bolson 4f8fb0 eef6fa
alimento-perro-20kg | Alimento para perros, bolsa de 20 kg | Fiel Amigo | 20 kg | mascotas | mayorista | 52.900,00 | 58.500,00 | bolson c8482f f6e0b8
"""

_SIZE = re.compile(r"(?:(\d+) x )?(\d+(?:,\d+)?) (kg|g|l|ml|un)")


DESCRIPCIONES = {
    "lacteos": "Mantenelo en la heladera; una vez abierto, consumilo dentro de los 3 días.",
    "quesos-fiambres": "Se corta y se envasa en el día. Mantenelo en la heladera.",
    "frutas": "Elegida a mano esta mañana. El peso puede variar un poco; cobramos el que ves acá.",
    "verduras": "Fresca, del día. El peso puede variar un poco; cobramos el que ves acá.",
    "carnes": "Corte fresco de novillo, envasado en bandeja. Viaja refrigerado.",
    "pollo-huevos": "De granja, fresco. Viaja refrigerado.",
    "panaderia": "Horneado en el día. Para que dure, guardalo bien cerrado.",
    "galletitas": "Guardalas en un lugar seco. Pueden contener trazas de frutos secos.",
    "yerba-infusiones": "Estacionada y lista para cebar. Guardala en un lugar seco y fresco.",
    "arroz-legumbres": "Sin agregados. Guardalo en un lugar seco.",
    "fideos-pastas": "Rinde de cuatro a cinco porciones por paquete.",
    "harinas-premezclas": "Guardala en un lugar seco y fresco, bien cerrada.",
    "aceites-aderezos": "Guardalo al resguardo de la luz.",
    "conservas": "Una vez abierta, pasala a otro recipiente y llevala a la heladera.",
    "condimentos": "Una pizca alcanza. Guardalo bien cerrado.",
    "dulces-mermeladas": "Para el desayuno o la merienda. Una vez abierto, a la heladera.",
    "golosinas": "Para darse un gusto. Puede contener trazas de maní y leche.",
    "snacks": "Para la picada. Una vez abierto, consumilo cuanto antes.",
    "gaseosas-jugos": "Servila bien fría.",
    "aguas": "Bajo sodio.",
    "vinos-cervezas": "Beber con moderación. Prohibida su venta a menores de 18 años.",
    "congelados": "Viaja congelado. No lo vuelvas a congelar después de abrirlo.",
    "limpieza": "Mantenelo fuera del alcance de los chicos.",
    "perfumeria": "Probado dermatológicamente.",
    "mascotas": "Dejá siempre agua fresca a su alcance.",
}


# Not at the general rate: fluid milk is exempt; meat, fruit, vegetables, pulses, wheat flour and bread pay half.
EXENTOS = frozenset(["leche-entera-1l", "leche-descremada-1l", "leche-fresca-sachet", "leche-caja-12"])
A_LA_MITAD = frozenset(
    [
        *("asado-kg", "carne-picada-kg", "bife-chorizo-kg", "pollo-entero-kg", "pechuga-kg", "espinaca-500"),
        *("pan-lactal-blanco", "pan-integral", "flautas-kg", "medialunas-6", "pan-hamburguesa-4"),
        *("lentejas-400", "garbanzos-400", "harina-000-1kg", "harina-25kg"),
    ]
)


@dataclass(frozen=True, slots=True)
class ProductoDemo:
    """One product of the demo catalogue; money in centavos, `precio_anterior` only when it is on offer."""

    codigo: str
    nombre: str
    marca: str
    medida: str
    categoria: str
    negocio: str
    precio: int
    precio_anterior: int | None
    dibujo: str
    colores: tuple[str, str]

    @property
    def titulo(self) -> str:
        """The name with brand and size, as a list shows it; fresh things go by the kilo or the piece."""
        if self.negocio == "ombu":
            por = {"1 kg": ", por kg", "1 un": ", por unidad"}.get(self.medida)
            return self.nombre + (por or f" {self.medida.replace(' un', ' unidades')}")
        head, comma, tail = self.nombre.partition(", ")
        whole = f"{head} {self.marca}{comma}{tail}"
        return whole if any(c.isdigit() for c in tail) else f"{whole} {self.medida.replace(' un', ' unidades')}"

    @property
    def iva_por_mil(self) -> int:
        """Its rate of IVA, per mille."""
        half = self.codigo in A_LA_MITAD or self.categoria in {"frutas", "verduras"}
        return 0 if self.codigo in EXENTOS else 105 if half else 210

    @property
    def descripcion(self) -> str:
        """A sentence or two about it."""
        return f"{DESCRIPCIONES[self.categoria]} Marca {self.marca}."

    @property
    def contenido(self) -> tuple[int, str]:
        """How much is in it: grams ("g"), millilitres ("ml") or pieces ("un")."""
        found = _SIZE.fullmatch(self.medida)
        if found is None:
            raise ValueError(f"medida {self.medida!r} of {self.codigo}")
        times, number, unit = int(found[1] or 1), float(found[2].replace(",", ".")), found[3]
        factor = {"kg": 1000, "l": 1000}.get(unit, 1)
        return round(times * number * factor), {"kg": "g", "l": "ml"}.get(unit, unit)


def centavos(text: str) -> int:
    """Centavos of "1.234,50"."""
    return int(text.replace(".", "").replace(",", ""))


def parse_productos(table: str = TABLE) -> list[ProductoDemo]:
    """The rows of the table, in its order."""
    productos = []
    for line in filter(None, map(str.strip, table.splitlines())):
        codigo, nombre, marca, medida, categoria, negocio, precio, antes, drawing = (c.strip() for c in line.split("|"))
        dibujo, one, two = drawing.split()
        productos.append(
            ProductoDemo(
                codigo, nombre, marca, medida, categoria, negocio,
                centavos(precio), centavos(antes) if antes else None, dibujo, ("#" + one, "#" + two),
            )
        )  # fmt: skip
    return productos
