// What the phone keeps in IndexedDB: the acts to be sent, and the day as it was last seen.
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
  const base = await openDB(NOMBRE, 1, {
    upgrade(db) {
      db.createObjectStore("bandeja", { keyPath: "n", autoIncrement: true });
      db.createObjectStore("estado");
    },
  });
  const dia = await base.get("estado", "dia");
  const mio = dia?.usuario === usuarioId ? dia : null;
  if (dia && !mio) await base.clear("estado");
  return {
    firme: true,
    dia: mio,
    bandeja: {
      todos: async () => (await base.getAll("bandeja")).filter((uno) => uno.usuario === usuarioId),
      agregar: async (registro) => {
        const propio = { ...registro, usuario: usuarioId };
        const n = await base.add("bandeja", propio);
        return { ...propio, n };
      },
      quitar: (n) => base.delete("bandeja", n),
    },
    guardarDia: (estado) => base.put("estado", { ...estado, usuario: usuarioId }, "dia"),
    borrar: () => base.clear("estado"),
  };
}

function enMemoria() {
  let n = 0;
  return {
    firme: false,
    dia: null,
    bandeja: { todos: async () => [], agregar: async (registro) => ({ ...registro, n: (n += 1) }), quitar: async () => {} },
    guardarDia: async () => {},
    borrar: async () => {},
  };
}
