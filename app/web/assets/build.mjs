// Builds the style sheet and the scripts into app/web/static/dist/, each named by a fingerprint of
// its content, and writes manifest.json with the fingerprint of all sources: a test compares it, so
// that a stale build can't be committed.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build, transform } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const dist = join(here, "..", "static", "dist");
const field = join(root, "app", "field", "static");

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** @param {string | Uint8Array} content */
const digest = (content) => createHash("sha256").update(content).digest("hex");

function sourcesDigest() {
  const paths = [...filesBelow(here), ...filesBelow(field), join(root, "package.json"), join(root, "package-lock.json")]
    .map((path) => relative(root, path).replaceAll("\\", "/"))
    .sort();
  return digest(paths.map((path) => `${path} ${digest(readFileSync(join(root, path)))}\n`).join(""));
}

/** @type {Record<string, string>} */
const files = {};

/** @param {string} name @param {string | Uint8Array} content */
function store(name, content) {
  const dot = name.lastIndexOf(".");
  const stored = `${name.slice(0, dot)}-${digest(content).slice(0, 12)}${name.slice(dot)}`;
  writeFileSync(join(dist, stored), content);
  // A tenth lighter than gzip, for phones; made here, so that serving needs no library for it.
  if (/\.(js|css)$/.test(name)) writeFileSync(join(dist, `${stored}.br`), brotliCompressSync(content));
  files[name] = stored;
}

/** Leaflet's style sheet names pictures of controls that no page has. @param {string} styles */
const withoutPictures = (styles) => styles.replace(/background-image: url\([^)]*\);?|behavior: url\([^)]*\);?/g, "");

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

/** @type {import("esbuild").BuildOptions} */
const options = { bundle: true, minify: true, target: "es2020", legalComments: "none", write: false };

/** @type {Record<string, string>} */
const banners = {
  peta: "/* Leaflet 1.9.4, (c) 2010-2023 Volodymyr Agafonkin, (c) 2010-2011 CloudMade, BSD-2-Clause */",
  lapangan: "/* idb 8.0.4, (c) 2016 Jake Archibald, ISC */",
};

// "peta" is loaded only by pages with a map, "lapangan" only by the app of mentors.
const entries = { pulih: join(here, "js"), peta: join(here, "js"), lapangan: field };
for (const [name, folder] of Object.entries(entries)) {
  const styles = compile(join(here, "css", `${name}.scss`), { quietDeps: true });
  store(`${name}.css`, (await transform(withoutPictures(styles.css), { loader: "css", minify: true })).code);

  const scripts = await build({
    ...options,
    entryPoints: [join(folder, folder === field ? "main.js" : `${name}.js`)],
    format: "esm",
    alias: { leaflet: "leaflet/dist/leaflet-src.esm.js" },
    banner: name in banners ? { js: banners[name] } : {},
  });
  store(`${name}.js`, scripts.outputFiles[0].contents);
}
// Screens of the app of mentors that are fetched later: they use what runs already, by its name.
const running = {
  name: "running",
  /** @param {import("esbuild").PluginBuild} plugin */
  setup(plugin) {
    plugin.onResolve({ filter: /\/shared\.js$/ }, () => ({ path: `./${files["lapangan.js"]}`, external: true }));
  },
};
const later = await build({ ...options, entryPoints: [join(field, "later.js")], format: "esm", plugins: [running] });
store("lapangan-layar.js", later.outputFiles[0].contents);
// Loaded only by pages that calculate.
const counting = await build({ ...options, entryPoints: [join(here, "js", "hitung.js")], format: "esm" });
store("hitung.js", counting.outputFiles[0].contents);
// Loaded only by pages of the cash book.
const book = await build({ ...options, entryPoints: [join(here, "js", "buku.js")], format: "esm" });
store("buku.js", book.outputFiles[0].contents);
const worker = await build({ ...options, entryPoints: [join(field, "sw.js")], format: "iife" });
store("lapangan-sw.js", worker.outputFiles[0].contents);
// The PNGs are icon.svg, drawn by a browser: phones want them for the home screen.
for (const name of ["icon.svg", "icon-192.png", "icon-512.png", "icon-maskable-512.png"]) store(name, readFileSync(join(here, name)));

const manifest = { files, sources: sourcesDigest() };
writeFileSync(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
