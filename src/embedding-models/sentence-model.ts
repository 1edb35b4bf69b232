import { join } from 'node:path'
import { normalize } from '../search/embedding/unit-vector.ts'
import { WordPiece } from '../search/embedding/word-piece.ts'
import type { onnxModel, TokenModel } from './onnx-model.ts'

/** The model was trained on texts of up to so many tokens. */
const mostTokens = 256
const mostDimensions = 4096
/** The int8 model has 23 MB, the full one 90. */
const mostBytes = 2_000_000_000

/** Texts to unit vectors. */
export interface SentenceModel {
  embed(texts: readonly string[]): Promise<Float32Array[]>
}

type ReadFile = (file: string) => Promise<Uint8Array>

/**
 * Reads a sentence model such as all-MiniLM-L6-v2 from a folder: `model.onnx` or `onnx/model.onnx`, and `vocab.txt` with a
 * WordPiece a line. A text's vector is the mean of its tokens' (what sentence-transformers calls mean pooling).
 *
 * @throws Error where the folder holds no such model; its text says what is wrong, after "the model in this folder cannot be used:"
 */
export async function readSentenceModel(
  folder: string,
  read: ReadFile,
  open: typeof onnxModel,
): Promise<SentenceModel> {
  const { pieces, start, end } = vocabularyOf(await readOf(folder, ['vocab.txt'], read))
  const model = await open(await readOf(folder, ['model.onnx', 'onnx/model.onnx'], read), folder)
  return {
    async embed(texts) {
      const vectors: Float32Array[] = []
      for (const text of texts)
        vectors.push(await embedOne(model, [start, ...pieces.ids(text).slice(0, mostTokens - 2), end]))
      return vectors
    },
  }
}

async function readOf(folder: string, names: readonly string[], read: ReadFile): Promise<Uint8Array> {
  for (const name of names) {
    const bytes = await read(join(folder, name)).catch(() => undefined)
    if (bytes !== undefined && bytes.length < mostBytes) return bytes
  }
  throw new Error(`it has no ${names[0]} that can be read`)
}

function vocabularyOf(bytes: Uint8Array): { pieces: WordPiece; start: number; end: number } {
  const lines = new TextDecoder()
    .decode(bytes)
    .replace(/\r?\n$/u, '')
    .split(/\r?\n/u)
  const start = lines.indexOf('[CLS]')
  const end = lines.indexOf('[SEP]')
  if (start < 0 || end < 0 || !lines.includes('[UNK]'))
    throw new Error('its vocab.txt is no vocabulary of WordPieces')
  return { pieces: new WordPiece(lines, '[UNK]'), start, end }
}

async function embedOne(model: TokenModel, ids: readonly number[]): Promise<Float32Array> {
  const { dims, data } = await model(ids)
  const dimensions = dims.at(-1) ?? 0
  const isWhole = dims.length === 2
  if (dimensions > mostDimensions || data.length !== dimensions * (isWhole ? 1 : ids.length))
    throw new Error(`model.onnx is no sentence model: it gives ${dims.join(' × ')} values`)
  if (isWhole) return normalize(data.slice())
  const sum = new Float32Array(dimensions)
  data.forEach((value, i) => {
    sum[i % dimensions] = (sum[i % dimensions] as number) + value
  })
  return normalize(sum)
}
