// Places that are hardly meant. The rules of ticketera/domain/lugar.py.

const dentro = (lat, lng) => lat >= -55.5 && lat <= -21.5 && lng >= -73.8 && lng <= -53.4;

/** What makes a place doubtful, in words; nothing where nothing does, or where there is no place. */
export function lugarDudoso(lat, lng) {
  if (lat == null || lng == null || dentro(lat, lng)) return "";
  return dentro(lng, lat)
    ? "La latitud y la longitud parecen cambiadas de lugar."
    : "El punto del mapa queda fuera de la Argentina.";
}
