// What the panel says of its ticket: every word of it, and the buttons of what may be done.
import { notify } from "../page/avisos.js";
import { setAttribute, fields, clone, setText } from "../page/template.js";
import { contactoDe } from "../stream/contactos.js";
import { ABIERTOS, accionesDe, NOMBRE_DE_ACCION } from "../words/acciones.js";
import { enlaceDeMapa, enlaceDeWhatsApp } from "../words/contacto.js";
import { MOTIVOS, PRIORIDADES } from "../words/contract.js";
import { fechaHora, formaDePago, pesos } from "../words/formats.js";
import { lugarDudoso } from "../words/lugar.js";
import { legible } from "./legible.js";
import { chipDeEstado } from "./tarjeta.js";

export class Detalle {
  /** @param {import("./panel.js").Panel} panel */
  constructor(panel) {
    this.panel = panel;
    this.filas = panel.elemento.querySelectorAll("[data-dato]");
    panel.parte.copiar.addEventListener("click", () => this.#copy());
    panel.parte.copiar.hidden = !navigator.clipboard;
  }

  async #copy() {
    const filas = this.panel.elemento.querySelectorAll("[data-adonde] [data-dato^=cliente_]");
    const partes = [...filas].map((fila) => this.panel.ticket[fila.dataset.dato]);
    await navigator.clipboard.writeText(partes.filter(Boolean).join(", "));
    notify("Copiamos la dirección.");
  }

  /** @param {Json} ticket */
  draw(ticket) {
    const { parte } = this.panel;
    chipDeEstado(parte.estado, ticket);
    setText(parte.urgencia, PRIORIDADES[ticket.prioridad]?.tarjeta);
    setText(parte.intento, ticket.intento > 1 ? `Intento ${ticket.intento}` : "");
    setText(parte.repartidor, ticket.repartidor_nombre);
    setText(parte.miran, this.panel.mirando.texto(ticket.id));
    setText(
      parte.negocio,
      [ticket.negocio, ticket.tipo_cliente === "comerciante" ? "comerciante" : ""]
        .filter(Boolean)
        .join(" · "),
    );
    const todo = { ...this.panel.extra, ...ticket };
    for (const fila of this.filas) {
      const valor = legible(todo, fila.dataset.dato, this.panel.reloj());
      const lugar = fila.querySelector("[data-valor]");
      if (lugar) setText(lugar, valor);
      fila.classList.toggle("vacio-dato", !valor);
    }
    setAttribute(parte.mapa, "href", enlaceDeMapa(ticket));
    setText(parte.lejos, lugarDudoso(ticket.cliente_lat, ticket.cliente_lng));
    setText(parte.total, pesos(ticket.total));
    const cobrado =
      ticket.cobrado == null
        ? ""
        : `Cobrado: ${pesos(ticket.cobrado)}${ticket.medio ? ` (${formaDePago(ticket.medio)})` : ""}`;
    const motivo = ticket.motivo
      ? `${MOTIVOS[ticket.motivo]?.oficina ?? ticket.motivo}${ticket.nota ? `: ${ticket.nota}` : ""}`
      : (ticket.nota ?? "");
    const resuelto = ticket.resuelto_en ? `Resuelto ${fechaHora(ticket.resuelto_en)}` : "";
    setText(parte.cierre, [motivo, cobrado, resuelto].filter(Boolean).join(" · "));
    this.#productos(ticket);
    parte.recorrido.replaceChildren(
      ...(this.panel.partes?.recorrido(ticket) ?? []).map(([que, en]) =>
        linea("paso", { que, en }),
      ),
    );
    const suyos = [...this.panel.store.conflictos.values()].filter(
      (uno) => uno.ticket_id === this.panel.id,
    );
    parte.conflictos.replaceChildren(
      ...suyos.map(({ repartidor, accion, ocurrido_en }) => {
        const como = accion === "entregar" ? "entregado" : "no entregado";
        return linea("conflicto", {
          texto: `${repartidor.nombre} lo marcó ${como}, ${fechaHora(ocurrido_en)}. Falta decidir.`,
        });
      }),
    );
    this.#contacto(ticket);
    this.#acciones(ticket);
    this.#historial(ticket);
  }

