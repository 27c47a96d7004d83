// Builds the pages and the widget into dist/web. The server maps
//   /             → index.html       /articles  → articles.html    /articles/:id → article.html
//   /demo         → demo.html        /widget.js → widget.js        /assets/*     → assets/
//   /admin        → admin.html
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const web = dirname(fileURLToPath(import.meta.url));
const out = join(web, "../dist/web");
const assets = join(out, "assets");
const FACES = ["noto-sans-sc", "noto-serif-sc"];
const PAGES = ["index.html", "articles.html", "article.html", "demo.html", "admin.html"];

await rm(out, { recursive: true, force: true });
await mkdir(join(assets, "fonts"), { recursive: true });
const [integrity] = await Promise.all([buildWidget(), buildPages(), buildStyles(), copyFonts()]);
await writePages({ "{{widget-integrity}}": integrity });
await compressTexts(out);

/** The options of all bundles: minified, for browsers that know constructable style sheets and `light-dark()`. */
function bundle(options) {
  return build({
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome123", "safari17.5", "firefox120"],
    legalComments: "none",
    logLevel: "warning",
    ...options,
  });
}

async function buildWidget() {
  const outfile = join(out, "widget.js");
  await bundle({ entryPoints: [join(web, "widget/wenju-chat.ts")], outfile, plugins: [cssAsText()] });
  const hash = createHash("sha384")
    .update(await readFile(outfile))
    .digest("base64");
  return `sha384-${hash}`;
}

async function buildPages() {
  const names = ["chat-page", "articles-page", "article-page", "demo-page", "admin-page"];
  await bundle({ entryPoints: names.map((name) => join(web, "page", `${name}.ts`)), outdir: assets });
  await bundle({ entryPoints: [join(web, "page/boot.ts")], outdir: assets, format: "iife" });
}

async function buildStyles() {
  await bundle({
    entryPoints: ["page", "admin"].map((name) => join(web, "styles", `${name}.css`)),
    outdir: assets,
  });
}

/** A style sheet imported by a script arrives there as its minified text. */
function cssAsText() {
  return {
    name: "css-as-text",
    setup(builder) {
      builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
        const { outputFiles, metafile } = await bundle({ entryPoints: [path], write: false, metafile: true });
        const watchFiles = Object.keys(metafile.inputs);
        return { contents: outputFiles[0].text.trim(), loader: "text", watchFiles };
      });
    },
  };
}

/** The faces come in slices of a hundred characters or so; a browser fetches those whose characters it meets. */
async function copyFonts() {
  const sheets = await Promise.all(FACES.map(copyFace));
  await writeFile(join(assets, "fonts.css"), sheets.join("\n"));
}

async function copyFace(face) {
  const require = createRequire(import.meta.url);
  const css = await readFile(require.resolve(`@fontsource-variable/${face}/index.css`), "utf8");
  const folder = dirname(require.resolve(`@fontsource-variable/${face}/index.css`));
  const files = [...css.matchAll(/url\(\.\/files\/([\w.-]+\.woff2)\)/g)].map(([, name]) => name);
  if (files.length === 0)
    throw new Error(`No fonts found in the style sheet of @fontsource-variable/${face}.`);
  await Promise.all(files.map((name) => copyFile(join(folder, "files", name), join(assets, "fonts", name))));
  return css.replaceAll("./files/", "./fonts/").replace(/\/\*.*?\*\/|\n\s*/g, "");
}

async function writePages(values) {
  await copyFile(join(web, "pages/icon.svg"), join(assets, "icon.svg"));
  for (const name of PAGES) {
    let html = await readFile(join(web, "pages", name), "utf8");
    for (const [placeholder, value] of Object.entries(values)) html = html.replaceAll(placeholder, value);
    await writeFile(join(out, name), html);
  }
}

/** Beside each text its compressed forms: the server sends them as they are, and computes nothing. */
async function compressTexts(folder) {
  const files = await readdir(folder, { recursive: true });
  const texts = files.filter((name) => /\.(?:html|js|css|svg)$/.test(name)).map((name) => join(folder, name));
  await Promise.all(
    texts.map(async (path) => {
      const bytes = await readFile(path);
      await writeFile(`${path}.br`, brotliCompressSync(bytes));
      await writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    }),
  );
}
