// What the phone keeps in IndexedDB, a database for each repartidor: the acts and photos to be sent, what the server
// would not take, and the day as it was last seen. Nobody reads another's.
import { openDB } from "idb";
import { remember, recuerdo } from "./recuerdo.js";

// A newer one is a newer database: whoever changes the stores adds a step to `upgrade` that keeps what is unsent.
const ESQUEMA = 1;
const nombreDe = (usuarioId) => `reparto-${usuarioId}`;

/** Whose day this phone showed last; null for nobody's. */
export const ultimo = () => recuerdo("ultimo");

/**
 * Opens the storage of one repartidor; the day of whoever was here before is wiped, their unsent acts are left alone.
 * A browser that keeps nothing (a private window) gets a memory that lasts as long as the page: `firme` is false.
 */
export async function openGuardado(usuarioId) {
  try {
    const antes = ultimo();
    if (antes !== null && antes !== usuarioId) await empty(await openBase(antes));
    remember("ultimo", usuarioId);
    return await enBase(usuarioId);
  } catch {
    return enMemoria(usuarioId);
  }
}

function openBase(usuarioId) {
  return openDB(nombreDe(usuarioId), ESQUEMA, {
    upgrade(db) {
      for (const cola of ["bandeja", "fotos", "problemas"])
        db.createObjectStore(cola, { keyPath: "n", autoIncrement: true });
      db.createObjectStore("estado");
    },
    // A newer page wants to change the stores: this one lets go, and its next act says that it could not be kept.
    blocking: (_antes, _despues, event) => event.target.close(),
  });
}

async function enBase(usuarioId) {
  let base = await openBase(usuarioId);
  // iOS drops the connection of a page that was in the background, Android when memory is short: once more with a new one.
  const con = async (perform) => {
    try {
      return await perform(base);
    } catch (error) {
      if (error.name !== "InvalidStateError" && error.name !== "UnknownError") throw error;
      base = await openBase(usuarioId);
      return perform(base);
    }
  };
  const cola = (nombre) => ({
    todos: () => con((db) => db.getAll(nombre)),
    remove: (n) => con((db) => db.delete(nombre, n)),
  });
  return {
    firme: true,
    dia: (await base.get("estado", "dia")) ?? null,
    avisos: (await base.get("estado", "avisos")) ?? [],
    hojas: {
      claves: () => con((db) => db.getAllKeys("estado")),
      read: (clave) => con((db) => db.get("estado", clave)),
      put: (clave, valor) => con((db) => db.put("estado", valor, clave)),
      remove: (clave) => con((db) => db.delete("estado", clave)),
    },
    saveAvisos: (lineas) => con((db) => putAvisos(db, lineas)).catch(() => {}),
    bandeja: {
      ...cola("bandeja"),
      // The act and its photos are one: with a full disk neither is there.
      add: (registro, fotos) => con((db) => addAll(db, registro, fotos)),
    },
    fotos: cola("fotos"),
    problemas: { ...cola("problemas"), add: (uno) => con((db) => db.add("problemas", uno)) },
    saveDia: (estado) => con((db) => db.put("estado", estado, "dia")),
    // In this order: what is left half way is wiped by whoever comes next.
    erase: async () => {
      await con(empty);
      forgetLast(usuarioId);
    },
  };
}

const putAvisos = (donde, lineas) =>
  lineas.length ? donde.put("estado", lineas, "avisos") : donde.delete("estado", "avisos");

/** Of a day that is over only what became of one's own acts stays until it was read: it names nobody. */
async function empty(db) {
  const avisos = (await db.get("estado", "avisos")) ?? [];
  await db.clear("estado");
  await putAvisos(
    db,
    avisos.filter((una) => una.clase === "rechazo"),
  );
}

/** Somebody else's page may have begun meanwhile. */
function forgetLast(usuarioId) {
  if (ultimo() === usuarioId) remember("ultimo", null);
}

async function addAll(db, registro, fotos) {
  const tx = db.transaction(["bandeja", "fotos"], "readwrite");
  const hechos = [tx.done];
  try {
    hechos.push(tx.objectStore("bandeja").add(registro));
    for (const foto of fotos) hechos.push(tx.objectStore("fotos").add(foto));
    const [, n] = await Promise.all(hechos);
    return { ...registro, n };
  } catch (error) {
    // Nothing of it stays, and what else fails of it is the same failure.
    for (const hecho of hechos) hecho.catch(() => {});
    try {
      tx.abort();
    } catch {
      // It is over already.
    }
    throw error;
  }
}

function enMemoria(usuarioId) {
  let n = 0;
  const cola = () => {
    let enteros = [];
    return {
      todos: async () => enteros,
      remove: async (cual) => (enteros = enteros.filter((uno) => uno.n !== cual)),
      add: async (uno) => {
        const propio = { ...uno, n: (n += 1) };
        enteros = [...enteros, propio];
        return propio;
      },
    };
  };
  const [bandeja, fotos] = [cola(), cola()];
  const add = async (registro, suyas) => {
    for (const foto of suyas) await fotos.add(foto);
    return bandeja.add(registro);
  };
  return {
    firme: false,
    dia: null,
    avisos: [],
    saveAvisos: () => {},
    hojas: {
      claves: async () => [],
      read: async () => {},
      put: async () => {},
      remove: async () => {},
    },
    bandeja: { ...bandeja, add },
    fotos,
    problemas: cola(),
    saveDia: async () => {},
    erase: async () => forgetLast(usuarioId),
  };
}
