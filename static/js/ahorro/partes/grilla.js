// The owner's list as a spreadsheet: arrows, Enter, Tab and Esc. Each cell is saved by itself, from the version that was seen.
import { pesos, readPesos } from "../../words/formats.js";
import { mensajeDe, request } from "../../stream/requests.js";

/**
 * What each column shows of a product, what its cell is edited as, and what of that is sent. A text that is no number
 * goes as it is: the server says what is wrong with it.
 */
const COLUMNAS = {
  precio: {
    show: (p) => pesos(p.precio),
    write: (p) => String(p.precio).replace(".", ","),
    read: (texto) => readPesos(texto) ?? texto,
    modo: "decimal",
  },
  stock: {
    show: (p) => (p.stock === null ? "Sin contar" : `${p.stock}${p.por_peso ? " g" : ""}`),
    write: (p) => String(p.stock ?? ""),
    read: (texto) => {
      if (texto === "") return null;
      return /^\d{1,12}$/.test(texto) ? Number(texto) : texto;
    },
    modo: "numeric",
  },
  estante: {
    show: (p) => p.estante || "—",
    write: (p) => p.estante,
    read: (texto) => texto,
    modo: "text",
  },
};
const PASOS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * @param {ParentNode} pagina
 * @returns {() => void} leaves the cell that is being edited as it was
 */
export function enhanceGrilla(pagina) {
  const tabla = pagina.querySelector("[data-grilla]");
  if (!tabla) return () => {};
  const estado = pagina.querySelector("[data-grilla-estado]");
  const filas = [...tabla.tBodies[0].rows].map((tr) => ({
    p: JSON.parse(tr.dataset.fila),
    celdas: [...tr.querySelectorAll("[data-campo]")],
    cola: Promise.resolve(),
    ajenos: 0, // how often somebody else was quicker
  }));
  /** What the row was when a cell was opened, or when the cell said what stands now. */
  const vistos = new WeakMap();
  const look = (celda) => {
    const { p, ajenos } = filaDe(celda);
    vistos.set(celda, { p, ajenos });
  };
  tabla.setAttribute("role", "grid");
  for (const { celdas } of filas) for (const celda of celdas) celda.tabIndex = -1;
  filas[0].celdas[0].tabIndex = 0;
  if (tabla.dataset.grilla === "codigo" && filas.length === 1) filas[0].celdas[0].focus();

  const filaDe = (celda) => filas.find((fila) => fila.celdas.includes(celda));

  /** Puts the focus so many rows and cells further; where there is none it stays. */
  const move = (celda, [abajo, derecha]) => {
    const fila = filaDe(celda);
    const columna = fila.celdas.indexOf(celda) + derecha;
    const otra = filas[filas.indexOf(fila) + abajo]?.celdas[columna] ?? celda;
    for (const una of tabla.querySelectorAll("[data-campo][tabindex='0']")) una.tabIndex = -1;
    otra.tabIndex = 0;
    (otra.querySelector("input") ?? otra).focus();
    if (otra === celda) celda.focus();
  };

  const open = (celda, texto) => {
    const { p } = filaDe(celda);
    const campo = celda.dataset.campo;
    look(celda);
    if (campo === "activo") {
      save(celda, !p.activo);
      return;
    }
    const entrada = document.createElement("input");
    entrada.value = texto ?? COLUMNAS[campo].write(p);
    entrada.inputMode = COLUMNAS[campo].modo;
    entrada.autocomplete = "off";
    entrada.setAttribute("aria-label", `${celda.dataset.rotulo}: ${p.nombre}`);
    celda.replaceChildren(entrada);
    entrada.focus();
    if (texto === undefined) entrada.select();
  };

  /** Saves what was typed; what was refused as it stands goes again only when `insiste`. */
  const commit = (celda, insiste = false) => {
    const entrada = celda.querySelector("input");
    if (!entrada || entrada.readOnly) return;
    const { p } = filaDe(celda);
    const { write, read } = COLUMNAS[celda.dataset.campo];
    const texto = entrada.value.trim();
    if (texto === write(vistos.get(celda).p)) draw(celda, p);
    else if (insiste || texto !== entrada.dataset.rechazado) {
      entrada.readOnly = true;
      save(celda, read(texto));
    }
  };

  /** One after the other in a row: the second starts from the version that the first made. */
  const save = (celda, valor) => {
    const fila = filaDe(celda);
    celda.setAttribute("aria-busy", "true");
    fila.cola = fila.cola.then(() => send(fila, celda, valor));
  };

  const send = async (fila, celda, valor) => {
    const campo = celda.dataset.campo;
    const { p, ajenos } = vistos.get(celda);
    if (ajenos !== fila.ajenos && p[campo] !== fila.p[campo]) {
      fail(celda, fila.p, staleText(campo, fila.p));
      look(celda);
      return;
    }
    const visto = campo === "stock" && p.stock !== null ? { stock_visto: p.stock } : {};
    try {
      const camino = `/api/admin/productos/${fila.p.id}`;
      fila.p = await request("PATCH", camino, {
        version: fila.p.version,
        [campo]: valor,
        ...(valor === null ? {} : visto),
      });
      draw(celda, fila.p);
      drawOthers(fila);
      estado.textContent = `Guardado: ${fila.p.nombre}.`;
    } catch (error) {
      const ahora = error.cuerpo?.producto;
      if (ahora) {
        fila.p = ahora;
        fila.ajenos += 1;
        look(celda);
      }
      drawOthers(fila);
      fail(celda, fila.p, ahora ? staleText(campo, ahora) : sayError(celda, error));
    }
  };

  tabla.addEventListener("keydown", (evento) => {
    const celda = evento.target.closest("[data-campo]");
    if (!celda || evento.ctrlKey || evento.metaKey || evento.altKey) return;
    const editando = evento.target !== celda;
    // While it is being saved nobody types in it, and its arrows lead on.
    const quieta = !editando || evento.target.readOnly;
    const paso = (editando && stepOfEditor(evento)) || (quieta ? PASOS[evento.key] : undefined);
    if (editando && evento.key === "Escape") discard(celda);
    else if (paso) {
      if (editando) commit(celda, evento.key === "Enter");
      if (evento.key === "Tab" && !hasNeighbour(celda, paso[1])) return;
      move(celda, paso);
    } else if (editando) return;
    else if (["Enter", "F2"].includes(evento.key)) open(celda);
    else if (celda.dataset.campo === "activo") {
      if (evento.key !== " ") return;
      open(celda);
    } else if (evento.key.length === 1) open(celda, evento.key.trim());
    else return;
    evento.preventDefault();
  });
  const hasNeighbour = (celda, derecha) => {
    const { celdas } = filaDe(celda);
    return celdas[celdas.indexOf(celda) + derecha] !== undefined;
  };
  const discard = (celda) => {
    const entrada = celda.querySelector("input");
    if (!entrada || entrada.readOnly) return;
    entrada.readOnly = true;
    celda.focus();
    draw(celda, filaDe(celda).p);
  };
  tabla.addEventListener("focusout", (evento) => {
    const celda = evento.target.closest("[data-campo]");
    if (celda && evento.target !== celda && !celda.contains(evento.relatedTarget)) commit(celda);
  });
  // The first click chooses a cell, the second one edits it.
  let elegida = null;
  tabla.addEventListener("pointerdown", () => {
    elegida = document.activeElement;
  });
  tabla.addEventListener("click", (evento) => {
    const celda = evento.target.closest("[data-campo]");
    if (!celda || evento.target.closest("input")) return;
    if (elegida === celda) open(celda);
    else move(celda, [0, 0]);
  });

  return () => {
    const celda = document.activeElement?.closest("[data-campo]");
    if (celda) discard(celda);
  };
}

