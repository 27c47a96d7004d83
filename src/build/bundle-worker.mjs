// Makes one file of the model's process, after the compiler: @xenova/transformers loads with every model what draws pictures
// (sharp) and what runs in browsers (onnxruntime-web), and a quarter of a process's start went into reading that.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const compiled = fileURLToPath(new URL("../../dist/embed/embedding-worker.js", import.meta.url));

await build({
  entryPoints: [compiled],
  outfile: compiled.replace(/\.js$/, ".bundle.js"),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  external: ["onnxruntime-node"],
  plugins: [without("onnxruntime-web", "sharp")],
  logLevel: "warning",
});

/** Leaves modules out: whoever imports them gets an empty object. */
function without(...names) {
  const filter = new RegExp(`^(?:${names.join("|")})$`);
  return {
    name: "without",
    setup(builder) {
      builder.onResolve({ filter }, ({ path }) => ({ path, namespace: "nothing" }));
      builder.onLoad({ filter: /./, namespace: "nothing" }, () => ({ contents: "export default {};" }));
    },
  };
}
