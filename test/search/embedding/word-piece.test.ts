import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longestWord, mostCharacters, WordPiece } from '../../../src/search/embedding/word-piece.ts'

const pieces = new WordPiece([
  'token',
  '##izer',
  '##s',
  'un',
  '##able',
  'able',
  '-',
  '.',
  'cafe',
  '学',
  'a',
  '##a',
])

describe('WordPiece', () => {
  it('takes the longest piece first, lower-cased and without accents', () => {
    expect(pieces.ids('Tokenizers un-able. Café')).toEqual([0, 1, 2, 3, 6, 5, 7, 8])
  })

  it('takes signs and ideographs for words of their own', () => {
    expect(pieces.ids('学学.')).toEqual([9, 9, 7])
  })

  it('leaves out words that the pieces cannot spell and words that are too long', () => {
    expect(pieces.ids('token xyz unx able')).toEqual([0, 5])
    expect(pieces.ids(`${'a'.repeat(longestWord)} able`)).toHaveLength(longestWord + 1)
    expect(pieces.ids(`${'a'.repeat(longestWord + 1)} able`)).toEqual([5])
  })

  it('reads texts up to a stated length', () => {
    expect(pieces.ids(`${' '.repeat(mostCharacters)}able`)).toEqual([])
  })

  it('never throws, gives ids of its vocabulary alone, and no more than there are characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), text => {
        const ids = pieces.ids(text)
        expect(ids.every(id => Number.isInteger(id) && id >= 0 && id < 12)).toBe(true)
        expect(ids.length).toBeLessThanOrEqual(text.normalize('NFD').length)
      }),
    )
  })

  it('reads words one by one: two texts with a space between give the ids of both', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 80 })
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(pieces.ids(`${one} ${other}`)).toEqual([...pieces.ids(one), ...pieces.ids(` ${other}`)])
      }),
    )
  })
})
