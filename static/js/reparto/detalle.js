// Draws one ticket: where to, what, whom to call, what may be done at the door.
import { contactoDe } from "../stream/contactos.js";
import { PRIORIDADES } from "../words/contract.js";
import { enlaceDeWhatsApp } from "../words/contacto.js";
import { cuantos } from "../words/formats.js";
import { setAttribute, fields, clone, setText } from "../page/template.js";
import { cobro, estado, lugar, navigateA, saludo } from "./palabras.js";
import { siguienteAccion } from "./pasos.js";
import { recuerdo } from "./recuerdo.js";

export class Detalle {
  /**
   * @param {object} parts
   * @param {import("./dia.js").Dia} parts.dia
   * @param {Json} parts.yo
   * @param {import("./situacion.js").Situacion} parts.situacion
   */
  constructor({ dia, yo, situacion }) {
    this.dia = dia;
    this.yo = yo;
    this.situacion = situacion;
    this.parte = fields(document.body);
  }

  draw(ticket) {
    this.id = ticket.id;
    const { parte } = this;
    setText(parte.dNumero, ticket.numero);
    setText(parte.dEstado, estado(ticket, this.situacion.enviando(ticket.id)));
    setText(parte.dPrioridad, PRIORIDADES[ticket.prioridad]?.telefono);
    setText(parte.dDireccion, ticket.cliente_direccion);
    setText(parte.dLugar, lugar(ticket));
    setText(parte.dFranja, this.situacion.franja(ticket));
    setText(parte.dIndicaciones, ticket.indicaciones);
    setText(parte.dCliente, ticket.cliente_nombre);
    setText(parte.dCobro, cobro(ticket));
    setText(parte.dIntento, ticket.intento > 1 ? `Es el intento número ${ticket.intento}.` : "");
    setAttribute(parte.navegar, "href", navigateA(ticket, recuerdo("navegar", "")));
    const productos = ticket.productos.map((uno) => {
      const fila = clone("producto");
      setText(
        fields(fila).nombre,
        typeof uno === "string" ? uno : `${uno.cantidad ?? 1} × ${uno.nombre ?? ""}`,
      );
      return fila;
    });
    setText(
      parte.dProductosTitulo,
      productos.length ? cuantos(productos.length, "producto", "productos") : "",
    );
    parte.dProductos.replaceChildren(...productos);
    const abierto = ticket.estado === "asignado" || ticket.estado === "en_camino";
    const juzgado = abierto && this.dia.juzgado(ticket.id);
    setText(
      parte.dRevision,
      juzgado
        ? "Lo que hiciste está en revisión: la central decide. No hace falta que hagas nada más."
        : "",
    );
    parte.noPude.hidden = !abierto || juzgado;
    setText(parte.entregarYa, juzgado ? "Completar la entrega" : "Ya lo entregué");
    // Whoever is at the door already should not have to tap through the steps before; what was missing there may still be added.
    parte.entregarYa.hidden =
      !abierto || (!juzgado && siguienteAccion(ticket)?.accion === "entregar");
    this.#contacto(ticket);
  }

  async #contacto(ticket) {
    const { parte } = this;
    const contacto = await contactoDe(ticket.cliente_telefono);
    if (this.id !== ticket.id) return;
    parte.llamar.hidden = !contacto.llamar;
    if (contacto.llamar) setAttribute(parte.llamar, "href", `tel:${contacto.llamar}`);
    parte.whatsapp.hidden = !contacto.whatsapp;
    if (contacto.whatsapp)
      setAttribute(
        parte.whatsapp,
        "href",
        enlaceDeWhatsApp(contacto.whatsapp, saludo(ticket, this.yo)),
      );
    setText(parte.dTelefono, contacto.texto);
    parte.dOtros.replaceChildren(
      ...(contacto.otros ?? []).map((otro) => this.#otroNumero(ticket, otro)),
    );
  }

  /** A second number that was written beside the first. */
  #otroNumero(ticket, { llamar, whatsapp, texto: escrito }) {
    const fila = clone("otro-numero");
    const suyo = fields(fila);
    setText(suyo.numero, escrito);
    setAttribute(suyo.llamar, "href", `tel:${llamar}`);
    setAttribute(suyo.llamar, "aria-label", `Llamar al ${escrito}`);
    suyo.whatsapp.hidden = !whatsapp;
    if (whatsapp) {
      setAttribute(suyo.whatsapp, "href", enlaceDeWhatsApp(whatsapp, saludo(ticket, this.yo)));
      setAttribute(suyo.whatsapp, "aria-label", `WhatsApp al ${escrito}`);
    }
    return fila;
  }
}
