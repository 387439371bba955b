// The sheets over the phone's screen: delivered (with what was collected), not delivered (why), new tickets.
import { NOMBRE_DE_MOTIVO } from "../nucleo/acciones.js";
import { formaDePago, leerPesos, pagaEnLaPuerta, pesos } from "../nucleo/formatos.js";
import { campos, clonar, texto } from "../nucleo/plantilla.js";
import { cobro } from "./vista.js";

/**
 * "¿Cobraste $ 12.450,00?" Resolves with the act's data, or null when cancelled.
 * @param {object} ticket
 */
export function preguntarEntrega(ticket) {
  return preguntar("hoja-entregar", (parte, formulario) => {
    texto(parte.titulo, `¿Entregaste ${ticket.numero}?`);
    texto(parte.direccion, ticket.cliente_direccion);
    texto(parte.justo, `Sí, cobré ${pesos(ticket.total)}`);
    formulario.elements.cobro.value = pagaEnLaPuerta(ticket.metodo_pago) ? "justo" : "nada";
    const otro = () => {
      parte.otroCaja.hidden = formulario.elements.cobro.value !== "otro";
      if (!parte.otroCaja.hidden) parte.otro.focus();
    };
    formulario.onchange = otro;
    parte.otro.value = "";
    otro();
    return () => {
      const como = formulario.elements.cobro.value;
      if (como === "justo") return { cobrado: ticket.total };
      if (como === "nada") return { cobrado: 0 };
      const cobrado = leerPesos(parte.otro.value);
      return cobrado === null ? "Escribí cuánto cobraste, así: 12.450,50" : { cobrado };
    };
  });
}

/** "¿Qué pasó?" Resolves with motivo and nota, or null. */
export function preguntarFalla(ticket, motivos) {
  return preguntar("hoja-fallar", (parte, formulario) => {
    texto(parte.titulo, `No pude entregar ${ticket.numero}`);
    parte.motivos.replaceChildren(
      ...motivos.map((motivo) => {
        const fila = clonar("motivo");
        fila.querySelector("input").value = motivo;
        texto(campos(fila).nombre, NOMBRE_DE_MOTIVO[motivo] ?? motivo);
        return fila;
      }),
    );
    parte.nota.value = "";
    return () => {
      const motivo = formulario.elements.motivo.value;
      const nota = parte.nota.value.trim();
      if (!motivo) return "Elegí qué pasó.";
      if (motivo === "otro" && !nota) return "Contá en dos palabras qué pasó.";
      return nota ? { motivo, nota } : { motivo };
    };
  });
}

function preguntar(id, preparar) {
  const dialogo = document.getElementById(id);
  const formulario = dialogo.querySelector("form");
  const parte = campos(dialogo);
  const leer = preparar(parte, formulario);
  texto(parte.error, "");
  return new Promise((resolver) => {
    formulario.onsubmit = (event) => {
      event.preventDefault();
      const datos = leer();
      if (typeof datos === "string") return texto(parte.error, datos);
      dialogo.onclose = null;
      dialogo.close();
      return resolver(datos);
    };
    dialogo.onclose = () => resolver(null);
    dialogo.querySelector("[data-accion=cancelar]").onclick = () => dialogo.close();
    dialogo.showModal();
  });
}

const direccion = (ticket) => ticket.cliente_direccion;

/** The sheet of new tickets; one for however many there are. */
export class HojaNuevos {
  /** @param {{alVer: (ids: number[]) => void, alVisto: (ids: number[]) => void}} parts */
  constructor({ alVer, alVisto }) {
    this.hoja = document.getElementById("hoja-nuevos");
    this.parte = campos(this.hoja);
    this.nuevos = [];
    this.hoja.querySelector("[data-accion=visto]").addEventListener("click", () => alVisto(this.nuevos.map((uno) => uno.id)));
    this.hoja.querySelector("[data-accion=ver]").addEventListener("click", () => alVer(this.nuevos.map((uno) => uno.id)));
  }

  /** Shows these, or goes away with none. Waits while another sheet is open. */
  mostrar(nuevos) {
    this.nuevos = nuevos;
    this.hoja.hidden = nuevos.length === 0 || Boolean(document.querySelector("dialog[open]"));
    if (!nuevos.length) return;
    const [uno] = nuevos;
    texto(this.parte.nTitulo, nuevos.length === 1 ? "Ticket nuevo" : `${nuevos.length} tickets nuevos`);
    const filas = nuevos.length > 4 ? [...nuevos.slice(0, 3).map(direccion), `y ${nuevos.length - 3} más`] : nuevos.map(direccion);
    this.parte.nLista.replaceChildren(
      ...filas.map((palabras) => {
        const fila = clonar("nuevo");
        fila.textContent = palabras;
        return fila;
      }),
    );
    texto(this.parte.nCobro, nuevos.length === 1 ? [cobro(uno), formaDePago(uno.metodo_pago)].filter(Boolean).join(" · ") : "");
  }
}
