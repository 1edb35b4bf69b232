import { analyzedPaperCache } from '../../src/answer/analyzed-paper.ts'
import { readQuestion } from '../../src/answer/question.ts'
import { hitsOn, orderIn, papersOn, topicIn } from '../../src/answer/routing/list.ts'
import { listFeatures } from '../../src/answer/routing/on-whole.ts'
import type { Search } from '../../src/search/port.ts'
import { asked, evalFolder, haveData, meaning, readLines, searchOf, shipped } from './data.ts'
import { fitLogistic, type Logistic, logitOf, tellWeights } from './logistic.ts'
import { mean, ndcgAt } from './metrics.ts'
import { surveySets } from './surveyed.ts'

/**
 * Fits src/answer/routing/list-weights.json: which of the papers found for a list are on the whole of its topic. Tells
 * what leaving out all lists over one collection says. `node test/quality/fit-list.ts [--write]`
 */
const ridge = 0.01
/** What a paper that touches the topic counts for. */
const touchingCounts = 0.5
/** As the lists are built: a paper is on the whole topic from this share of the surest one on. */
const wholeFrom = 0.5

const names = ['standing', 'held', 'together', 'pairs', 'behind.near']

interface Listed {
  readonly id: string
  readonly grade: number
  readonly figures: readonly number[]
}

interface List {
  readonly corpus: string
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

function listsOver(corpus: string, search: Search, lines: readonly Line[]): List[] {
  return lines.flatMap(({ text, relevant = {} }) => {
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
    return [{ corpus, relevant, papers }]
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
  return [
    ...listsOver(
      'conversation',
      await searchOf(shipped),
      topics.map(({ text, rel = {} }) => ({ text: `list papers on ${text}`, relevant: rel })),
    ),
    ...(await surveySets()).flatMap(({ name, lines, search }) => listsOver(name, search, ofKind(lines))),
    ...(await over('strangers')),
    ...(await over('fields')),
  ]
}

/** Long lists count no more than short ones by the root of their lengths. */
const fitted = (lists: readonly List[]): Logistic =>
  fitLogistic(
    lists.flatMap(({ papers }) =>
      papers.map(({ grade, figures }) => ({
        figures,
        positive: grade > 0,
        counts: (grade === 1 ? touchingCounts : 1) / Math.sqrt(papers.length),
      })),
    ),
    names.length,
    ridge,
  )

/** What a list shows as on the whole topic: its precision, its recall of what is on the topic; and the whole order's gain. */
function report(title: string, lists: readonly List[], model: Logistic): void {
  const figures = lists.map(({ relevant, papers }) => {
    const sure = papers.map(({ figures: row }) => 1 / (1 + Math.exp(-logitOf(model, row))))
    const most = Math.max(...sure)
    const whole = papers.filter((_, i) => (sure[i] ?? 0) >= wholeFrom * most)
    const on = Object.values(relevant).filter(grade => grade > 1).length
    const order = papers.map(({ id }, i) => ({ id, sure: sure[i] ?? 0 })).sort((a, b) => b.sure - a.sure)
    return {
      precision: mean(whole.map(({ grade }) => Math.min(1, grade))),
      recall: on === 0 ? 1 : whole.filter(({ grade }) => grade > 1).length / on,
      gain: ndcgAt(
        10,
        order.map(({ id }) => id),
        new Map(Object.entries(relevant).map(([id, grade]) => [id, 2 ** grade - 1])),
      ),
    }
  })
  const of = (key: 'precision' | 'recall' | 'gain') => mean(figures.map(one => one[key])).toFixed(3)
  console.log(
    `${title}: ${lists.length} lists, precision ${of('precision')}, recall ${of('recall')}, nDCG@10 ${of('gain')}`,
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
