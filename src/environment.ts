import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import dotenv from 'dotenv'
import { ConfigError } from './config.ts'
import { messageOf } from './errors.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The variables of the process, and of `.env` those that it lacks.
 * @throws ConfigError when there is such a file and it cannot be read
 */
export function environment(given: Environment = process.env, file = '.env'): Environment {
  const bytes = bytesOf(file)
  return bytes === undefined ? given : { ...dotenv.parse(textOf(bytes, basename(file))), ...given }
}

function bytesOf(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new ConfigError(`${basename(file)} cannot be read: ${messageOf(error)}`)
  }
}

/** Windows' PowerShell and Notepad write UTF-16, with a mark. */
function textOf(bytes: Uint8Array, name: string): string {
  for (const encoding of ['utf-16le', 'utf-16be']) {
    const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)
    if (text.startsWith('\ufeff')) return text.slice(1)
  }
  if (bytes.includes(0)) throw new ConfigError(`${name} is no text in UTF-8: save it anew as UTF-8.`)
  return new TextDecoder().decode(bytes)
}
