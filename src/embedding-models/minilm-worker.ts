import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { messageOf } from '../errors.ts'
import { onnxModel } from './onnx-model.ts'
import { readSentenceModel } from './sentence-model.ts'

/** A request to embed texts; its answer has the same id. */
export interface WorkerRequest {
  readonly id: number
  readonly texts: readonly string[]
}

/** `id` undefined: the model is loaded (`vectors` is empty) or cannot be. */
export type WorkerReply =
  | { readonly id: number | undefined; readonly vectors: readonly Float32Array[] }
  | { readonly id: number | undefined; readonly problem: string }

const say = (reply: WorkerReply): void => parentPort?.postMessage(reply)

async function run(folder: string): Promise<void> {
  const model = await readSentenceModel(folder, readFile, onnxModel)
  say({ id: undefined, vectors: [] })
  let last: Promise<unknown> = Promise.resolve()
  parentPort?.on('message', ({ id, texts }: WorkerRequest) => {
    last = last
      .then(() => model.embed(texts))
      .then(vectors => say({ id, vectors }))
      .catch((error: unknown) => say({ id, problem: messageOf(error) }))
  })
}

run(String(workerData)).catch((error: unknown) => say({ id: undefined, problem: messageOf(error) }))
