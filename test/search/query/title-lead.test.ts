import { describe, expect, test } from 'vitest'
import { buildSearch } from '../../../src/search/build-search.ts'
import { namedByLead } from '../../../src/search/query/title-lead.ts'
import { paper } from '../../fixtures/paper.ts'

const title = 'SPACE: Scenes by Attention and Decomposition'

describe('a query names the paper whose title begins with it', () => {
  test.each([
    ['space', true],
    ['what is space?', true],
    ['how does SPACE work', true],
    ['limitations of SPACE', true],
    ['limitations of space', false],
    ['HOW DOES SPACE WORK', false],
    ['scenes', false],
    ['Multi-SPACE', false],
    ['what is Multi-SPACE', false],
    ['SPACED repetition in class', false],
    ['', false],
  ])('"%s": %s', (query, isNamed) => expect(namedByLead(query)?.(title) ?? false).toBe(isNamed))

  test.each([
    ['Space Weather', false],
    ['A space: what it is', false],
    ['Space — a survey', true],
    ['Space-time: a survey', false],
  ])('but not just any title: "%s": %s', (other, isNamed) =>
    expect(namedByLead('space')?.(other)).toBe(isNamed),
  )
})

test('a name that is a common word finds its paper before those that say the word more often', async () => {
  const others = ['Spaces of Spaces', 'Space for Space', 'Space, Space and Space'].map((one, at) =>
    paper(`p${at}`, one, { abstract: 'A space is a space of spaces. We map the space.' }),
  )
  const named = paper('named', title, { abstract: 'Scenes have many objects. We find them by attention.' })
  const search = await buildSearch([...others, named])
  for (const query of ['space', 'what is SPACE', 'how does SPACE find objects'])
    expect(search.search(query).hits[0]?.paper.id).toBe('named')
  expect(search.search('space weather').hits[0]?.paper.id).not.toBe('named')
})
