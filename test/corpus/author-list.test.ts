import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { authorName, splitAuthors } from '../../src/corpus/author-list.ts'
import { nameOf, saidName } from '../../src/corpus/names.ts'

describe('names in one text', () => {
  test.each([
    // As BibTeX, APA, MLA, Vancouver and Zotero write them.
    ['Gray, Ann and Poe, Jan', ['Gray, Ann', 'Poe, Jan']],
    ['van der Berg, Jan Willem and Ó Briain, Ada', ['van der Berg, Jan Willem', 'Ó Briain, Ada']],
    ['Gray, Ann and others', ['Gray, Ann']],
    ['Gray, A., Poe, J. B., & Li, X.', ['Gray, A.', 'Poe, J. B.', 'Li, X.']],
    ['Gray, Ann, Jan Poe, and Xu Li', ['Gray, Ann', 'Jan Poe', 'Xu Li']],
    ['Gray A, Poe JB, Li X', ['Gray A', 'Poe JB', 'Li X']],
    ['Gray, Ann; Poe, Jan; and Li, Xu', ['Gray, Ann', 'Poe, Jan', 'Li, Xu']],
    ['Gray, Ann, Poe, Jan', ['Gray, Ann', 'Poe, Jan']],
    // As people and repositories do.
    ['Ann Gray, Jan Poe, et al.', ['Ann Gray', 'Jan Poe']],
    ['Ann Gray et al.', ['Ann Gray']],
    ['Ann Gray & Jan Poe', ['Ann Gray', 'Jan Poe']],
    ['Ann Gray,Jan Poe', ['Ann Gray', 'Jan Poe']],
    ['李明、王芳', ['李明', '王芳']],
    ['李明, 王芳', ['李明', '王芳']],
    ['García Márquez, Gabriel', ['García Márquez, Gabriel']],
    ['Plato', ['Plato']],
    // Suffixes and degrees.
    ['Poe, J. B., Jr., Li, X.', ['Poe, J. B. Jr.', 'Li, X.']],
    ['Jan Poe Jr., Ann Gray III', ['Jan Poe Jr.', 'Ann Gray III']],
    ['Jan Poe, PhD, Ann Gray, M.D.', ['Jan Poe', 'Ann Gray']],
    // Affiliations and marks.
    ['J. Poe (1,2), W.-L. Li (3) ((1) Here, (2) There (Far), (3) Where)', ['J. Poe', 'W.-L. Li']],
    ['Jan Poe (Univ. of Here), Ann Gray [2]', ['Jan Poe', 'Ann Gray']],
    ['Jan Poe*, Ann Gray†, Xu Li1,2', ['Jan Poe', 'Ann Gray', 'Xu Li']],
    ['Jan Poe$^{1,2}$, Ann Gray\\thanks{Equal}, Xu Li<sup>3</sup>', ['Jan Poe', 'Ann Gray', 'Xu Li']],
    ['Jan Poe <jan@x.org>, Ann Gray', ['Jan Poe', 'Ann Gray']],
    ['Jan Poe (never closed, Ann Gray', ['Jan Poe']],
    // Groups.
    ['Deep-AI, :, Ann Gray, Jan Poe', ['Deep-AI', 'Ann Gray', 'Jan Poe']],
    ['The ABC Collaboration: A. Gray', ['The ABC Collaboration', 'A. Gray']],
    ['Ann Gray (for the ABC Collaboration)', ['Ann Gray', 'ABC Collaboration']],
    ['Ann Gray, Jan Poe, on behalf of the ABC Consortium', ['Ann Gray', 'Jan Poe', 'ABC Consortium']],
    // EndNote marks a group by a comma at its end.
    ['Gray, Ann; ABC Study Group,', ['Gray, Ann', 'ABC Study Group']],
    ['The ABC and DEF Collaborations', ['The ABC and DEF Collaborations']],
    ['{Barnes and Noble, Inc.} and Gray, Ann', ['Barnes and Noble, Inc.', 'Gray, Ann']],
    // LaTeX and what nobody sees.
    ["{\\'E}mile Gray, \\O yvind Poe and \\L{}ucja Li", ['Émile Gray', 'Øyvind Poe', 'Łucja Li']],
    ["Erd{\\H o}s, P. and R\\'enyi, A.", ['Erdős, P.', 'Rényi, A.']],
    ['Ann\u200b Gray,\u00a0Jan Poe', ['Ann Gray', 'Jan Poe']],
    ['', []],
    ['et al.', []],
  ])('%s', (text, names) => expect(splitAuthors(text)).toEqual(names))
})

