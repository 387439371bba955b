// "Estoy acá": the browser says where it is, once, when it is asked to.

/** @param {ParentNode} donde */
export function enhanceUbicacion(donde) {
  const boton = donde.querySelector("[data-ubicacion]");
  if (!(boton instanceof HTMLButtonElement) || !navigator.geolocation) return;
  const campo = /** @type {HTMLInputElement} */ (boton.form.elements.namedItem("ubicacion"));
  const dice = boton.form.querySelector("[data-ubicacion-dice]");
  boton.hidden = false;
  boton.addEventListener("click", () => {
    boton.disabled = true;
    dice.textContent = "Buscando dónde estás…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        campo.value = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`;
        dice.textContent =
          "Listo: vamos a llevarlo ahí. Podés borrarla si no es donde hay que llevarlo.";
        boton.disabled = false;
        if (boton.dataset.enviar !== undefined) boton.form.requestSubmit();
      },
      () => {
        dice.textContent =
          "No pudimos saber dónde estás. Seguí con el barrio, o pegá las coordenadas.";
        boton.disabled = false;
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  });
}
