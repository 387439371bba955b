// A product's photos: sent as soon as they are chosen, made smaller first, and put in order by dragging.

const LADO = 1600;
const GRANDE = 1_500_000; // bytes: what is smaller goes as it is

/** @param {ParentNode} pagina */
export function enhanceFotos(pagina) {
  const fotos = pagina.querySelector("#fotos");
  if (!fotos) return;
  const isTyped = watch(pagina.querySelector("form[data-ficha]"));

  // What was typed into the product's own form and not saved would be gone with the page.
  function mayLeave() {
    const aviso = fotos.querySelector("[data-sin-guardar]");
    aviso.hidden = !isTyped();
    aviso.scrollIntoView({ block: "nearest" });
    return aviso.hidden;
  }

  const entrada = fotos.querySelector("input[type=file]");
  entrada?.addEventListener("change", () => mayLeave() && send(entrada));
  for (const lista of fotos.querySelectorAll("[data-fotos]")) enhanceOrden(lista);
  fotos.addEventListener(
    "submit",
    (evento) => {
      if (mayLeave()) return;
      evento.preventDefault();
      evento.stopPropagation(); // before the form itself takes it for sent
    },
    true,
  );
}

/** Says whether the form has something else in it than now. */
function watch(form) {
  const held = () => JSON.stringify([...new FormData(form)]);
  const saved = held();
  return () => held() !== saved;
}

async function send(entrada) {
  if (!entrada.files.length) return;
  const boton = entrada.form.querySelector("button");
  boton.textContent = boton.dataset.enviando;
  const elegidas = new DataTransfer();
  for (const archivo of entrada.files) elegidas.items.add(await smaller(archivo));
  entrada.files = elegidas.files;
  entrada.form.requestSubmit(boton);
}

/** The photo as a JPEG that the net carries quickly; as it is where it is small, or nothing that a browser can draw. */
async function smaller(archivo) {
  if (archivo.size <= GRANDE) return archivo;
  try {
    const imagen = await createImageBitmap(archivo);
    const justo = Math.min(1, LADO / Math.max(imagen.width, imagen.height));
    const lienzo = document.createElement("canvas");
    lienzo.width = Math.max(1, Math.round(imagen.width * justo));
    lienzo.height = Math.max(1, Math.round(imagen.height * justo));
    const pluma = lienzo.getContext("2d");
    pluma.fillStyle = "white";
    pluma.fillRect(0, 0, lienzo.width, lienzo.height);
    pluma.drawImage(imagen, 0, 0, lienzo.width, lienzo.height);
    imagen.close();
    const hecha = await new Promise((resolve) => lienzo.toBlob(resolve, "image/jpeg", 0.9));
    return hecha ? new File([hecha], archivo.name, { type: "image/jpeg" }) : archivo;
  } catch {
    return archivo; // the server says what is wrong with it
  }
}

/** Drag one before another: the button that would do the same is pressed, with how many places it goes. */
function enhanceOrden(lista) {
  let va = null;
  for (const una of lista.children) {
    una.draggable = true;
    for (const quieta of una.querySelectorAll("a, img")) quieta.draggable = false;
    una.addEventListener("dragstart", (evento) => {
      va = una;
      una.classList.add("fotos__una--va");
      evento.dataTransfer.effectAllowed = "move";
    });
    una.addEventListener("dragend", () => {
      una.classList.remove("fotos__una--va");
      va = null;
    });
    una.addEventListener("dragover", (evento) => va && evento.preventDefault());
    una.addEventListener("drop", (evento) => {
      evento.preventDefault();
      if (!va || va === una) return;
      const fotos = [...lista.children];
      place(va, fotos.indexOf(una) - fotos.indexOf(va));
    });
  }
}

function place(una, lugares) {
  const form = una.querySelector("form");
  const que = document.createElement("input");
  Object.assign(que, { type: "hidden", name: "que", value: String(lugares) });
  form.append(que);
  form.requestSubmit();
  que.remove();
}
