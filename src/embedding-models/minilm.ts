import { Worker } from 'node:worker_threads'
import { EmbedderError } from './embedder-error.ts'
import type { WorkerReply, WorkerRequest } from './minilm-worker.ts'
import type { ModelEmbedder } from './port.ts'

/** Texts a message: an abstract takes some 90 ms. */
const batch = 8

interface Waiting {
  resolve(vectors: Float32Array[]): void
  reject(error: Error): void
}

/**
 * The model in a folder, in a thread of its own: the event loop goes on while it works.
 * @param name which model it is, such as a hash of its files
 * @throws EmbedderError `wrong` where the folder holds no model that can be used; its text says why
 */
export async function openMiniLm(folder: string, name: string): Promise<ModelEmbedder> {
  const worker = new Worker(new URL('./minilm-worker.ts', import.meta.url), { workerData: folder })
  /** By the request's id; the first, without one, waits for the model to be loaded. */
  const waiting = new Map<number | undefined, Waiting>()
  let ended: Error | undefined
  const endAll = (error: Error): void => {
    ended ??= error
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }
  // A process that has nothing else to do ends, but not while somebody waits for an answer.
  const settled = (id: number | undefined): Waiting | undefined => {
    const one = waiting.get(id)
    waiting.delete(id)
    if (waiting.size === 0) worker.unref()
    return one
  }
  worker.on('message', (reply: WorkerReply) => {
    const one = settled(reply.id)
    if ('vectors' in reply) one?.resolve([...reply.vectors])
    else one?.reject(new EmbedderError('wrong', reply.problem))
  })
  worker.on('error', cause => endAll(new EmbedderError('wrong', 'its thread has failed', { cause })))
  worker.on('exit', () => endAll(new EmbedderError('wrong', 'its thread has ended')))
  const replyTo = (id: number | undefined): Promise<Float32Array[]> =>
    new Promise((resolve, reject) => {
      if (ended !== undefined) return reject(ended)
      waiting.set(id, { resolve, reject })
      worker.ref()
    })

  const close = async (): Promise<void> => {
    await worker.terminate()
  }
  try {
    await replyTo(undefined)
  } catch (error) {
    await close()
    throw error
  }
  let requests = 0
  return {
    name,
    batch,
    async embed(texts, signal) {
      if (signal?.aborted) throw new EmbedderError('late', 'it was not waited for')
      const request: WorkerRequest = { id: ++requests, texts }
      const reply = replyTo(request.id)
      worker.postMessage(request)
      if (signal === undefined) return reply
      return Promise.race([reply, lateAfter(signal)])
    },
    close,
  }
}

function lateAfter(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new EmbedderError('late', 'it was not waited for')), {
      once: true,
    })
  })
}
