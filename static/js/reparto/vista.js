// Draws the phone's two screens, the list and one ticket, from the day.
import { NOMBRE_DE_ESTADO, NOMBRE_DE_MOTIVO } from "../nucleo/acciones.js";
import { contactoDe, enlaceDeMapa, enlaceDeWhatsApp } from "../nucleo/contacto.js";
import { cuantos, formaDePago, hora, pagaEnLaPuerta, pesos } from "../nucleo/formatos.js";
import { atributo, campos, clonar, ordenar, texto } from "../nucleo/plantilla.js";
import { siguienteAccion } from "./dia.js";

const PRIORIDAD = { alta: "Prioridad alta", urgente: "URGENTE" };

export class Vista {
  /** @param {{dia: import("./dia.js").Dia, yo: object, hacer: (ticket: object, accion: string) => void, turno: (abierto: boolean) => void}} parts */
  constructor({ dia, yo, hacer, turno }) {
    Object.assign(this, { dia, yo, hacer, turno, id: null, abierto: false, desde: null });
    this.parte = campos(document.body);
    this.filas = new Map();
    this.parte.principal.addEventListener("click", () => this.#principal());
    this.parte.noPude.addEventListener("click", () => this.hacer(this.dia.ver(this.id), "fallar"));
    this.parte.entregarYa.addEventListener("click", () => this.hacer(this.dia.ver(this.id), "entregar"));
  }

  /** Shows a ticket, or the list with null. */
  mostrar(id) {
    this.id = id;
    this.pintar();
    scrollTo(0, 0);
  }

  pintar() {
    const ticket = this.id === null ? null : this.dia.ver(this.id);
    this.parte.vistaLista.hidden = Boolean(ticket);
    this.parte.vistaDetalle.hidden = !ticket;
    if (ticket) this.#detalle(ticket);
    else this.#lista();
    this.#botonPrincipal(ticket);
  }

  #lista() {
    const { parte } = this;
    const [ahora, ...despues] = this.dia.abiertos();
    const hechos = this.dia.hechos();
    texto(parte.turno, this.abierto ? `En turno desde ${hora(this.desde)}` : "Estás fuera de turno");
    parte.terminar.hidden = !this.abierto;
    parte.ahora.hidden = !ahora;
    if (ahora) this.#fila(parte.ahora, ahora);
    texto(parte.ahoraTitulo, ahora ? `Ahora · 1 de ${despues.length + 1}` : "");
    texto(parte.despuesTitulo, despues.length ? `Después · ${despues.length}` : "");
    ordenar(parte.despues, despues.map((uno) => this.#fila(this.#nuevaFila(uno.id), uno)));
    parte.vacio.hidden = Boolean(ahora);
    texto(parte.vacioTexto, this.abierto ? "No tenés tickets. Quedate en línea: te avisamos con sonido." : "Empezá el turno para recibir tickets.");
    parte.hechos.hidden = hechos.length === 0;
    texto(parte.hechosTitulo, `Hechos (${hechos.length})`);
    ordenar(parte.hechosLista, hechos.map((uno) => this.#fila(this.#nuevaFila(uno.id), uno)));
  }

  #nuevaFila(id) {
    if (!this.filas.has(id)) this.filas.set(id, clonar("fila"));
    return this.filas.get(id);
  }

  #fila(fila, ticket) {
    const suyo = campos(fila);
    atributo(suyo.enlace, "href", `/reparto/tickets/${ticket.id}`);
    texto(suyo.direccion, ticket.cliente_direccion);
    texto(suyo.cliente, `${ticket.cliente_nombre} · ${ticket.numero}`);
    texto(suyo.cobro, cobro(ticket));
    texto(suyo.pago, formaDePago(ticket.metodo_pago));
    texto(suyo.prioridad, PRIORIDAD[ticket.prioridad]);
    texto(suyo.estado, estadoEnPalabras(ticket, this.#porEnviar(ticket.id)));
    atributo(fila, "data-estado", ticket.estado);
    return fila;
  }

  #porEnviar(id) {
    return this.dia.actos.some((uno) => uno.ticket_id === id);
  }

  #detalle(ticket) {
    const { parte } = this;
    texto(parte.dNumero, ticket.numero);
    texto(parte.dEstado, estadoEnPalabras(ticket, this.#porEnviar(ticket.id)));
    texto(parte.dPrioridad, PRIORIDAD[ticket.prioridad]);
    texto(parte.dDireccion, ticket.cliente_direccion);
    texto(parte.dIndicaciones, ticket.indicaciones);
    texto(parte.dCliente, ticket.cliente_nombre);
    texto(parte.dCobro, cobro(ticket));
    texto(parte.dPago, formaDePago(ticket.metodo_pago));
    texto(parte.dIntento, ticket.intento > 1 ? `Es el intento número ${ticket.intento}.` : "");
    atributo(parte.navegar, "href", enlaceDeMapa(ticket));
    texto(parte.dProductosTitulo, cuantos(ticket.productos.length, "producto", "productos"));
    const productos = ticket.productos.map((uno) => {
      const fila = clonar("producto");
      texto(campos(fila).nombre, typeof uno === "string" ? uno : `${uno.cantidad ?? 1} × ${uno.nombre ?? ""}`);
      return fila;
    });
    parte.dProductos.replaceChildren(...productos);
    const abierto = ticket.estado === "asignado" || ticket.estado === "en_camino";
    parte.noPude.hidden = !abierto;
    // Whoever is at the door already should not have to tap through the steps before.
    parte.entregarYa.hidden = !abierto || siguienteAccion(ticket)?.accion === "entregar";
    this.#contacto(ticket);
  }

  async #contacto(ticket) {
    const { parte } = this;
    const contacto = await contactoDe(ticket.cliente_telefono);
    if (this.id !== ticket.id) return;
    parte.llamar.hidden = !contacto.llamar;
    if (contacto.llamar) atributo(parte.llamar, "href", `tel:${contacto.llamar}`);
    parte.whatsapp.hidden = !contacto.whatsapp;
    if (contacto.whatsapp) {
      const saludo = `Hola ${ticket.cliente_nombre}, soy ${this.yo.nombre} de Belgrano Ahorro. Estoy llegando con tu pedido ${ticket.numero}.`;
      atributo(parte.whatsapp, "href", enlaceDeWhatsApp(contacto.whatsapp, saludo));
    }
    texto(parte.dTelefono, contacto.texto);
  }

  /** The one thing to do now: on a ticket its next act, on the list that of the first ticket, off duty the turno. */
  #botonPrincipal(ticket) {
    const uno = ticket ?? this.dia.abiertos()[0];
    const accion = uno ? siguienteAccion(uno) : null;
    const { principal, principalTexto, principalDe } = this.parte;
    if (!ticket && !this.abierto) this.pide = { turno: true, texto: "Empezar turno" };
    else this.pide = accion ? { ticket: uno, ...accion } : null;
    principal.hidden = !this.pide;
    texto(principalTexto, this.pide?.texto);
    texto(principalDe, !ticket && this.pide?.ticket ? uno.cliente_direccion : "");
    atributo(principal, "data-accion", this.pide?.accion ?? (this.pide ? "turno" : null));
  }

  #principal() {
    if (this.pide?.turno) this.turno(true);
    else if (this.pide) this.hacer(this.dia.ver(this.pide.ticket.id), this.pide.accion);
  }
}

/** `Cobrar $ 12.450,00` (`Total` where the shop was paid), or what came of it. */
export function cobro(ticket) {
  if (ticket.estado === "entregado") return ticket.cobrado == null ? pesos(ticket.total) : `Cobraste ${pesos(ticket.cobrado)}`;
  return `${pagaEnLaPuerta(ticket.metodo_pago) ? "Cobrar" : "Total"} ${pesos(ticket.total)}`;
}

function estadoEnPalabras(ticket, porEnviar) {
  let palabras = ticket.estado === "en_camino" && ticket.llego_en ? "Llegaste" : NOMBRE_DE_ESTADO[ticket.estado];
  if (ticket.estado === "fallido" && ticket.motivo) palabras += `: ${(NOMBRE_DE_MOTIVO[ticket.motivo] ?? ticket.motivo).toLowerCase()}`;
  return porEnviar ? `${palabras} · por enviar` : palabras;
}
