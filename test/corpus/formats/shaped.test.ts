import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Format } from '../../../src/corpus/format.ts'
import { bibtexFormat } from '../../../src/corpus/formats/bibtex-reader.ts'
import { csv } from '../../../src/corpus/formats/csv.ts'
import { json } from '../../../src/corpus/formats/json.ts'
import { tagged } from '../../../src/corpus/formats/tagged.ts'
import { jsonl } from '../../../src/corpus/jsonl.ts'
import { Paper } from '../../../src/corpus/paper.ts'

async function* inChunks(text: string): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += 50) yield bytes.subarray(at, at + 50)
}

/** Every paper is one, and every report a single line. */
async function isSound(format: Format, text: string): Promise<void> {
  for await (const piece of format.read(inChunks(text))) {
    if ('paper' in piece) expect(Paper.safeParse(piece.paper).error).toBeUndefined()
    else expect(piece.reason).not.toMatch(/\p{Cc}/u)
  }
}

const keys = fc.constantFrom(
  ...[
    'title',
    'Title',
    'authors',
    'author',
    'Author 1',
    'name',
    'text',
    'given',
    'family',
    'abstract',
    'published',
  ],
  ...[
    'date',
    'date-parts',
    'issued',
    'venue',
    'journal',
    'volume',
    'note',
    'number',
    'extra',
    'doi',
    'identifier',
  ],
  ...[
    'articleids',
    'uid',
    'pmid',
    'url',
    'link',
    'value',
    'content',
    'paper',
    'info',
    'metadata',
    'results',
    'data',
  ],
  ...['hits', 'message', 'items', 'error', 'abstract_inverted_index', '__proto__', 'constructor'],
)
const texts = fc.constantFrom('2020', 'arXiv:2301.00001', '10.1000/x', 'One, Ada', '["a"]', 'NaN', '')
const { value } = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 5 },
    texts,
    fc.string(),
    fc.double(),
    fc.constantFrom(null, true),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 6 }),
  ),
}))

const lines = fc.constantFrom(
  ...[
    '@article{a,',
    '@article{',
    'title={A',
    'title = "B",',
    '}',
    'author={One, Ada and {B}',
    'crossref={p},',
  ],
  ...['@proceedings{p,', '@string{x = "y"}', 'year = x # "z",', '\\ensuremath{x', '$', '\\href{a}{b}'],
  ...[
    'month = jan # "~1",',
    'doi={{10.1000/x}}',
    'note={arXiv:2301.00001},',
    '%0 Book',
    '%T T',
    'PT J',
    'AU One, A',
  ],
  ...['   Two', 'ER', 'RT Journal', 'T1 x', 'Title,Authors', '"a,b', 'x","y"'],
)

describe('what is nearly in a format', () => {
  test.each([json, jsonl])('$name: gives sound papers and reports alone', async format => {
    await fc.assert(
      fc.asyncProperty(value, one => isSound(format, JSON.stringify(one))),
      { numRuns: 400 },
    )
  })

  test.each([bibtexFormat, csv, tagged])('$name: gives sound papers and reports alone', async format => {
    await fc.assert(
      fc.asyncProperty(fc.array(lines, { maxLength: 15 }), some => isSound(format, some.join('\n'))),
      { numRuns: 300 },
    )
  })
})
