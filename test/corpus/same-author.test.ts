import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { authorKey, isAuthor } from '../../src/corpus/same-author.ts'
import { isInVenue, venueKeys } from '../../src/corpus/venues.ts'

describe('an author', () => {
  it.each([
    ['Ada Lovelace', 'Lovelace, Ada'],
    ['Ada Lovelace', 'ADA LOVELACE'],
    ['Ada Lovelace', 'Ada K. Lovelace'],
    ['Ada King Lovelace', 'Ada K. Lovelace'],
    ['José Müller', 'Jose Muller'],
    ['J. D. Smith', 'John David Smith'],
    ['Ludwig van Beethoven', 'van Beethoven, Ludwig'],
    ['A. Lovelace', 'A. Lovelace'],
    ['Qwen Team', 'Qwen Team'],
    ['Björn', 'björn'],
  ])('%s is %s', (one, other) => {
    expect(isAuthor(one)(other)).toBe(true)
    expect(isAuthor(other)(one)).toBe(true)
  })

  it.each([
    ['Ada Lovelace', 'Bob Lovelace'],
    ['Ada Lovelace', 'A. Lovelace'],
    ['Yu Wang', 'Y. Wang'],
    ['Yu Wang', 'Yu Wangner'],
    ['Ada Lovelace', 'Lovelace'],
    ['Ada K. Lovelace', 'Ada B. Lovelace'],
    ['John David Smith', 'J. E. Smith'],
    ['Li Wei', 'Wei Li'],
    ['', 'Ada Lovelace'],
  ])('%s is not %s', (one, other) => {
    expect(isAuthor(one)(other)).toBe(false)
    expect(isAuthor(other)(one)).toBe(false)
  })

  it('is a relation that holds both ways, and for equal keys', () => {
    const name = fc
      .array(fc.constantFrom('Ada', 'A.', 'Lovelace', 'van', ',', 'É', 'Wang', 'Y', '(', '王'), {
        maxLength: 6,
      })
      .map(words => words.join(' '))
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(isAuthor(one)(other)).toBe(isAuthor(other)(one))
        if (authorKey(one) === authorKey(other) && /\p{L}/u.test(one)) expect(isAuthor(one)(other)).toBe(true)
      }),
    )
  })
})

describe('a venue', () => {
  it.each([
    ['NeurIPS', 'NeurIPS 2024'],
    ['neurips 2023', 'NeurIPS 2024 poster'],
    ['NeurIPS', 'Advances in Neural Information Processing Systems (NeurIPS 2023)'],
    ['ICML', 'Proceedings of the ICML 2022'],
  ])('%s is where %s is', (wanted, venue) => {
    expect(isInVenue(wanted)({ venue, categories: [] })).toBe(true)
  })

  it.each([
    ['Nature', 'Nature Communications'],
    ['ACL', 'NAACL 2024'],
    ['2024', 'NeurIPS 2024'],
  ])('%s is not %s', (wanted, venue) => {
    expect(isInVenue(wanted)({ venue, categories: [] })).toBe(false)
  })

  it('can be a category', () => {
    expect(isInVenue('CS.cl')({ venue: undefined, categories: ['cs.LG', 'cs.CL'] })).toBe(true)
    expect(isInVenue('cs')({ venue: undefined, categories: ['cs.CL'] })).toBe(false)
  })

  it('has no empty key, whatever its name', () => {
    fc.assert(fc.property(fc.string({ maxLength: 2_000 }), name => !venueKeys(name).includes('')))
  })
})
