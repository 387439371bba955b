// Where a ticket goes, in words.

/** `Moreno 1840, 4° B`: street and floor on one line, as `calle_y_piso` of ticketera/domain/encargo.py. */
export const calleYPiso = ({ cliente_direccion, cliente_piso }) =>
  [cliente_direccion, cliente_piso].filter(Boolean).join(", ");
