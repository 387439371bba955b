// The socket: brings novedades to `follow`, pulls on every connect, and says in one word how the line is.
import { request, Rechazo } from "./requests.js";

/**
 * Connects to our own server.
 *
 * @param {object} parts
 * @param {typeof import("socket.io-client").io} parts.io
 * @param {ReturnType<typeof import("./sequence.js").follow>} parts.secuencia
 * @param {(linea: "en-linea" | "sin-linea" | "sin-sesion") => void} parts.linea
 * @param {Record<string, (dato: Json) => void>} [parts.otros] further events
 * @param {number} [parts.usuario] whose page this is: the door is shut to it with somebody else's cookie
 */
export function connect({ io, secuencia, linea, otros = {}, usuario }) {
  let comprobando = false;
  const socket = io({
    transports: ["websocket"],
    query: usuario ? { usuario } : {},
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    timeout: 8_000,
  });
  socket.on("connect", async () => {
    try {
      await secuencia.catchUp();
      if (socket.connected) linea("en-linea");
    } catch (error) {
      if (error instanceof Rechazo && error.status === 401) end();
      // The line is there but the answer was not: begin anew a little later.
      else setTimeout(() => socket.connected && socket.disconnect().connect(), 1_000);
    }
  });
  socket.on("novedad", (novedad) => secuencia.arrive(novedad));
  socket.on("pulso", (pulso) => secuencia.pulso(pulso));
  for (const [evento, hear] of Object.entries(otros)) socket.on(evento, hear);
  socket.on("disconnect", (motivo) => {
    linea("sin-linea");
    // Cut by the server: the session may have ended; without one there is no way back in.
    if (motivo === "io server disconnect") check();
  });
  socket.on("connect_error", () => {
    linea("sin-linea");
    // A door that does not open may be shut on purpose; the browser does not tell us why.
    check();
  });
  addEventListener("online", () => socket.connected || socket.disconnect().connect());
  addEventListener("offline", () => linea("sin-linea"));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && !socket.connected && socket.active) socket.disconnect().connect();
  });
  return socket;

  /** Asks whether the session is over; where only the line is, Socket.IO goes on trying by itself. */
  async function check() {
    if (comprobando) return;
    comprobando = true;
    try {
      await request("GET", "/api/sesion");
      if (!socket.active) setTimeout(() => socket.connect(), 500);
    } catch (error) {
      if (error instanceof Rechazo && error.status === 401) end();
      else if (!socket.active) setTimeout(() => socket.connect(), 3_000);
    } finally {
      comprobando = false;
    }
  }

  function end() {
    socket.disconnect();
    linea("sin-sesion");
  }
}