  #productos(ticket) {
    const filas = ticket.productos.map((uno) => {
      const suelto = typeof uno === "string";
      const subtotal = suelto
        ? null
        : (uno.subtotal ?? (uno.precio != null ? uno.precio * (uno.cantidad ?? 1) : null));
      return linea("producto", {
        nombre: suelto ? uno : uno.nombre,
        cantidad: suelto ? "" : `${uno.cantidad ?? 1} ×`,
        subtotal: subtotal === null ? "" : pesos(subtotal),
      });
    });
    this.panel.parte.productos.replaceChildren(...filas);
  }

  #historial(ticket) {
    const historial = this.panel.extra?.historial ?? [];
    const filas = historial.map((uno) => this.panel.partes.lineaDeHistorial(clone("suceso"), uno));
    const vuelta = historial.length && this.panel.partes.undoable(historial, ticket);
    if (vuelta) {
      const boton = filas[vuelta.lugar].querySelector("button");
      setText(boton, vuelta.nombre);
      boton.addEventListener("click", () =>
        vuelta.clave
          ? this.panel.hub.tell("undo", vuelta.clave)
          : this.panel.hub.tell("mover", { ids: [this.panel.id], repartidor_id: null }),
      );
    }
    this.panel.parte.historial.replaceChildren(...filas.reverse());
  }

  async #contacto(ticket) {
    const { parte } = this.panel;
    const contacto = await contactoDe(ticket.cliente_telefono);
    if (this.panel.id !== ticket.id) return;
    // Of several numbers each is a link by itself: nobody should call the first by the digits of the second.
    setText(parte.telefonoEscrito, contacto.primero ? contacto.texto : "");
    setText(parte.telefono, contacto.primero ?? contacto.texto);
    setAttribute(parte.telefono, "href", contacto.llamar ? `tel:${contacto.llamar}` : null);
    const tienda = ticket.negocio || "la tienda";
    const saludo = `Hola ${ticket.cliente_nombre}, te escribimos de ${tienda} por tu pedido ${ticket.numero}.`;
    writeA(parte.whatsapp, contacto.whatsapp, saludo);
    const filas = (contacto.otros ?? []).map((otro) => {
      const fila = linea("otro-numero", { llamar: otro.texto });
      const { llamar, escribir: write } = fields(fila);
      setAttribute(llamar, "href", `tel:${otro.llamar}`);
      writeA(write, otro.whatsapp, saludo);
      return fila;
    });
    parte.otrosNumeros.replaceChildren(...filas);
  }

  #acciones(ticket) {
    const nombres = accionesDe(this.panel.tabla, ticket, "admin", this.panel.reloj());
    // What did not change is not drawn again: it may have the focus.
    if (this.panel.parte.acciones.dataset.son !== `${ticket.id}:${nombres}`) {
      this.panel.parte.acciones.dataset.son = `${ticket.id}:${nombres}`;
      const botones = nombres.map((nombre) => {
        const boton = clone("boton-accion");
        boton.textContent = NOMBRE_DE_ACCION[nombre] ?? nombre;
        boton.classList.toggle("peligro", nombre === "cancelar" || nombre === "fallar");
        boton.addEventListener("click", () =>
          this.panel.hub.tell("act", this.panel.ticket, nombre),
        );
        return boton;
      });
      this.panel.parte.acciones.replaceChildren(...botones);
    }
    this.panel.parte.mover.hidden = !ABIERTOS.has(ticket.estado);
    const resolver = ticket.resuelto_en ? "Todavía no está resuelto" : "Ya está resuelto";
    setText(this.panel.parte.resolver, ticket.estado === "fallido" ? resolver : "");
  }
}

/** A button to a chat, hidden where the number has none. */
function writeA(boton, numero, mensaje) {
  boton.hidden = !numero;
  setAttribute(boton, "href", numero && enlaceDeWhatsApp(numero, mensaje));
}

/** A clone of a template with texts in its parts. */
function linea(plantilla, textos) {
  const fila = clone(plantilla);
  const parte = fields(fila);
  for (const [nombre, valor] of Object.entries(textos)) setText(parte[nombre], valor);
  return fila;
}
