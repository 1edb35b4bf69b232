import type { Context } from 'hono'
import type { Upload } from '../operations/compose.ts'
import { Refusal, refusal } from '../validation/refusal.ts'

export interface Body {
  readonly json: unknown
  readonly uploads: readonly Upload[]
}

/** Bytes of one file, and of a whole request. */
const maxFile = 10 * 1024 * 1024
const maxRequest = 26 * 1024 * 1024

/**
 * Reads JSON, or multipart with `payload_json` and `files[n]`.
 * @throws Refusal 50109 for broken JSON, 40005 for files that are too large
 */
export async function readBody(c: Context): Promise<Body> {
  if (Number(c.req.header('content-length') ?? 0) > maxRequest) throw refusal(40005)
  const type = c.req.header('content-type') ?? ''
  if (type.startsWith('multipart/form-data')) return readForm(c)
  const text = await c.req.text()
  if (text === '') return { json: undefined, uploads: [] }
  if (!type.startsWith('application/json'))
    throw new Refusal(400, 50035, 'Expected "Content-Type" header to be one of {\'application/json\'}.')
  return { json: parseJson(text), uploads: [] }
}

async function readForm(c: Context): Promise<Body> {
  const form = await c.req.formData().catch(() => {
    throw new Refusal(400, 50035, 'Invalid Form Body')
  })
  const payload = form.get('payload_json')
  const uploads: Upload[] = []
  for (const [field, value] of form) {
    if (typeof value === 'string') continue
    const slot = /^files\[(\d+)\]$/.exec(field)?.[1] ?? field
    if (value.size > maxFile) throw refusal(40005)
    const bytes = new Uint8Array(await value.arrayBuffer())
    uploads.push({ slot, name: value.name, contentType: value.type || 'application/octet-stream', bytes })
  }
  return { json: typeof payload === 'string' ? parseJson(payload) : undefined, uploads }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refusal(50109)
  }
}
