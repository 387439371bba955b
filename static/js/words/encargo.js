// The fields of an order, out of the one table of them: ticketera/domain/encargo.json.
import CAMPOS from "../../../ticketera/domain/encargo.json" with { type: "json" };

/** What a field is called in a sentence: `el piso`. */
export const DICHO = Object.fromEntries(CAMPOS.map(({ name, said }) => [name, said]));

/** The fields that say where it goes: the street, and what comes after it. */
export const ADONDE = CAMPOS.filter(({ part }) => part === "adonde").map(({ name }) => name);
export const TRAS_LA_CALLE = ADONDE.filter((name) => name !== "cliente_direccion");
