import { describe, expect, it } from 'vitest'
import { createAnswerer } from '../../src/answer/answer.ts'
import { createLibrary } from '../../src/library/library.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { ask } from '../../src/terminal/outcome.ts'
import { paper } from '../fixtures/paper.ts'

const search = await buildSearch([paper('a', 'Waggle dances of bees'), paper('b', 'Statins and muscle pain')])
const library = createLibrary(search, createAnswerer(search))

describe('ask, in the terminal', () => {
  it.each([
    ['who are you', /^I am Lectern, a bot\./u],
    ['thanks!', /^You’re welcome\./u],
    ['how many papers do you have?', /^I hold 2 papers\./u],
    ['hello', /^Hello! .*`lectern paper`/u],
  ])('%s: is replied to as in Discord', (text, reply) => {
    const outcome = ask(library, text)
    expect(outcome.text).toMatch(reply)
    expect(outcome).toMatchObject({
      empty: false,
      data: { answered: false, reply: outcome.text, papers: [] },
    })
    expect(outcome.text).not.toContain('/paper')
  })

  it('answers what is asked of the papers', () => {
    expect(ask(library, 'list papers on statins').data).toMatchObject({
      answered: true,
      papers: [{ id: 'b' }],
    })
  })
})
