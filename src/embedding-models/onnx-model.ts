import { createRequire } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'

/** Token ids of one text to the model's output for it: its shape and values. */
export type TokenModel = (ids: readonly number[]) => Promise<{ dims: readonly number[]; data: Float32Array }>

/** What is used of onnxruntime-web: the package is optional, and so are its types. */
interface Runtime {
  readonly env: { readonly wasm: { numThreads?: number }; logLevel?: string }
  readonly InferenceSession: {
    create(bytes: Uint8Array, options: object): Promise<Session>
  }
  readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => unknown
}
interface Session {
  readonly inputNames: readonly string[]
  run(feeds: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>
}

const runtimePackage = 'onnxruntime-web'

const Output = z.object({
  dims: z.array(z.int().min(1)).min(2).max(3),
  data: z.instanceof(Float32Array),
})

/** What a sentence model is given for each token, by the names that exporters use. */
const inputs: Readonly<Record<string, (ids: readonly number[]) => readonly number[]>> = {
  input_ids: ids => ids,
  attention_mask: ids => ids.map(() => 1),
  token_type_ids: ids => ids.map(() => 0),
}

/**
 * Opens an ONNX file with onnxruntime-web, in WebAssembly on one thread.
 *
 * @param folder where the package is looked for when the project has none
 * @throws Error where the package is missing, or the file is no model that takes token ids; its text says which
 */
export async function onnxModel(bytes: Uint8Array, folder: string): Promise<TokenModel> {
  const { env, InferenceSession, Tensor } = runtimeIn(folder)
  env.wasm.numThreads = 1
  env.logLevel = 'fatal'
  const session = await InferenceSession.create(bytes, { executionProviders: ['wasm'] }).catch(
    (cause: unknown) => {
      throw new Error('model.onnx is damaged, or no ONNX model', { cause })
    },
  )
  const names = session.inputNames
  const foreign = names.find(name => !Object.hasOwn(inputs, name))
  if (foreign !== undefined || !names.includes('input_ids'))
    throw new Error(`model.onnx is no sentence model: it wants ${foreign ?? 'no input_ids'}`)
  return async ids => {
    const feeds = names.map(name => {
      const values = BigInt64Array.from(inputs[name]?.(ids) ?? [], BigInt)
      return [name, new Tensor('int64', values, [1, ids.length])] as const
    })
    // The first output is the text's or its tokens'; what exporters put after it is of no use here.
    const [first] = Object.values(await session.run(Object.fromEntries(feeds)))
    return Output.parse(first)
  }
}

function runtimeIn(folder: string): Runtime {
  for (const place of [import.meta.filename, join(folder, 'package.json')]) {
    const load = createRequire(place)
    try {
      load.resolve(runtimePackage)
    } catch {
      continue
    }
    return load(runtimePackage) as Runtime
  }
  throw new Error(
    `the package ${runtimePackage} is not installed: run \`npm install --no-save ${runtimePackage}@1.30.0\``,
  )
}
