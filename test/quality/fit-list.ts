import { analyzedPaperCache } from '../../src/answer/analyzed-paper.ts'
import { readQuestion } from '../../src/answer/question.ts'
import { hitsOn, orderIn, papersOn, topicIn } from '../../src/answer/routing/list.ts'
import { listFeatures, wholeFrom } from '../../src/answer/routing/on-whole.ts'
import type { Search } from '../../src/search/port.ts'
import { asked, evalFolder, haveData, meaning, readLines, searchOf, shipped } from './data.ts'
import { fitLogistic, type Logistic, logitOf, tellWeights } from './logistic.ts'
import { mean, ndcgAt } from './metrics.ts'
import { surveySets } from './surveyed.ts'
import { foreignTo } from './topic-data.ts'

/**
 * Fits src/answer/routing/list-weights.json: which of the papers found for a list are on the whole of its topic. Tells
 * what leaving out all lists over one collection says. `node test/quality/fit-list.ts [--write]`
 */
const ridge = 0.01
/** What a paper that touches the topic counts for. */
const touchingCounts = 0.5

const names = ['standing', 'together', 'pairs', 'near']

interface Listed {
  readonly id: string
  readonly grade: number
  readonly figures: readonly number[]
}

interface List {
  readonly corpus: string
  /** Whether it was written for papers of other fields: none of these is on it. */
  readonly isForeign: boolean
  readonly relevant: Readonly<Record<string, number>>
  readonly papers: readonly Listed[]
}

interface Line {
  readonly text: string
  readonly kind?: string
  readonly corpus?: string
  readonly relevant?: Readonly<Record<string, number>>
  readonly rel?: Readonly<Record<string, number>>
}

const read = analyzedPaperCache(4096)

function listsOver(corpus: string, search: Search, lines: readonly Line[], isForeign = false): List[] {
  return lines.flatMap(({ text, relevant: own = {} }) => {
    const relevant = isForeign ? {} : own
    const topic = topicIn(text)
    if (topic === '') return []
    const question = readQuestion(topic, search, meaning)
    const hits = papersOn(question, hitsOn(topic, search, orderIn(text)), { search, read, meaning })
    const top = hits[0]?.score ?? 1
    const features = listFeatures(
      question,
      hits.map(({ paper, score }) => ({ paper: read(paper), standing: score / top })),
    )
    const papers = hits.map(({ paper: { id } }, i) => ({
      id,
      grade: relevant[id] ?? 0,
      figures: names.map(name => Number(features[i]?.[name] ?? 0)),
    }))
    return [{ corpus, isForeign, relevant, papers }]
  })
}

async function allLists(): Promise<List[]> {
  const ofKind = (lines: readonly Line[]) => lines.filter(({ kind }) => kind === 'list')
  const topics = [...readLines<Line>('seed/topics.jsonl'), ...readLines<Line>(asked('topics.jsonl'))]
  const own = readLines<Line>(asked('lists.jsonl'))
  const over = async (name: string) =>
    listsOver(
      name,
      await searchOf(`${name}/corpus.jsonl`),
      own.filter(({ corpus }) => corpus === name),
    )
  const shippedLists = topics.map(({ text, rel = {} }) => ({ text: `list papers on ${text}`, relevant: rel }))
  const sets = await surveySets()
  const foreign = sets.flatMap(({ name, lines }) => {
    const theirs = name === 'conversation' ? [...ofKind(lines), ...shippedLists] : ofKind(lines)
    return (foreignTo[name] ?? []).flatMap(other => {
      const search = sets.find(set => set.name === other)?.search
      return search === undefined ? [] : listsOver(name, search, theirs, true)
    })
  })
  return [
    ...listsOver('conversation', await searchOf(shipped), shippedLists),
    ...sets.flatMap(({ name, lines, search }) => listsOver(name, search, ofKind(lines))),
    ...foreign,
    ...(await over('strangers')),
    ...(await over('fields')),
  ]
}

/** What all lists of other fields count for beside the own ones. */
const foreignCounts = 0.5

/** Long lists count no more than short ones by the root of their lengths. */
function fitted(lists: readonly List[]): Logistic {
  const foreign = lists.filter(one => one.isForeign).length
  const perForeign = foreign === 0 ? 0 : (foreignCounts * (lists.length - foreign)) / foreign
  return fitLogistic(
    lists.flatMap(({ papers, isForeign }) =>
      papers.map(({ grade, figures }) => ({
        figures,
        positive: grade > 0,
        counts:
          ((grade === 1 ? touchingCounts : 1) * (isForeign ? perForeign : 1)) / Math.sqrt(papers.length),
      })),
    ),
    names.length,
    ridge,
  )
}

/** What a list shows as on the whole topic: its precision, its recall of what is on the topic; and the whole order's gain. */
function report(title: string, lists: readonly List[], model: Logistic): void {
  const figures = lists.map(({ relevant, papers, isForeign }) => {
    const sure = papers.map(({ figures: row }) => 1 / (1 + Math.exp(-logitOf(model, row))))
    const most = Math.max(...sure)
    const whole = papers.filter((_, i) => (sure[i] ?? 0) >= wholeFrom(most))
    const on = Object.values(relevant).filter(grade => grade > 1).length
    const order = papers.map(({ id }, i) => ({ id, sure: sure[i] ?? 0 })).sort((a, b) => b.sure - a.sure)
    return {
      isForeign,
      shows: whole.length > 0 ? 1 : 0,
      whole: whole.length,
      precision: whole.length === 0 ? undefined : mean(whole.map(({ grade }) => Math.min(1, grade))),
      recall: on === 0 ? undefined : whole.filter(({ grade }) => grade > 1).length / on,
      gain: ndcgAt(
        10,
        order.map(({ id }) => id),
        new Map(Object.entries(relevant).map(([id, grade]) => [id, 2 ** grade - 1])),
      ),
    }
  })
  const own = figures.filter(one => !one.isForeign)
  const others = figures.filter(one => one.isForeign)
  const of = (key: 'precision' | 'recall' | 'gain' | 'shows') =>
    mean(own.flatMap(one => one[key] ?? [])).toFixed(3)
  console.log(
    `${title}: ${own.length} lists, with one ${of('shows')}, precision ${of('precision')}, recall ${of('recall')}, nDCG@10 ${of('gain')}; of other fields ${others.length}: with one ${mean(others.map(one => one.shows)).toFixed(3)}, ${mean(others.map(one => one.whole)).toFixed(2)} a list`,
  )
}

async function main(write: boolean): Promise<void> {
  if (!haveData()) {
    console.error(`SKIPPED: no evaluation data at ${evalFolder}: nothing was fitted.`)
    return
  }
  const lists = await allLists()
  for (const corpus of new Set(lists.map(one => one.corpus))) {
    const model = fitted(lists.filter(one => one.corpus !== corpus))
    report(
      `${corpus} left out`,
      lists.filter(one => one.corpus === corpus),
      model,
    )
  }
  const model = fitted(lists)
  report('in sample', lists, model)
  tellWeights('list-weights.json', names, model, write)
}

await main(process.argv.includes('--write'))
