import type { APIEmbed } from 'discord-api-types/v10'
import type { Summary } from '../answer/port.ts'
import { paperRef } from '../corpus/ids.ts'
import { pageOf } from '../corpus/links.ts'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { shown } from './escape.ts'
import { limits } from './limits.ts'
import { accent, button, buttons, titleOf } from './pieces.ts'
import type { Message, Row } from './reply.ts'
import { voteButtons } from './votes.ts'

/** A chosen paper as it is posted. */
export interface PickView {
  readonly paper: Paper
  readonly summary: Summary
  /** Why it was chosen: one plain sentence. */
  readonly why: string
  /** In a digest: the server that alone has the paper. Its buttons would find nothing in direct messages. */
  readonly ownOf?: string | undefined
}

export interface PickCard {
  /** One line above the papers, escaped. */
  readonly headline: string
  readonly picks: readonly PickView[]
  /** What the buttons carry, so that the message is known again: see `slotKeyOf`. */
  readonly slotKey: string
  /** Members vote on a daily pick. A preview was posted nowhere: nothing can be said of it. */
  readonly kind: Schedule['kind'] | 'preview'
}

/** UTF-16 units of text for all papers of a message, well below Discord's limit for embeds. */
const textBudget = 4_500
/** Rows of buttons a message can have, and so papers. */
const most = limits.rows

/** The papers of a daily pick or a digest, each with why it was chosen. */
export function pickCard({ headline, picks, slotKey, kind }: PickCard): Message {
  const some = picks.slice(0, most)
  return {
    content: headline,
    embeds: some.map(pick => pickEmbed(pick, Math.floor(textBudget / some.length))),
    components: some.map((pick, i) => pickRow(pick, some.length > 1 ? ` ${i + 1}` : '', slotKey, kind)),
  }
}

/** Title a fifth of the budget, why another, the summary the rest. */
function pickEmbed({ paper, summary, why, ownOf }: PickView, budget: number): APIEmbed {
  const part = Math.floor(budget / 5)
  const address = pageOf(paper)?.url
  const sentences = budget > 2000 ? summary.sentences : [summary.tldr]
  const text = shown(readable(sentences.join(' ')), budget - 2 * part)
  const own =
    ownOf === undefined
      ? ''
      : `\n-# One of the own papers of [your server](https://discord.com/channels/${ownOf}): \`/paper\` finds it there.`
  return {
    color: accent,
    title: titleOf(paper, Math.min(limits.title, part)),
    ...(address === undefined ? {} : { url: address }),
    description: `${text}\n\n-# ${shown(why, part - 10)}${own}`,
  }
}

/** At most five buttons, which is what a row holds. */
function pickRow({ paper, ownOf }: PickView, number: string, slotKey: string, kind: PickCard['kind']): Row {
  const ref = paperRef(paper.id)
  const command = kind === 'follow' ? 'follow' : 'daily'
  const less = button({ command, action: 'less', args: [slotKey, ref] }, 'Less like this')
  if (ownOf !== undefined) return buttons(less)
  return buttons(
    ...(kind === 'daily' ? voteButtons(slotKey, paper) : []),
    button({ command: 'paper', action: 'open', args: [ref, slotKey] }, `Open${number}`),
    button({ command: 'save', action: 'add', args: [ref] }, 'Save'),
    ...(kind === 'preview' ? [] : [less]),
  )
}

/** The message, sent once to the channel, that nothing is left to pick. */
export function exhaustedCard(topic: string, slotKey: string): Message {
  return {
    embeds: [
      {
        color: accent,
        description: `Every paper here that fits **${shown(topic, 300)}** has been posted or shared in this channel. The daily pick resumes by itself when new ones arrive.`,
      },
    ],
    components: [buttons(button({ command: 'daily', action: 'list', args: [slotKey] }, 'Schedules'))],
  }
}

/**
 * Says that there is no pick, since the source that it waited for has not settled its day.
 * @param source escaped
 * @param why a clause, plain
 */
export function unsettledCard(source: string, why: string, slotKey: string): Message {
  return {
    embeds: [
      {
        color: accent,
        description: `No pick today: **${source}** has not settled its day, and nothing new of it fits.\n-# ${shown(why, 300)}`,
      },
    ],
    components: [buttons(button({ command: 'daily', action: 'list', args: [slotKey] }, 'Schedules'))],
  }
}
