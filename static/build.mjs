// Bundles static/js and static/css into static/dist under hashed names, and writes dist/manifest.json
// ("tablero.js" -> "tablero-ABC123.js"), which `asset()` in belgrano/http/pages.py reads.
//
// An entry is a file directly in static/js, static/js/ahorro or static/css; files in other folders are modules of those.
// A bundle over its budget fails the build: what a phone on a bad network has to load is a promise.
import { build, context } from "esbuild";
import { mkdir, readdir, readFile, rm, stat, writeFile, rename } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const DIST = path.join(HERE, "dist");

/** Most bytes after gzip. */
const BUDGETS = {
  "tablero.js": 46_000,
  // All that works without a line is in it: what would come later is missing where the line has ended.
  "reparto.js": 36_000,
  "socket.js": 12_000,
  "seguimiento.js": 8_000,
  "ahorro/tienda.js": 12_000,
  "ahorro/checkout.js": 4_000,
  "ahorro/entrega.js": 8_000,
  "ahorro/trastienda.js": 30_000,
  "ahorro/dibujo.js": 50_000,
  "aparte.js": 14_000,
  "medir.js": 3_000,
  "mapa.js": 50_000,
  "tablero.css": 14_000,
  "reparto.css": 12_000,
  "mapa.css": 8_000,
  "dibujo.css": 4_000,
  "seguimiento.css": 8_000,
  "ahorro.css": 14_000,
  "trastienda.css": 10_000,
};

/** A stale file stays this long, for pages that were drawn before the build. */
const KEEP_STALE_MS = 3_600_000;

/** What the libraries bring and nothing here uses, by the end of its path: what stands in its place.
 *  Our server speaks websocket only and text only; pragmatic-drag-and-drop's honey pot is for what opens under the mouse. */
const LEFT_OUT = {
  "engine.io-client/build/esm/transports/polling-xhr.js": "export class XHR {}",
  "engine.io-client/build/esm/transports/webtransport.js": "export class WT {}",
  "socket.io-parser/build/esm/binary.js":
    "export const deconstructPacket = (packet) => ({ packet, buffers: [] }), reconstructPacket = (packet) => packet;",
  "socket.io-parser/build/esm/is-binary.js":
    "export const isBinary = () => false, hasBinary = () => false;",
  "pragmatic-drag-and-drop/dist/esm/honey-pot-fix/make-honey-pot-fix.js":
    "export const makeHoneyPotFix = () => ({ bindEvents: () => () => {}, getOnPostDispatch: () => () => {} });",
};

const leaveOut = {
  name: "leave-out",
  setup(b) {
    const known = Object.keys(LEFT_OUT);
    const filter = new RegExp(`(${known.map((end) => end.replaceAll(".", "\\.")).join("|")})$`);
    b.onLoad({ filter }, ({ path: file }) => ({
      contents: LEFT_OUT[known.find((end) => file.endsWith(end))],
      resolveDir: path.dirname(file),
    }));
  },
};

/** Columns of belgrano/contract/words that only pages say, or that they hand to their script. */
const PAGES_SAY = ["cliente", "elegir", "detalle"];
/** Columns of ticketera/domain/encargo.json that scripts read. */
const SCRIPTS_READ = ["name", "part", "said"];

const scriptsSay = {
  name: "scripts-say",
  setup(b) {
    b.onLoad({ filter: /belgrano\/contract\/words\/[^/]+\.json$/ }, async ({ path: file }) => {
      const table = JSON.parse(await readFile(file, "utf8"));
      for (const row of Object.values(table)) for (const column of PAGES_SAY) delete row[column];
      return { contents: JSON.stringify(table), loader: "json", watchFiles: [file] };
    });
    b.onLoad({ filter: /ticketera\/domain\/encargo\.json$/ }, async ({ path: file }) => {
      const table = JSON.parse(await readFile(file, "utf8"));
      const read = table.map((row) =>
        Object.fromEntries(SCRIPTS_READ.map((each) => [each, row[each]])),
      );
      return { contents: JSON.stringify(read), loader: "json", watchFiles: [file] };
    });
  },
};

