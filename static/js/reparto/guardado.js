// What the phone keeps in IndexedDB: the acts and photos to be sent, and the day as it was last seen.
import { openDB } from "idb";

const NOMBRE = "reparto";

/**
 * Opens the storage of one repartidor; another person's day is wiped, their unsent acts are left alone.
 * A browser that keeps nothing (a private window) gets a memory that lasts as long as the page: `firme` is false.
 */
export async function abrirGuardado(usuarioId) {
  try {
    return await abrirBase(usuarioId);
  } catch {
    return enMemoria();
  }
}

async function abrirBase(usuarioId) {
  const base = await openDB(NOMBRE, 2, {
    upgrade(db, antes) {
      if (antes < 1) {
        db.createObjectStore("bandeja", { keyPath: "n", autoIncrement: true });
        db.createObjectStore("estado");
      }
      db.createObjectStore("fotos", { keyPath: "n", autoIncrement: true });
    },
    // A newer page wants to change the stores: this one lets go, and its next act says that it could not be kept.
    blocking: (_antes, _despues, event) => event.target.close(),
  });
  const mios = async (almacen) => (await base.getAll(almacen)).filter((uno) => uno.usuario === usuarioId);
  const dia = await base.get("estado", "dia");
  const mio = dia?.usuario === usuarioId ? dia : null;
  if (dia && !mio) await base.clear("estado");
  return {
    firme: true,
    dia: mio,
    bandeja: {
      todos: () => mios("bandeja"),
      // The act and its photos are one: with a full disk neither is there.
      agregar: async (registro, fotos) => {
        const propio = { ...registro, usuario: usuarioId };
        const tx = base.transaction(["bandeja", "fotos"], "readwrite");
        const escritos = [tx.objectStore("bandeja").add(propio)];
        for (const foto of fotos) escritos.push(tx.objectStore("fotos").add({ ...foto, usuario: usuarioId }));
        const [[n]] = await Promise.all([Promise.all(escritos), tx.done]);
        return { ...propio, n };
      },
      quitar: (n) => base.delete("bandeja", n),
    },
    fotos: { todos: () => mios("fotos"), quitar: (n) => base.delete("fotos", n) },
    guardarDia: (estado) => base.put("estado", { ...estado, usuario: usuarioId }, "dia"),
    borrar: () => base.clear("estado"),
  };
}

function enMemoria() {
  let n = 0;
  let enteras = [];
  return {
    firme: false,
    dia: null,
    bandeja: {
      todos: async () => [],
      agregar: async (registro, fotos) => {
        enteras = [...enteras, ...fotos.map((foto) => ({ ...foto, n: (n += 1) }))];
        return { ...registro, n: (n += 1) };
      },
      quitar: async () => {},
    },
    fotos: { todos: async () => enteras, quitar: async (cual) => (enteras = enteras.filter((una) => una.n !== cual)) },
    guardarDia: async () => {},
    borrar: async () => {},
  };
}
