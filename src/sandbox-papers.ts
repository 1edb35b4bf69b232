import type { HostAnswer, HostForm } from 'discord-sandbox'
import { RejectedRun } from './corpus/format.ts'
import { recordPieces } from './corpus/jsonl.ts'
import type { Paper } from './corpus/paper.ts'
import { readable } from './corpus/readable.ts'
import { type Papers, sharedCollection } from './store/paper-ports.ts'

/** The source's name of papers that were typed on the sandbox's page. */
const source = 'sandbox'

interface Options {
  readonly papers: Pick<Papers, 'upsert'>
  /** Resolves once what was added can be found. */
  readonly refresh: () => Promise<void>
  /** Epoch ms. */
  readonly now: () => number
}

/** A form of the sandbox's page that adds a paper to the library, as an import would. */
export const addPaperForm = ({ papers, refresh, now }: Options): HostForm => ({
  id: 'paper',
  label: 'Add a paper',
  fields: [
    { name: 'title', label: 'Title', required: true, max: 500 },
    { name: 'authors', label: 'Authors', max: 2_000 },
    { name: 'abstract', label: 'Abstract', long: true, required: true, max: 10_000 },
  ],
  submit: async ({ title, authors, abstract }) => {
    const paper = paperOf({ title, authors, abstract })
    if ('reason' in paper) return { done: false, text: paper.reason }
    const [upserted] = await papers.upsert({
      collection: sharedCollection,
      source,
      papers: [paper],
      at: now(),
    })
    await refresh()
    return answerTo(paper, upserted?.outcome)
  },
})

/** The typed record read as one of a file is, or why it gives no paper. */
function paperOf(record: Readonly<Record<string, string | undefined>>): Paper | { readonly reason: string } {
  const run = new RejectedRun()
  const pieces = [...recordPieces(record, 1, run), ...run.end()]
  for (const piece of pieces) if ('paper' in piece) return piece.paper
  const [first] = pieces
  return {
    reason: `This gives no paper: ${first !== undefined && 'reason' in first ? first.reason : 'it is empty'}.`,
  }
}

function answerTo({ title }: Paper, outcome: string | undefined): HostAnswer {
  const name = `“${readable(title)}”`
  if (outcome === 'added') return { done: true, text: `${name} is in the library: /paper finds it.` }
  if (outcome === 'refused') return { done: false, text: 'The library has no room for more papers.' }
  return { done: true, text: `${name} was in the library already.` }
}
