import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sourceLabel } from '../../src/schedule/source-label.ts'

it.each([
  ['arxiv cs.CL cs.IR', 'arxiv cs.CL cs.IR'],
  ['openreview ICLR.cc/2026/Conference', 'openreview ICLR.cc/2026/Conference'],
  ['zotero 123/ABCD1234', 'zotero 123/ABCD1234'],
  ['rss https://example.org/feed?key=abc', 'rss example.org'],
  ['https://user:secret@example.org:8080/refs.bib', 'example.org'],
  ['folder /home/ada/private papers', 'a folder'],
  ['/home/ada/refs.bib', 'refs.bib'],
  ['C:\\Users\\ada\\refs.bib', 'refs.bib'],
  ['papers/2026/refs.bib', 'refs.bib'],
  ['refs.bib', 'refs.bib'],
  ['pasted text', 'pasted text'],
  ['', 'a source'],
])('names %s %s', (name, label) => {
  expect(sourceLabel(name)).toBe(label)
})

it('tells nothing of an address but its host', () => {
  const part = fc.stringMatching(/^[a-z0-9]{8,12}$/u)
  fc.assert(
    fc.property(part, part, part, (user, path, key) => {
      const label = sourceLabel(`rss https://${user}:pw@example.org/${path}?key=${key}`)
      for (const secret of [user, path, key]) expect(label).not.toContain(secret)
    }),
  )
})
