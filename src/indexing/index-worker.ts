import { parentPort } from 'node:worker_threads'
import type { Paper } from '../corpus/paper.ts'
import { shippedEmbedder } from '../embeddings.ts'
import { indexArraysOf } from '../search/index-arrays.ts'
import { writeArrays } from './array-file.ts'
import type { WorkerReply, WorkerRequest } from './build-in-worker.ts'
import { namedArrays } from './named-arrays.ts'

const port = parentPort
const papers: Paper[] = []

port?.on('message', (request: WorkerRequest) => {
  if ('papers' in request) papers.push(...request.papers)
  else void build(request).then(({ reply, buffers }) => port.postMessage(reply, buffers))
})

async function build({ embeds, save }: Exclude<WorkerRequest, { papers: unknown }>) {
  const arrays = await indexArraysOf(papers, embeds ? await shippedEmbedder() : undefined)
  const named = namedArrays(arrays)
  let problem: unknown
  if (save !== undefined) {
    const all = new Map([...named, ['hashes', save.hashes] as const])
    await writeArrays(save.file, save.version, all).catch((error: unknown) => {
      problem = error
    })
  }
  const buffers = [...new Set([...named.values()].map(({ buffer }) => buffer as ArrayBuffer))]
  return { reply: { arrays, problem } satisfies WorkerReply, buffers }
}
