// What the phone keeps in IndexedDB, a database for each repartidor: the acts and photos to be sent, what the server
// would not take, and the day as it was last seen. Nobody reads another's.
import { openDB } from "idb";
import { recordar, recuerdo } from "./recuerdo.js";

// A newer one is a newer database: whoever changes the stores adds a step to `upgrade` that keeps what is unsent.
const ESQUEMA = 1;
const nombreDe = (usuarioId) => `reparto-${usuarioId}`;

/** Whose day this phone showed last; null for nobody's. */
export const ultimo = () => recuerdo("ultimo");

/**
 * Opens the storage of one repartidor; the day of whoever was here before is wiped, their unsent acts are left alone.
 * A browser that keeps nothing (a private window) gets a memory that lasts as long as the page: `firme` is false.
 */
export async function abrirGuardado(usuarioId) {
  try {
    const antes = ultimo();
    if (antes !== null && antes !== usuarioId) await vaciar(await abrirBase(antes));
    recordar("ultimo", usuarioId);
    return await enBase(usuarioId);
  } catch {
    return enMemoria(usuarioId);
  }
}

function abrirBase(usuarioId) {
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
  let base = await abrirBase(usuarioId);
  // iOS drops the connection of a page that was in the background, Android when memory is short: once more with a new one.
  const con = async (hacer) => {
    try {
      return await hacer(base);
    } catch (error) {
      if (error.name !== "InvalidStateError" && error.name !== "UnknownError") throw error;
      base = await abrirBase(usuarioId);
      return hacer(base);
    }
  };
  const cola = (nombre) => ({
    todos: () => con((db) => db.getAll(nombre)),
    quitar: (n) => con((db) => db.delete(nombre, n)),
  });
  return {
    firme: true,
    dia: (await base.get("estado", "dia")) ?? null,
    avisos: (await base.get("estado", "avisos")) ?? [],
    hojas: {
      claves: () => con((db) => db.getAllKeys("estado")),
      leer: (clave) => con((db) => db.get("estado", clave)),
      poner: (clave, valor) => con((db) => db.put("estado", valor, clave)),
      quitar: (clave) => con((db) => db.delete("estado", clave)),
    },
    guardarAvisos: (lineas) => con((db) => ponerAvisos(db, lineas)).catch(() => {}),
    bandeja: {
      ...cola("bandeja"),
      // The act and its photos are one: with a full disk neither is there.
      agregar: (registro, fotos) => con((db) => agregarTodo(db, registro, fotos)),
    },
    fotos: cola("fotos"),
    problemas: { ...cola("problemas"), agregar: (uno) => con((db) => db.add("problemas", uno)) },
    guardarDia: (estado) => con((db) => db.put("estado", estado, "dia")),
    // In this order: what is left half way is wiped by whoever comes next.
    borrar: async () => {
      await con(vaciar);
      olvidarUltimo(usuarioId);
    },
  };
}

const ponerAvisos = (donde, lineas) =>
  lineas.length ? donde.put("estado", lineas, "avisos") : donde.delete("estado", "avisos");

/** Of a day that is over only what became of one's own acts stays until it was read: it names nobody. */
async function vaciar(db) {
  const avisos = (await db.get("estado", "avisos")) ?? [];
  await db.clear("estado");
  await ponerAvisos(
    db,
    avisos.filter((una) => una.clase === "rechazo"),
  );
}

/** Somebody else's page may have begun meanwhile. */
function olvidarUltimo(usuarioId) {
  if (ultimo() === usuarioId) recordar("ultimo", null);
}

async function agregarTodo(db, registro, fotos) {
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
      quitar: async (cual) => (enteros = enteros.filter((uno) => uno.n !== cual)),
      agregar: async (uno) => {
        const propio = { ...uno, n: (n += 1) };
        enteros = [...enteros, propio];
        return propio;
      },
    };
  };
  const [bandeja, fotos] = [cola(), cola()];
  const agregar = async (registro, suyas) => {
    for (const foto of suyas) await fotos.agregar(foto);
    return bandeja.agregar(registro);
  };
  return {
    firme: false,
    dia: null,
    avisos: [],
    guardarAvisos: () => {},
    hojas: {
      claves: async () => [],
      leer: async () => {},
      poner: async () => {},
      quitar: async () => {},
    },
    bandeja: { ...bandeja, agregar },
    fotos,
    problemas: cola(),
    guardarDia: async () => {},
    borrar: async () => olvidarUltimo(usuarioId),
  };
}
