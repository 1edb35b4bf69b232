import { describe, expect, test } from 'vitest'
import { analyzePaper } from '../../../src/answer/analyzed-paper.ts'
import { createAnswerer } from '../../../src/answer/answer.ts'
import { readQuestion } from '../../../src/answer/question.ts'
import { matchesOf } from '../../../src/answer/routing/survey-features.ts'
import { topicFeatures } from '../../../src/answer/routing/topic.ts'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { WordMatcher } from '../../../src/search/embedding/word-matcher.ts'
import { paper } from '../../fixtures/paper.ts'

const embedder = await shippedEmbedder()
const papers = [
  paper('rye', 'Sourdough from rye', {
    abstract:
      'We bake sourdough bread from rye flour. The wild yeast in the bread is learning to rise slowly.',
  }),
  paper('oat', 'Oat bread with wild yeast', {
    abstract: 'Oat bread is baked with wild yeast. In contrast to rye bread, oat bread needs a tin.',
  }),
  paper('tides', 'Tides of narrow bays', {
    abstract:
      'The moon pulls at the sea. We measure how tides rise in narrow bays and learn to predict them.',
  }),
  paper('seals', 'Grey seals in estuaries', {
    abstract: 'Grey seals rest on sandbanks while the tide is low. We count grey seals from the air.',
  }),
]
const search = await buildSearch(papers, { embedder })
const answerer = createAnswerer(search, { embedder })
const meaning = new WordMatcher(embedder)

describe('a list or a survey of a topic', () => {
  test.each([
    'list papers on wild yeast',
    'papers on grey seals please',
    'which papers bake bread, and how?',
  ])('that the collection has: %s', text => expect(answerer.ask(text).answered).toBe(true))

  test.each([
    'list papers on federated learning',
    'papers on blockchain',
    'anything on protein folding?',
    'which papers detect fake news, and how?',
    'what do we have on covid vaccines',
    'how do people forecast earthquakes?',
    'how do you detect deepfakes?',
  ])('that it has not: %s', text => {
    const { answered, shown, papers: closest } = answerer.ask(text)
    expect({ answered, shown }).toEqual({ answered: false, shown: 0 })
    expect(closest.length).toBeLessThanOrEqual(papers.length)
  })

  test('lists no paper that has only the common word of two', () => {
    const { papers: listed } = answerer.ask('list papers on sourdough bread')
    expect(listed.map(({ id }) => id)).not.toContain('tides')
  })

  test('needs the words of a pair near each other', () => {
    const pairs = (text: string, id: string) =>
      topicFeatures(
        matchesOf(readQuestion(text, search, meaning), [
          { paper: analyzePaper(papers.find(one => one.id === id) ?? (papers[0] as never)), standing: 1 },
        ]),
      ).pairs
    expect(pairs('wild yeast', 'rye')).toBe(1)
    expect(pairs('bread learning', 'oat')).toBe(0)
    expect(pairs('sourdough learning', 'rye')).toBe(0)
  })
})

test('a paper without an abstract is listed by its title', async () => {
  const bare = await buildSearch(
    [paper('a', 'Grey seals in estuaries', { abstract: '' }), ...papers.slice(0, 2)],
    {
      embedder,
    },
  )
  expect(createAnswerer(bare, { embedder }).ask('list papers on grey seals').papers[0]?.id).toBe('a')
})

test('without an embedder a list goes by the words alone', async () => {
  const plain = createAnswerer(await buildSearch(papers))
  expect(plain.ask('list papers on grey seals').answered).toBe(true)
  expect(plain.ask('list papers on federated learning').answered).toBe(false)
})
