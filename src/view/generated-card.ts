import type { Quote } from '../answer/port.ts'
import { pageOf } from '../corpus/links.ts'
import { readable } from '../corpus/readable.ts'
import { answerTimeout } from '../generation/chat-completions.ts'
import type { GeneratedAnswer, NotGenerated } from '../generation/generate-answer.ts'
import { clip, shown, visible } from './escape.ts'
import { limits } from './limits.ts'
import { accent, fitLines, linkTarget, paperMenu, titleLink } from './pieces.ts'
import type { Message } from './reply.ts'

export interface GeneratedCard {
  readonly question: string
  readonly generated: GeneratedAnswer
  readonly owner: string
}

/** Three or four sentences; what does not fit is left out whole. */
const mostOfClaim = 700

/** A generated answer, and below it the passages that it cites, word for word. */
export function generatedCard({ question, generated, owner }: GeneratedCard): Message {
  const { claims, quotes, model } = generated
  const papers = [...new Set(quotes.map(({ paper }) => paper))]
  const menu = paperMenu({ command: 'paper', action: 'open', owner, args: ['ask'] }, 'Open a source', papers)
  const lines = claims.map(
    ({ text, cited }) => `${shown(text, mostOfClaim)} ${cited.map(one => markOf(one, quotes)).join('')}`,
  )
  const passages = quotes.map(
    ({ paper, text }, i) => `**[${i + 1}]** ${titleLink(paper, 120)}\n> ${shown(readable(text), 300)}`,
  )
  return {
    embeds: [
      {
        color: accent,
        title: shown(question, limits.title) || '…',
        description: fitLines([lines.join(' '), '', ...passages], limits.description),
        footer: {
          text: `Written by ${clip(visible(model), 60)} from the passages above; every sentence was checked against them. Reply to ask a follow-up.`,
        },
      },
    ],
    components: menu === undefined ? [] : [menu],
  }
}

/** The number of a passage, as a link to its paper's page. */
function markOf(number: number, quotes: readonly Quote[]): string {
  const paper = quotes[number - 1]?.paper
  const address = paper && pageOf(paper)?.url
  return address === undefined ? `\\[${number}\\]` : `[\\[${number}\\]](${linkTarget(address)})`
}

const reasons: Readonly<Record<NotGenerated, string>> = {
  late: `The model did not answer within ${answerTimeout / 1000} seconds.`,
  busy: 'The model has too much to do at the moment.',
  broken: 'The model could not be asked.',
  spent: 'Today’s generated answers are used up.',
  unsupported: 'Nothing the model wrote could be found in the passages.',
}

/** The quoted answer, which says why it is no generated one. */
export function quotedInstead(message: Message, why: NotGenerated): Message {
  const embeds = message.embeds?.map(embed => ({
    ...embed,
    ...(embed.footer === undefined ? {} : { footer: { text: `${reasons[why]} ${embed.footer.text}` } }),
  }))
  return { ...message, ...(embeds === undefined ? {} : { embeds }) }
}
