// Builds the style sheet and the scripts into app/web/static/dist/, each named by a fingerprint of
// its content, and writes manifest.json with the fingerprint of all sources: a test compares it, so
// that a stale build can't be committed.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const dist = join(here, "..", "static", "dist");

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** @param {string | Uint8Array} content */
const digest = (content) => createHash("sha256").update(content).digest("hex");

function sourcesDigest() {
  const paths = [...filesBelow(here), join(root, "package.json"), join(root, "package-lock.json")]
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
  files[name] = stored;
}

/** Leaflet's style sheet names pictures of controls that no page has. @param {string} styles */
const withoutPictures = (styles) => styles.replace(/background-image: url\([^)]*\);?|behavior: url\([^)]*\);?/g, "");

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

// The second of each is loaded only by pages with a map.
for (const name of ["pulih", "peta"]) {
  const styles = compile(join(here, "css", `${name}.scss`), { quietDeps: true });
  store(`${name}.css`, (await transform(withoutPictures(styles.css), { loader: "css", minify: true })).code);

  const scripts = await build({
    entryPoints: [join(here, "js", `${name}.js`)],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2020",
    alias: { leaflet: "leaflet/dist/leaflet-src.esm.js" },
    legalComments: "none",
    banner: name === "peta" ? { js: "/* Leaflet 1.9.4, (c) 2010-2023 Volodymyr Agafonkin, (c) 2010-2011 CloudMade, BSD-2-Clause */" } : {},
    write: false,
  });
  store(`${name}.js`, scripts.outputFiles[0].contents);
}
store("icon.svg", readFileSync(join(here, "icon.svg")));

const manifest = { files, sources: sourcesDigest() };
writeFileSync(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
