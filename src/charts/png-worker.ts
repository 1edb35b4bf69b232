import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

const require = createRequire(import.meta.url)

await initWasm(readFileSync(require.resolve('@resvg/resvg-wasm/index_bg.wasm')))
const fonts = [
  require.resolve('roboto-fontface/fonts/roboto/Roboto-Regular.woff2'),
  require.resolve('roboto-fontface/fonts/roboto/Roboto-Bold.woff2'),
].map(file => new Uint8Array(readFileSync(file)))
const picture = new Resvg(String(workerData), {
  font: { fontBuffers: fonts, defaultFontFamily: 'Roboto' },
})
const png = picture.render().asPng()
parentPort?.postMessage(png)
