import { analyzedPaperCache } from '../../src/answer/analyzed-paper.ts'
import { readQuestion } from '../../src/answer/question.ts'
import type { FeatureValues } from '../../src/answer/ranking/linear.ts'
import { topicIn } from '../../src/answer/routing/list.ts'
import { surveyed } from '../../src/answer/routing/survey.ts'
import { matchesOf } from '../../src/answer/routing/survey-features.ts'
import { topicFeatures } from '../../src/answer/routing/topic.ts'
import type { Search } from '../../src/search/port.ts'
import { asked, meaning, readLines } from './data.ts'
import { searchOver } from './model.ts'
import { type SurveyLine, type SurveySet, surveySets } from './surveyed.ts'

/** A question that several papers answer, or a request for a list. */
export interface TopicExample {
  readonly set: string
  readonly kind: 'survey' | 'list'
  readonly put: Put
  readonly figures: FeatureValues
}

/**
 * Where it is put: to its own collection, to one of other fields, to its own when the papers that answer are gone; or
 * it was written to be refused.
 */
export type Put = 'own' | 'foreign' | 'removed' | 'absent'

/** Collections that have next to nothing on what is asked of another. */
export const foreignTo: Readonly<Record<string, readonly string[]>> = {
  conversation: ['surveys', 'computing', 'biomedicine', 'biology'],
  surveys: ['conversation', 'computing', 'biomedicine', 'biology'],
  computing: ['conversation', 'biomedicine', 'learning', 'biology'],
  biomedicine: ['conversation', 'surveys', 'computing', 'learning'],
  learning: ['surveys', 'computing', 'biomedicine', 'biology'],
  biology: ['conversation', 'surveys', 'computing', 'learning'],
  software: ['conversation', 'biomedicine', 'learning', 'biology'],
  data: ['conversation', 'biomedicine', 'biology', 'health'],
  health: ['conversation', 'surveys', 'computing', 'learning'],
  society: ['conversation', 'biomedicine', 'learning', 'biology'],
}

const listForms = [
  (topic: string) => `list papers on ${topic}`,
  (topic: string) => `anything on ${topic}?`,
  (topic: string) => `what papers do we have on ${topic}`,
]

/** The topics of the shipped collection, asked for as lists. */
const topicLines = (): SurveyLine[] =>
  [...readLines<SurveyLine>('seed/topics.jsonl'), ...readLines<SurveyLine>(asked('topics.jsonl'))].map(
    ({ text }, i) => ({
      kind: 'list',
      text: (listForms[i % listForms.length] ?? String)(text),
    }),
  )

const read = analyzedPaperCache(4096)

function exampleOf(set: string, put: Put, { kind, text }: SurveyLine, search: Search): TopicExample {
  const isList = kind === 'list'
  const topic = isList ? topicIn(text) : text
  const found = search.search(topic, { limit: surveyed })
  const hits = found.byMeaning && !isList ? [] : found.hits
  const top = hits[0]?.score ?? 1
  const papers = hits.map(({ paper, score }) => ({ paper: read(paper), standing: score / top }))
  const matches = matchesOf(readQuestion(topic, search, meaning), papers)
  return {
    set,
    kind: isList ? 'list' : 'survey',
    put,
    figures: topicFeatures(matches),
  }
}

const parts = 6

/** The questions of which the answering papers are gone, a part of them at a time. */
async function removed({ name, search }: SurveySet, lines: readonly SurveyLine[]): Promise<TopicExample[]> {
  const found: TopicExample[] = []
  const answerable = lines.filter(one => one.by_paper ?? one.relevant)
  for (let part = 0; part < parts; part++) {
    const own = answerable.filter((_, i) => i % parts === part)
    const gone = new Set(own.flatMap(one => Object.keys({ ...one.by_paper, ...one.relevant })))
    const left = await searchOver(search.papers.filter(({ id }) => !gone.has(id)))
    found.push(...own.map(line => exampleOf(name, 'removed', line, left)))
  }
  return found
}

export async function topicExamples(): Promise<TopicExample[]> {
  const sets = await surveySets()
  const searches = new Map(sets.map(({ name, search }) => [name, search]))
  const found: TopicExample[] = []
  for (const set of sets) {
    const { name, search } = set
    const lines: SurveyLine[] = [
      ...set.lines.filter(({ kind }) => kind === 'survey' || kind === 'list'),
      ...(name === 'conversation' ? topicLines() : []),
    ]
    found.push(...lines.map(line => exampleOf(name, 'own', line, search)))
    for (const other of foreignTo[name] ?? []) {
      const theirs = searches.get(other)
      if (theirs !== undefined) found.push(...lines.map(line => exampleOf(name, 'foreign', line, theirs)))
    }
    // What is absent from the shipped collection is asked of single papers.
    const absent = name === 'conversation' ? [] : set.lines.filter(({ kind }) => kind === 'absent')
    found.push(...absent.map(line => exampleOf(name, 'absent', line, search)))
    found.push(...(await removed(set, lines)))
  }
  return found
}
