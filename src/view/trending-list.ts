import type { Paper } from '../corpus/paper.ts'
import type { Trend } from '../picks/trending.ts'
import { openMenu } from './lists.ts'
import { accent, fitLines, titleLink } from './pieces.ts'
import type { Message } from './reply.ts'

/** Papers that one list shows. */
const longest = 10

export interface TrendingPaper {
  readonly paper: Paper
  readonly trend: Trend
}

const spell = (days: number): string => (days === 1 ? 'the last day' : `the last ${days} days`)

/** The trending papers, each with the activities that count. */
export function trendingList(trending: readonly TrendingPaper[], days: number): Message {
  const first = trending.slice(0, longest)
  const lines = first.map(
    ({ paper, trend }, i) => `**${i + 1}.** ${titleLink(paper, 200)}\n-# ${reasons(trend)}`,
  )
  return {
    embeds: [
      {
        color: accent,
        title: `Trending here in ${spell(days)}`,
        description: fitLines(lines, 3800),
        footer: {
          text: 'Votes and shares that everybody here can see; recent ones count more. Private lists do not count.',
        },
      },
    ],
    components: openMenu(first.map(({ paper }) => paper)),
  }
}

export const nothingTrends = (days: number): string =>
  `Nobody voted for or shared a paper where everybody here can see it, in ${spell(days)}. Buttons for it are under every paper.`

/** "3 useful, shared once": why a paper has its rank. */
export function reasons({ useful, notForUs, shares }: Trend): string {
  const parts = [
    useful > 0 ? `${useful} useful` : '',
    notForUs > 0 ? `${notForUs} not for us` : '',
    shares === 1 ? 'shared once' : shares > 1 ? `shared ${shares} times` : '',
  ]
  return parts.filter(part => part !== '').join(', ')
}
