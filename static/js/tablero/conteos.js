// The header's counters (which are filters), the search, and "Mostrando 38 de 212". The filter lives in the URL.
import { llano } from "../nucleo/formatos.js";
import { texto } from "../nucleo/plantilla.js";

/** @param {HTMLElement} barra @param {import("./columnas.js").Columnas} columnas */
export function prepararConteos({ barra, almacen, columnas, reloj }) {
  const buscar = barra.querySelector("[data-campo=buscar]");
  const mostrando = barra.querySelector("[data-campo=mostrando]");
  const botones = [...barra.querySelectorAll("[data-filtro]")];
  let pronto = null;

  const dados = new URLSearchParams(location.search);
  buscar.value = dados.get("q") ?? "";
  columnas.filtro = botones.some((uno) => uno.dataset.filtro === dados.get("ver")) ? dados.get("ver") : null;
  columnas.consulta = llano(buscar.value.trim());

  buscar.addEventListener("input", () => {
    clearTimeout(pronto);
    pronto = setTimeout(aplicar, 80);
  });
  for (const boton of botones) {
    boton.addEventListener("click", () => {
      columnas.filtro = columnas.filtro === boton.dataset.filtro ? null : boton.dataset.filtro;
      aplicar();
    });
  }
  barra.querySelector("[data-accion=ver-todo]").addEventListener("click", () => {
    buscar.value = "";
    columnas.filtro = null;
    aplicar();
    buscar.focus();
  });
  return { pintar };

  function aplicar() {
    columnas.consulta = llano(buscar.value.trim());
    const url = new URL(location.href);
    poner(url, "q", buscar.value.trim());
    poner(url, "ver", columnas.filtro);
    history.replaceState(history.state, "", url);
    columnas.pintarTodo();
  }

  function pintar() {
    const suma = almacen.conteos(reloj());
    for (const boton of botones) {
      texto(boton.querySelector("[data-campo=cuantos]"), String(suma[boton.dataset.filtro]));
      boton.setAttribute("aria-pressed", String(columnas.filtro === boton.dataset.filtro));
      boton.dataset.alguno = suma[boton.dataset.filtro] ? "si" : "no";
    }
    const filtrado = columnas.consulta || columnas.filtro;
    mostrando.hidden = !filtrado;
    if (!filtrado) return;
    let pasan = 0;
    for (const id of almacen.tickets.keys()) if (almacen.coincide(id, columnas.consulta, columnas.filtro, reloj())) pasan += 1;
    texto(mostrando.querySelector("[data-campo=texto]"), `Mostrando ${pasan} de ${almacen.tickets.size}.`);
  }
}

function poner(url, nombre, valor) {
  if (valor) url.searchParams.set(nombre, valor);
  else url.searchParams.delete(nombre);
}
