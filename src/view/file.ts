import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { Failure } from '../errors.ts'
import type { Attachment } from './reply.ts'

/** Discord takes 10 MiB a file from bots without boosts; the rest of the request needs a little. */
const largest = 10 * 1024 * 1024 - 16_384

/**
 * A text as a file to send: as it is, or gzipped where Discord would not take it otherwise.
 * @throws Failure `limit` when even that is too large
 */
export async function fileOf(name: string, text: string): Promise<Attachment> {
  const data = Buffer.from(text, 'utf8')
  if (data.length <= largest) return { name, data }
  const compressed = await promisify(gzip)(data)
  if (compressed.length <= largest) return { name: `${name}.gz`, data: compressed }
  throw new Failure('limit', `${name} would be larger than Discord allows (10 MB). Take a part of it.`)
}
