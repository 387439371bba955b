// Cloning and filling of `<template>`s. Markup lives in Jinja; scripts put in text, classes and attributes only.

/** Clones the one element of `<template id="plantilla-…">`. */
export function clone(nombre) {
  return document.getElementById(`plantilla-${nombre}`).content.firstElementChild.cloneNode(true);
}

/** The parts of an element by their `data-campo`. */
export function fields(elemento) {
  const partes = {};
  for (const parte of elemento.querySelectorAll("[data-campo]"))
    partes[parte.dataset.campo] = parte;
  return partes;
}

/** Sets a part's text, hiding the part when there is none. Touches the page only if it changed. */
export function setText(parte, valor) {
  const nuevo = valor ?? "";
  if (parte.textContent !== nuevo) parte.textContent = nuevo;
  if (parte.hidden !== (nuevo === "")) parte.hidden = nuevo === "";
}

/** Sets or removes an attribute. */
export function setAttribute(parte, nombre, valor) {
  if (valor === null || valor === undefined || valor === false) parte.removeAttribute(nombre);
  else if (parte.getAttribute(nombre) !== String(valor)) parte.setAttribute(nombre, valor);
}

/** Makes the children of `lista` exactly `elementos`, in order, moving as few as it can and keeping the focus. */
export function arrange(lista, elementos) {
  const foco = document.activeElement;
  const queda = new Set(elementos);
  for (const hijo of [...lista.children]) if (!queda.has(hijo)) hijo.remove();
  let lugar = lista.firstElementChild;
  for (const elemento of elementos) {
    if (elemento === lugar) lugar = lugar.nextElementSibling;
    else lista.insertBefore(elemento, lugar);
  }
  if (foco && foco !== document.activeElement && foco.isConnected && lista.contains(foco))
    foco.focus({ preventScroll: true });
}
