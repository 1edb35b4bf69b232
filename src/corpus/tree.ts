import { access, constants, readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure, messageOf } from '../errors.ts'
import type { Rejected } from './format.ts'

/**
 * The files at the given paths: the path itself, or all files below a folder, by name. No file twice, whatever the
 * links.
 * @throws Failure when one of the paths does not exist or cannot be read
 */
export async function filesOf(paths: readonly string[]): Promise<{ files: string[]; rejected: Rejected[] }> {
  const walk = new Walk()
  for (const path of paths) {
    try {
      await walk.enter(path)
    } catch (cause) {
      throw unreadable(path, cause)
    }
  }
  return { files: walk.files, rejected: walk.rejected }
}

function unreadable(path: string, cause: unknown): Failure {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new Failure('missing', `There is no file or folder ${path}.`, { cause })
  return new Failure('input', `The corpus ${path} cannot be read: ${messageOf(cause)}.`, { cause })
}

const skipped = /^\.|^readme(\.|$)/i

class Walk {
  readonly files: string[] = []
  readonly rejected: Rejected[] = []
  readonly #seen = new Set<string>()

  async enter(path: string): Promise<void> {
    const real = await realpath(path)
    if (this.#seen.has(real)) return
    this.#seen.add(real)
    const entry = await stat(real)
    if (entry.isDirectory()) return this.#below(path)
    if (!entry.isFile()) throw new Error('it is neither a file nor a folder')
    await access(real, constants.R_OK)
    this.files.push(path)
  }

  async #below(folder: string): Promise<void> {
    const names = await readdir(folder)
    for (const name of names.filter(one => !skipped.test(one)).sort()) {
      const path = join(folder, name)
      try {
        await this.enter(path)
      } catch (cause) {
        this.rejected.push({ file: path, line: 0, kind: 'damaged', reason: messageOf(cause) })
      }
    }
  }
}
