import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ExportFormat, exportFormats, exportPapers, type PaperNote } from '../../src/corpus/export.ts'
import type { Paper } from '../../src/corpus/paper.ts'
import { parseBibtex } from './parse-bibtex.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc
    .array(
      fc.constantFrom(
        '{',
        '}',
        '\\',
        '%',
        '&',
        '_',
        '$',
        '^',
        '~',
        '#',
        '"',
        ',',
        ' and ',
        'é',
        '深',
        'A',
        'b',
        '=',
        '\n',
        '<i>',
      ),
    )
    .map(parts => `${parts.join('')}x`),
)
const anyPaper: fc.Arbitrary<Paper> = fc.record({
  id: text,
  title: text,
  abstract: text,
  authors: fc.array(text),
  categories: fc.array(text),
  venue: text,
  doi: fc.constantFrom('10.1/a', '10.1/}{', '10.1/%_&'),
  arxiv: fc.constant('2405.19320'),
  published: fc.constantFrom('2024', '2024-05', '2024-12-31'),
})

describe('for any papers and notes', () => {
  const notesOf = (papers: readonly Paper[], note: PaperNote) => new Map(papers.map(one => [one.id, note]))

  test('BibTeX keeps its braces balanced and is read back whole', () => {
    fc.assert(
      fc.property(fc.array(anyPaper, { maxLength: 4 }), text, (papers, note) => {
        const bibtex = exportPapers(papers, 'bibtex', notesOf(papers, { note, tags: [note], status: note }))
        let depth = 0
        let lowest = 0
        for (const mark of bibtex) {
          if (mark === '{') depth++
          if (mark === '}') depth--
          lowest = Math.min(lowest, depth)
        }
        expect([lowest, depth]).toEqual([0, 0])
        // Addresses are verbatim; elsewhere LaTeX would take these for commands.
        for (const line of bibtex.split('\n').filter(one => !/^ {2}(doi|url) = /.test(one)))
          expect(line.replace(/(?<!\\)\$(?:[^$\\]|\\.)+\$/g, '')).not.toMatch(/(?<!\\)[%$#&]/)
        expect(parseBibtex(bibtex)).toHaveLength(papers.length)
      }),
      { numRuns: 300 },
    )
  })

  test('every format writes every paper and never throws', () => {
    fc.assert(
      fc.property(
        fc.array(anyPaper, { maxLength: 4 }),
        fc.constantFrom(...(Object.keys(exportFormats) as ExportFormat[])),
        (papers, format) => {
          const out = exportPapers(papers, format)
          if (format === 'csl-json') expect(JSON.parse(out)).toHaveLength(papers.length)
          if (format === 'markdown') expect(out.match(/^- /gm) ?? []).toHaveLength(papers.length)
        },
      ),
      { numRuns: 300 },
    )
  })
})
