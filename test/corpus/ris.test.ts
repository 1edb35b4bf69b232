import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ris } from '../../src/corpus/formats/ris.ts'
import { Paper } from '../../src/corpus/paper.ts'
import { readable } from '../../src/corpus/readable.ts'
import { risOf } from '../../src/corpus/ris.ts'

const paper = Paper.parse({
  id: 'a',
  title: 'Key caches',
  abstract: 'What is kept.',
  authors: ['Ada Mary Lovelace', 'van Beethoven, Ludwig', 'Qwen Team'],
  published: '2024-05-09',
  arxiv: '2405.19320',
  doi: '10.1234/abc',
  venue: 'Nature',
})

async function readBack(text: string) {
  const pieces = []
  async function* bytes() {
    yield Buffer.from(text, 'utf8')
  }
  for await (const piece of ris.read(bytes())) pieces.push(piece)
  return pieces
}

describe('a RIS record', () => {
  it('has a line for each part, and ends', () => {
    expect(risOf(paper).split('\r\n')).toEqual([
      'TY  - JOUR',
      'AB  - What is kept.',
      'AU  - Lovelace, Ada Mary',
      'AU  - van Beethoven, Ludwig',
      'AU  - Qwen Team',
      'DO  - 10.1234/abc',
      'T2  - Nature',
      'TI  - Key caches',
      'UR  - https://doi.org/10.1234/abc',
      'PY  - 2024',
      'DA  - 2024/05/09/',
      'AN  - arXiv:2405.19320',
      'ER  - ',
      '',
    ])
  })

  it('is a conference paper or a preprint by its venue', () => {
    expect(risOf({ ...paper, venue: 'Proceedings of ACL' })).toMatch(
      /^TY {2}- CONF\r\n[\s\S]*\r\nT2 {2}- Proceedings of ACL\r\n/u,
    )
    expect(risOf({ ...paper, venue: undefined })).toMatch(/^TY {2}- UNPB\r\n/u)
  })

  it('of any paper is read back as one record, with its title', async () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
      fc.constantFrom('x\nER  - \nTY  - JOUR\nTI  - another', 'TI  - x', '  -  ', 'a'.repeat(300), 'é 深'),
    )
    const any = fc.record({ title: odd.map(text => `x${text}`), abstract: odd, authors: fc.array(odd) })
    await fc.assert(
      fc.asyncProperty(any, async parts => {
        const text = risOf({ ...paper, ...parts })
        expect(text.split('\r\n').filter(line => line.startsWith('TY  - '))).toHaveLength(1)
        const [first, ...more] = await readBack(text)
        expect(more).toEqual([])
        expect(first).toMatchObject({ paper: { doi: '10.1234/abc', published: '2024-05-09' } })
        expect(readable((first as { paper: Paper }).paper.title)).toBe(readable(readable(parts.title)))
      }),
      { numRuns: 300 },
    )
  })
})