const COMMON = {
  bundle: true,
  minify: true,
  metafile: true,
  write: false,
  sourcemap: "linked",
  loader: { ".png": "file" },
  entryNames: "[dir]/[name]-[hash]",
  assetNames: "[name]-[hash]",
  absWorkingDir: HERE,
  logLevel: "warning",
  plugins: [leaveOut, scriptsSay],
};

async function entries(folder, ext) {
  const names = await readdir(path.join(HERE, folder)).catch(() => []);
  return names.filter((name) => name.endsWith(ext)).map((name) => `${folder}/${name}`);
}

async function options() {
  return [
    {
      ...COMMON,
      entryPoints: [...(await entries("js", ".js")), ...(await entries("js/ahorro", ".js"))],
      outbase: "js",
      outdir: DIST,
      format: "esm",
      target: "es2022",
    },
    {
      ...COMMON,
      entryPoints: await entries("css", ".css"),
      outbase: "css",
      outdir: DIST,
      target: ["chrome100", "safari15.4", "firefox100"],
    },
  ].filter((one) => one.entryPoints.length > 0);
}

/** Reads esbuild's report of one build into manifest entries and checks the budgets.
 *  An entry is one file: a chunk that is only found when the entry is there costs a round trip on a bad network. */
async function settle(metafile, manifest, kept) {
  const outputs = metafile.outputs;
  const over = [];
  for (const [file, info] of Object.entries(outputs)) {
    const name = path.relative(DIST, path.join(HERE, file)).split(path.sep).join("/");
    for (const ext of ["", ".gz", ".br"]) kept.add(name + ext);
    if (!info.entryPoint) continue;
    const key = info.entryPoint.replace(/^(js|css)\//, "");
    manifest[key] = name;
    if (BUDGETS[key]) {
      const size = gzipSync(await readFile(path.join(HERE, file)), { level: 9 }).length;
      if (size > BUDGETS[key])
        over.push(`${key}: ${size} bytes after gzip, budget ${BUDGETS[key]}`);
      else console.log(`${key}: ${size} of ${BUDGETS[key]} bytes after gzip`);
    }
  }
  return over;
}

/** Writes what is new, with its .gz and .br twins, so that a server never compresses a static file. */
async function store(files) {
  for (const { path: file, contents } of files) {
    if (await stat(file).catch(() => null)) continue; // the same name is the same content
    if (/\.(js|css)$/.test(file)) {
      await place(`${file}.gz`, gzipSync(contents, { level: 9 }));
      await place(`${file}.br`, brotliCompressSync(contents));
    }
    await place(file, contents);
  }
}

/** Renamed into place: a server that reads while we write sees all of a file or none of it. */
async function place(file, contents) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, contents);
  await rename(`${file}.${process.pid}`, file);
}

async function sweep(kept) {
  for (const name of await readdir(DIST, { recursive: true })) {
    const file = path.join(DIST, name);
    const info = await stat(file);
    const relative = name.split(path.sep).join("/");
    if (!info.isFile() || kept.has(relative) || relative.startsWith("manifest.json")) continue;
    if (Date.now() - info.mtimeMs > KEEP_STALE_MS) await rm(file);
  }
}

async function finish(results) {
  const manifest = {};
  const kept = new Set();
  const over = [];
  for (const result of results) {
    await store(result.outputFiles);
    over.push(...(await settle(result.metafile, manifest, kept)));
  }
  await place(path.join(DIST, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
  await sweep(kept);
  if (over.length) throw new Error(`over budget: ${over.join("; ")}`);
}

async function main() {
  await mkdir(DIST, { recursive: true });
  const all = await options();
  if (!process.argv.includes("--watch"))
    return finish(await Promise.all(all.map((one) => build(one))));
  const last = new Map();
  for (const one of all) {
    const report = {
      name: "manifest",
      setup: (b) =>
        b.onEnd(async (result) => {
          if (result.errors.length) return;
          last.set(one, result);
          if (last.size === all.length)
            await finish([...last.values()]).catch((e) => console.error(String(e.message)));
        }),
    };
    await (await context({ ...one, plugins: [...one.plugins, report] })).watch();
  }
}

main().catch((error) => {
  console.error(`build: ${error.message}`);
  process.exit(1);
});