describe('a name that stands by itself', () => {
  test.each([
    ['Gemma Team, Google DeepMind', 'Gemma Team, Google DeepMind'],
    ['Wei Li 0001', 'Wei Li'],
    ['Ann Gray (Here)', 'Ann Gray'],
    ["Ren\\'e Poe*", 'René Poe'],
    ['GPT-4 Team', 'GPT-4 Team'],
  ])('%s', (text, name) => expect(authorName(text)).toBe(name))
})

describe('the parts of a name', () => {
  test.each([
    ['Open Science Collaboration', { literal: 'Open Science Collaboration' }],
    ['Gemma Team, Google DeepMind', { literal: 'Gemma Team, Google DeepMind' }],
    ['李明', { literal: '李明' }],
    ['Vincent Van Gogh', { given: 'Vincent', family: 'Van Gogh' }],
    ['Maria de la Cruz', { given: 'Maria', family: 'de la Cruz' }],
    ['Poe, Jan, Jr.', { given: 'Jan', family: 'Poe', suffix: 'Jr.' }],
    ['Xu Ai', { given: 'Xu', family: 'Ai' }],
  ])('%s', (text, parts) => expect(nameOf(text)).toEqual(parts))

  test('are said in their order', () => {
    expect(['Poe, Jan', 'Jan Poe', 'Poe, Jan, Jr.', 'Qwen Team', 'Plato'].map(saidName)).toEqual([
      'Jan Poe',
      'Jan Poe',
      'Jan Poe Jr.',
      'Qwen Team',
      'Plato',
    ])
  })
})

describe('whatever the names', () => {
  const word = fc.stringMatching(/^[A-Z][a-z]{3,9}$/).filter(one => nameOf(`Ann ${one}`) !== undefined)
  const person = fc
    .record({ given: word, family: word })
    .filter(one => !('literal' in nameOf(`${one.given} ${one.family}`)))
  const people = fc.array(person, { minLength: 2, maxLength: 6 })
  const said = (list: readonly { given: string; family: string }[]) =>
    list.map(({ given, family }) => `${given} ${family}`)
  const turned = (list: readonly { given: string; family: string }[]) =>
    list.map(({ given, family }) => `${family}, ${given}`)

  test('every common way to join them is taken apart again', () => {
    fc.assert(
      fc.property(people, list => {
        for (const separator of [', ', ',', '; ', ' and ', ' & ', '、'])
          expect(splitAuthors(said(list).join(separator)), separator).toEqual(said(list))
        for (const separator of ['; ', ' and ', ', '])
          expect(splitAuthors(turned(list).join(separator)), separator).toEqual(turned(list))
      }),
    )
  })

  test('any text gives names on one line, without marks around them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        for (const name of splitAuthors(text)) {
          expect(name).toMatch(/\p{L}/u)
          expect(name).toBe(name.trim())
        }
      }),
    )
  })

  test.each([
    ['brackets', '('.repeat(20_000)],
    ['commas', ','.repeat(20_000)],
    ['names', 'Ann Gray, '.repeat(5000)],
    ['conjunctions', ' and'.repeat(8000)],
    ['spaces', `a${' '.repeat(20_000)}b`],
  ])('%s by the thousand are no burden', (_, text) => {
    expect(splitAuthors(text).length).toBeLessThanOrEqual(5000)
  })
})
