import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { tokenize } from '../../../src/search/analysis/analyze.ts'
import { thesaurus } from '../../../src/search/query/thesaurus.ts'

const file = readFileSync(new URL('../../../src/search/query/thesaurus.json', import.meta.url), 'utf8')
const entries = Object.entries(JSON.parse(file) as Record<string, unknown>)
const known = await thesaurus()
const found = (text: string) => {
  const words = tokenize(text)
  return known.find(words.map(({ word }) => word)).map(({ from, to, wordings }) => ({
    head: words
      .slice(from, to)
      .map(({ word }) => word)
      .join(' '),
    same: wordings.flatMap(({ text: word, same }) => (same ? [word] : [])),
    all: wordings.map(({ text: word }) => word),
  }))
}

describe('the lexicon', () => {
  test('has a line for each head, in order, with words that mean the same and words that go with it', () => {
    for (const [head, line] of entries) {
      expect(line, head).toEqual([expect.any(String), expect.any(String)])
      const words = (line as string[]).join(' ').trim().split(/\s+/)
      expect(words.length, head).toBeGreaterThan(0)
      for (const word of words) expect(word, head).toMatch(/^[a-z0-9][a-z0-9'+.-]*$/)
    }
    const heads = entries.map(([head]) => head)
    expect(heads).toEqual([...heads].sort())
    const lines = file.split('\n')
    expect(lines.length).toBe(entries.length + 3)
  })

  test('has no head twice, and none of stop words alone', () => {
    const keys = entries.map(([head]) => tokenize(head))
    for (const [i, words] of keys.entries()) {
      expect(
        words.some(({ stop }) => !stop),
        entries[i]?.[0],
      ).toBe(true)
    }
    expect(new Set(keys.map(words => words.map(({ word }) => word).join(' '))).size).toBe(entries.length)
  })
})

describe('a text', () => {
  test('is read for words and phrases, the longest first', () => {
    expect(found('a chatbot for kids').map(({ head }) => head)).toEqual(['chatbot', 'kids'])
    expect(found('by trial and error')[0]?.head).toBe('trial and error')
    expect(found('')).toEqual([])
  })

  test('finds heads by their inflections, and no other words of the same stem', () => {
    expect(found('chatbots')[0]?.same).toEqual(found('chatbot')[0]?.same)
    expect(found('slot machines')[0]?.head).toBe('slot machines')
    expect(found('shrinking')[0]?.same).toEqual(found('shrink')[0]?.same)
    expect(found('bodies')[0]?.same).toEqual(found('body')[0]?.same)
    expect(found('tired')[0]?.all).not.toContain('wheel')
    expect(found('university').flatMap(({ all }) => all)).not.toContain('cosmos')
    expect(found('new').flatMap(({ all }) => all)).not.toContain('journalism')
  })

  test('takes compounds with a stop word as one word', () => {
    const wordings = known.find(['few', 'examples']).flatMap(entry => entry.wordings)
    const shot = wordings.filter(({ text: word }) => word === 'few shot')
    expect(shot.map(({ terms }) => terms)).toEqual([['fewshot']])
  })
})
