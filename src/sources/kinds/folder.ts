import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { z } from 'zod'
import type { Rejected } from '../../corpus/format.ts'
import { idBeyondFile, paperId } from '../../corpus/ids.ts'
import { identifierKeys } from '../../corpus/merging/paper-keys.ts'
import type { Paper } from '../../corpus/paper.ts'
import { recordFiles } from '../../corpus/records.ts'
import { filesOf } from '../../corpus/tree.ts'
import { messageOf } from '../../errors.ts'
import { type Source, SourceError } from '../port.ts'

/** Per file, by a hash of its path: size and time of the last change, and how many papers it has. */
const State = z.object({ v: z.literal(1), files: z.record(z.string(), z.string()) })

const mostFiles = 20_000
/** Files that are read in one look. */
const filesALook = 200

/** A file, or a folder with all below it: what is new or changed is read, in any of the formats. */
export function folder(path: string): Source {
  return {
    async fetch(earlier) {
      const last = State.safeParse(earlier).data?.files ?? {}
      const now = await signatures(path)
      const isKnown = ([file, signature]: [string, string]) =>
        last[nameOf(file)]?.startsWith(`${signature} `) === true
      const files = new Map(
        [...now].filter(isKnown).map(([file]) => [nameOf(file), last[nameOf(file)] ?? '']),
      )
      const changed = [...now].filter(one => !isKnown(one))
      const papers: Paper[] = []
      const damaged: Rejected[] = []
      for (const [file, signature] of changed.slice(0, filesALook)) {
        const read = await papersIn(file).catch((error: unknown) => {
          if (existsSync(file)) throw error
        })
        // It is gone meanwhile: programs write beside a file, and rename.
        if (read === undefined) continue
        papers.push(...read.papers)
        damaged.push(...read.damaged)
        files.set(nameOf(file), `${signature} ${read.papers.length}`)
      }
      const total = [...files.values()].reduce((sum, kept) => sum + Number(kept.split(' ').at(-1)), 0)
      const [first] = damaged
      return {
        papers,
        batches: [{ part: '', day: undefined, announced: total, taken: total }],
        state: { v: 1 as const, files: Object.fromEntries(files) },
        more: changed.length > filesALook,
        ...(first === undefined
          ? {}
          : {
              failure: {
                kind: 'unreadable' as const,
                reason: `line ${first.line} of a file: ${first.reason}`,
              },
            }),
      }
    },
  }
}

const nameOf = (file: string): string => createHash('sha256').update(file).digest('base64url').slice(0, 16)

async function papersIn(file: string): Promise<{ papers: Paper[]; damaged: Rejected[] }> {
  const papers = new Map<string, Paper>()
  const damaged: Rejected[] = []
  for await (const { records } of recordFiles(file))
    for await (const one of records) {
      if ('paper' in one) {
        const own = idIn(file, one.paper)
        const id = papers.has(own) ? contentId(one.paper) : own
        papers.set(id, { ...one.paper, id })
      } else if (one.kind === 'damaged') damaged.push(one)
    }
  return { papers: [...papers.values()], damaged }
}

const contentId = ({ title, abstract }: Paper): string => paperId(title, abstract)

/** The id by which a paper is known when its file has changed: two files may have one name for two papers. */
function idIn(file: string, paper: Paper): string {
  const id = idBeyondFile(paper)
  const { title, abstract } = paper
  const isKnownEverywhere = identifierKeys({ id, title, abstract, authors: [], categories: [] }).length > 0
  return isKnownEverywhere || id === contentId(paper) ? id : paperId(id, file)
}

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
