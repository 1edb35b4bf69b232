import { parentPort } from 'node:worker_threads'
import { kmeans } from 'ml-kmeans'
import { shippedEmbedder } from '../embeddings.ts'
import { layOut } from './layout.ts'
import type { LaidOut } from './paper-map.ts'
import { type PaperText, tellingWords } from './telling-words.ts'

/** Clusters have some fifteen papers in small libraries and more in large ones; ten have colours of their own. */
const clustersFor = (papers: number): number => Math.min(10, Math.max(2, Math.round(Math.sqrt(papers / 2))))

async function mapOf(texts: readonly PaperText[]): Promise<LaidOut> {
  const embedder = await shippedEmbedder()
  const { x, y } = layOut(
    embedder.embed(texts.map(({ title, abstract }) => `${title}. ${abstract}`)),
    embedder.dimensions,
  )
  const count = clustersFor(texts.length)
  const points = Array.from(x, (value, i) => [value, y[i] ?? 0])
  const clusters = Uint8Array.from(kmeans(points, count, { seed: 1, maxIterations: 100 }).clusters)
  return { x, y, clusters, words: tellingWords(texts, clusters, count) }
}

const texts: PaperText[] = []
parentPort?.on('message', (part: PaperText[] | undefined) => {
  if (part === undefined) mapOf(texts).then(map => parentPort?.postMessage(map))
  else texts.push(...part)
})
