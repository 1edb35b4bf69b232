import { describe, expect, it } from 'vitest'
import { citation, type ExportFormat, exportFormats, exportPapers } from '../../src/corpus/export.ts'
import { Paper } from '../../src/corpus/paper.ts'
import { foldSpace } from '../../src/corpus/text.ts'
import { fitMessage } from '../../src/view/limits.ts'
import { paperEmbed } from '../../src/view/paper-card.ts'

/** Every character by which a text can turn the direction of what is read. */
const turning = [...'\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069']
const turned = (text: string) => turning.map(mark => `${mark}${text}`).join(' ')
const paper = Paper.parse({
  id: 'p1',
  title: turned('title'),
  abstract: turned('abstract'),
  authors: [turned('Ada Lovelace'), turned('Plato'), turned('Team'), turned('Fourth')],
  venue: turned('Proceedings'),
  published: '2024',
  categories: [turned('cs.CL')],
})
const holdsNone = (text: string) => turning.filter(mark => text.includes(mark))

describe('characters that turn the direction of a text', () => {
  it('are left out when a text is read', () => {
    expect(foldSpace(turned('a'))).toBe('a '.repeat(turning.length).trim())
  })

  it.each(Object.keys(exportFormats) as ExportFormat[])('stand in no export as %s', format => {
    expect(holdsNone(exportPapers([paper], format))).toEqual([])
  })

  it('stand in no citation', () => {
    expect(holdsNone(citation(paper))).toEqual([])
  })

  it('stand nowhere on a card, its authors and its venue among them', () => {
    const embed = paperEmbed({ paper, summary: { tldr: '', sentences: [paper.abstract] }, related: [] })
    expect(holdsNone(JSON.stringify(embed))).toEqual([])
    expect(embed.author?.name).toContain('Ada Lovelace')
    expect(embed.footer?.text).toContain('Proceedings')
  })

  it('leave no message, whatever made it', () => {
    const text = turned('x')
    const message = fitMessage({
      content: text,
      embeds: [{ author: { name: text }, footer: { text }, fields: [{ name: text, value: text }] }],
      files: [{ name: 'a.txt', data: text }],
    })
    expect(holdsNone(JSON.stringify({ ...message, files: [] }))).toEqual([])
    expect(message.files?.[0]?.data).toBe(text)
  })
})
