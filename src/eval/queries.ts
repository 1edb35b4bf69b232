import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Failure, messageOf } from '../errors.ts'

const id = z.union([z.string().min(1), z.number()]).transform(String)

/** `before`: earlier questions, each asked in turn as a reply to the last answer. */
export const TextQuery = z.object({ id, text: z.string(), before: z.array(z.string()).max(20).optional() })
export type TextQuery = z.infer<typeof TextQuery>

export const PaperQuery = z.object({ id, paper: id })
export type PaperQuery = z.infer<typeof PaperQuery>

/**
 * One JSON object a line; keys that the schema does not name are ignored, and so are empty lines.
 * @throws Failure `input` with file, line number and reason
 */
export async function readQueries<T>(file: string, schema: z.ZodType<T>): Promise<T[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Failure('missing', `${file}: cannot be read: ${messageOf(cause)}`, { cause })
  })
  return text
    .replace(/^\ufeff/, '')
    .split('\n')
    .flatMap((line, i) => (line.trim() === '' ? [] : [parse(line, schema, `${file}:${i + 1}`)]))
}

function parse<T>(line: string, schema: z.ZodType<T>, location: string): T {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new Failure('input', `${location}: is not JSON`)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Failure(
    'input',
    `${location}: ${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'cannot be used'}`,
  )
}
