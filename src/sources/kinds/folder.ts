import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { z } from 'zod'
import type { Paper } from '../../corpus/paper.ts'
import { readCorpus } from '../../corpus/read.ts'
import { filesOf } from '../../corpus/tree.ts'
import { messageOf } from '../../errors.ts'
import { type Source, SourceError } from '../port.ts'

/** Per file, by a hash of its path: size and time of the last change. */
const State = z.object({ v: z.literal(1), files: z.record(z.string(), z.string()), papers: z.number() })

const mostFiles = 20_000
/** Files that are read in one look. */
const filesALook = 200

/** A file, or a folder with all below it: what is new or changed is read, in any of the formats. */
export function folder(path: string): Source {
  return {
    async fetch(earlier) {
      const last = State.safeParse(earlier).data ?? { v: 1 as const, files: {}, papers: 0 }
      const now = await signatures(path)
      const changed = [...now].filter(([file, signature]) => last.files[nameOf(file)] !== signature)
      const reading = changed.slice(0, filesALook)
      const papers: Paper[] = []
      const reasons: string[] = []
      for (const [file] of reading) {
        const read = await readCorpus([file])
        papers.push(...read.papers)
        const damaged = read.rejected.find(one => one.kind === 'damaged')
        if (damaged !== undefined) reasons.push(`line ${damaged.line} of a file: ${damaged.reason}`)
      }
      const files = Object.fromEntries(
        [...now].filter(([file]) => !changed.slice(filesALook).some(([other]) => other === file)).map(entry),
      )
      const total = last.papers + papers.length
      return {
        papers,
        batches: [{ part: '', day: undefined, announced: total, taken: total }],
        state: { v: 1 as const, files, papers: total },
        more: changed.length > filesALook,
        ...(reasons[0] === undefined ? {} : { failure: { kind: 'unreadable' as const, reason: reasons[0] } }),
      }
    },
  }
}

const nameOf = (file: string): string => createHash('sha256').update(file).digest('base64url').slice(0, 16)
const entry = ([file, signature]: [string, string]): [string, string] => [nameOf(file), signature]

async function signatures(path: string): Promise<Map<string, string>> {
  try {
    const { files } = await filesOf([path])
    if (files.length > mostFiles)
      throw new SourceError('refused', `the folder holds more than ${mostFiles} files`)
    const found = new Map<string, string>()
    for (const file of files) {
      const { size, mtimeMs } = await stat(file)
      found.set(file, `${size} ${Math.round(mtimeMs)}`)
    }
    return found
  } catch (error) {
    if (error instanceof SourceError) throw error
    throw new SourceError('refused', `the folder cannot be read (${messageOf(error).slice(0, 100)})`)
  }
}
