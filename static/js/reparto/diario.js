// The day as the next page finds it on this phone: what is kept of each part.
import { contactosSabidos } from "../stream/contactos.js";

export class Diario {
  /** @param {{guardado: Json, sesion: import("./sesion.js").Sesion}} parts */
  constructor({ guardado, sesion }) {
    this.guardado = guardado;
    this.sesion = sesion;
  }

  /**
   * What it is written from; several of these themselves ask it to save.
   * @param {object} partes
   * @param {Json} partes.yo
   * @param {import("./dia.js").Dia} partes.dia
   * @param {import("./turno.js").Turno} partes.turno
   * @param {import("./linea.js").Linea} partes.linea
   * @param {import("./vistos.js").Vistos} partes.vistos
   * @param {import("./central.js").Central} partes.central
   * @param {import("./caja.js").Caja} partes.caja
   * @param {import("./intentos.js").Intentos} partes.intentos
   */
  follow(partes) {
    this.partes = partes;
  }

  /** Keeps the day, with these seen besides; resolves when it is on the disk. */
  save(vistosMas = []) {
    if (this.sesion.cerrada) return Promise.resolve();
    const { yo, dia, turno, linea, vistos, central, caja, intentos } = this.partes;
    const estado = {
      yo,
      turno: { abierto: turno.abierto, desde: turno.desde },
      ...dia.toSave(vistosMas),
      epoca: linea.secuencia.epoca,
      seq: linea.secuencia.seq,
      contactos: contactosSabidos(dia.telefonos()),
      vistosPorDecir: [...vistos.toSay, ...vistosMas],
      politica: central.politica,
      caja: caja.sabida,
      intentos: intentos.toSave((id) => dia.see(id)),
    };
    // Without storage (private window, full disk) the day still works while the page is open.
    return this.guardado.saveDia(estado).catch(() => {});
  }
}
