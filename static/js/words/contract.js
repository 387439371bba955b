// The words that both apps and their scripts say: belgrano/contract says what each table and each column is for.
// The columns that only pages say are left out of the bundles (static/build.mjs).
import CODIGOS from "../../../belgrano/contract/words/codigos.json" with { type: "json" };
import ESTADOS from "../../../belgrano/contract/words/estados.json" with { type: "json" };
import MOTIVOS from "../../../belgrano/contract/words/motivos.json" with { type: "json" };
import PAGOS from "../../../belgrano/contract/words/pagos.json" with { type: "json" };
import PRIORIDADES from "../../../belgrano/contract/words/prioridades.json" with { type: "json" };
import PRUEBAS from "../../../belgrano/contract/words/pruebas.json" with { type: "json" };
import RECEPTORES from "../../../belgrano/contract/words/receptores.json" with { type: "json" };

export { CODIGOS, ESTADOS, MOTIVOS, PAGOS, PRIORIDADES, PRUEBAS, RECEPTORES };
