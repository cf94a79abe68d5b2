/** Prints how many bytes the whole client has, as it was built, bundled for Node.js, minified and compressed with gzip. */
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const { outputFiles } = await build({
  stdin: {
    contents: 'export * from "./index.js"; export * from "./node/index.js"',
    resolveDir: fileURLToPath(new URL('../dist/esm', import.meta.url)),
  },
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  platform: 'node',
})
console.log(gzipSync(outputFiles[0].contents).length)