/** Where a key leads from a cell that is being edited: Enter down, Tab right, both back with Shift. */
function stepOfEditor({ key, shiftKey }) {
  const paso = shiftKey ? -1 : 1;
  if (key === "Enter") return [paso, 0];
  if (key === "Tab") return [0, paso];
  return ["ArrowUp", "ArrowDown"].includes(key) ? PASOS[key] : undefined;
}

/** Draws a cell as its product says; nothing is wrong with it, and nobody edits it. */
function draw(celda, p) {
  const tenia = celda.contains(document.activeElement) && celda !== document.activeElement;
  celda.removeAttribute("aria-busy");
  celda.replaceChildren(
    celda.dataset.campo === "activo" ? chip(p) : COLUMNAS[celda.dataset.campo].show(p),
  );
  if (tenia) celda.focus();
}

/** Draws what nobody is editing in a row. */
function drawOthers(fila) {
  for (const celda of fila.celdas) if (!celda.querySelector("input, .error")) draw(celda, fila.p);
}

/** Says beside a cell what is wrong with it; what was typed stays. */
function fail(celda, p, detalle) {
  const entrada = celda.querySelector("input");
  if (!entrada) draw(celda, p);
  celda.removeAttribute("aria-busy");
  celda.querySelector(".error")?.remove();
  const error = document.createElement("p");
  error.className = "error";
  error.id = `grilla-${p.id}-${celda.dataset.campo}`;
  error.setAttribute("role", "alert");
  error.textContent = detalle;
  celda.append(error);
  if (!entrada) return;
  entrada.readOnly = false;
  entrada.dataset.rechazado = entrada.value.trim();
  entrada.setAttribute("aria-invalid", "true");
  entrada.setAttribute("aria-describedby", error.id);
}

function staleText(campo, p) {
  const dice = campo === "activo" ? chip(p).textContent : COLUMNAS[campo].show(p);
  return `Alguien lo cambió recién. Ahora dice: ${dice}. Enter guarda lo tuyo, Esc lo deja así.`;
}

function sayError(celda, error) {
  const detalle = error.cuerpo?.errores?.[0]?.detalle;
  if (!detalle) return mensajeDe(error);
  return /^\p{Lu}/u.test(detalle) ? detalle : `${celda.dataset.rotulo}: ${detalle}`;
}

/** Whether a product is on sale, as the page shows it. */
function chip(p) {
  let [texto, color] = ["A la venta", "verde"];
  if (!p.activo) [texto, color] = ["Fuera de la venta", ""];
  else if (p.stock === 0) [texto, color] = ["Sin stock", "rojo"];
  const signo = document.createElement("span");
  signo.className = `chip ${color}`.trim();
  signo.textContent = texto;
  return signo;
}
