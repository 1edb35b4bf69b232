import { type Format, type Piece, RejectedRun } from './format.ts'
import { arxivIdOf } from './identifiers.ts'
import { linesOf } from './lines.ts'
import { linesIn, type PageLine, pageLine } from './page-lines.ts'
import { type Pair, Pairing } from './page-pairs.ts'
import { papersOfPairs } from './page-papers.ts'
import { unwrapped } from './page-wrap.ts'

/** Maximum bytes per line: the longest known abstracts have 23,000. */
const longestLine = 256 * 1024

/**
 * The Hugging Face Papers page saved as text: page furniture, then title and abstract, one line each. Lines are not
 * counted but classified one by one, and a title and an abstract make a paper when they are adjacent and share words.
 * So a line that is lost, doubled, split or replaced costs only its own paper. Memory grows with the papers found,
 * not with rejected lines.
 */
export const page: Format = {
  name: 'Hugging Face Papers page',
  accepts: fileName => /\.(txt|text|md|markdown)$/.test(fileName),
  read,
}

async function* read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Piece> {
  const run = new RejectedRun()
  const pairing = new Pairing()
  const linked = new Set<string>()
  for await (const batch of unwrapped(linesOf(chunks, longestLine))) {
    for (const line of batch.flatMap(linesIn).map(pageLine)) {
      const arxiv = line.url === undefined ? undefined : arxivIdOf(line.url)
      if (arxiv !== undefined && linked.size < 2) linked.add(arxiv)
      yield* piecesOf(line, run, pairing)
    }
  }
  const pairs = withLink(pairing.pairs, linked)
  yield* [...run.end(), ...pairing.end(), ...papersOfPairs(pairs, pairing.holders)]
}

/** The page of one paper leads to it by its buttons, not by its title. */
function withLink(pairs: readonly Pair[], linked: ReadonlySet<string>): readonly Pair[] {
  const [only, ...others] = pairs
  const [arxiv, ...more] = linked
  if (only === undefined || arxiv === undefined || others.length + more.length > 0) return pairs
  return [{ ...only, title: { ...only.title, url: only.title.url ?? `https://arxiv.org/abs/${arxiv}` } }]
}

function piecesOf(line: PageLine, run: RejectedRun, pairing: Pairing): Piece[] {
  if (line.kind === 'blank') return []
  if (line.kind !== 'noise') return [...run.end(), ...pairing.add(line)]
  pairing.disturb()
  return run.add(line.number, line.reason)
}
