import { time } from '@discordjs/formatters'
import type { APIEmbedField } from 'discord-api-types/v10'
import { ComponentType } from 'discord-api-types/v10'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import type { Follow, Topic } from '../schedule/schedule.ts'
import type { UnreadableSchedule } from '../store/schedule-ports.ts'
import { clip, shown, visible } from './escape.ts'
import { encodeId } from './ids.ts'
import { type LessOf, lessOfEmbed, takeBackRows } from './less-of.ts'
import { accent, button, buttons, fitLines, label, titleLink, titleOf } from './pieces.ts'
import type { Message, Row } from './reply.ts'
import { timingText } from './timing.ts'

/** The topic of a follow or a pick, with the paper where it names one that is still in the corpus. */
export interface TopicView {
  readonly follow: { readonly topic: Topic }
  readonly paper: Paper | undefined
}

/** A follow, with the paper where its topic is one that is still in the corpus. */
export interface FollowView {
  readonly follow: Follow
  readonly paper: Paper | undefined
  /** The server whose own papers it brings too, where that has any. */
  readonly ownOf?: string | undefined
}

/** What is followed, escaped. */
function topicText({ follow: { topic }, paper }: FollowView, max: number): string {
  if (topic === undefined) return 'the whole library'
  if ('query' in topic) return shown(topic.query, max) || '…'
  if ('author' in topic) return `papers by ${shown(topic.author, max - 10) || '…'}`
  if ('venue' in topic) return `papers from ${shown(topic.venue, max - 12) || '…'}`
  const title = paper === undefined ? shown(topic.paperId, max - 15) : titleOf(paper, max - 15)
  return `papers related to ${title}`
}

/** The same as one plain line, for menus and autocomplete. */
export function topicLabel({ follow: { topic }, paper }: TopicView): string {
  if (topic === undefined) return 'the whole library'
  if ('query' in topic) return label(topic.query)
  if ('author' in topic) return label(`By ${topic.author}`)
  if ('venue' in topic) return label(`From ${topic.venue}`)
  return label(`Related to ${visible(paper === undefined ? topic.paperId : readable(paper.title))}`)
}

function stateText({ pausedAt, problem, next }: Follow): string {
  if (problem?.kind === 'closed') return 'stopped: direct messages closed'
  if (problem !== undefined) return 'stopped'
  if (pausedAt !== undefined) return 'paused'
  return `next ${time(new Date(next.at), 'R')}`
}

const isStopped = ({ pausedAt, problem }: Follow): boolean => pausedAt !== undefined || problem !== undefined

export interface FollowCard extends FollowView {
  readonly headline: string
  /** Papers that fit already, to show what the topic finds. */
  readonly examples?: readonly Paper[]
}

/** One follow, with everything that can be done with it. */
export function followCard(card: FollowCard): Message {
  const { follow, headline, examples = [] } = card
  const id = [follow.id]
  const fields: APIEmbedField[] = [
    { name: 'When', value: timingText(follow.timing), inline: true },
    { name: 'State', value: stateText(follow), inline: true },
  ]
  if (examples.length > 0)
    fields.push({
      name: 'Fits already',
      value: fitLines(
        examples.slice(0, 3).map(paper => `• ${clippedLink(paper)}`),
        1000,
      ),
    })
  return {
    content: headline,
    embeds: [
      {
        color: accent,
        title: clip(`Following ${topicText(card, 220)}`, 250),
        description: `I’ll send you a direct message when new papers match. Each paper comes only once.${ownText(card)}`,
        fields,
      },
    ],
    components: [
      buttons(
        isStopped(follow)
          ? button({ command: 'follow', action: 'resume', args: id }, 'Resume', 'main')
          : button({ command: 'follow', action: 'pause', args: id }, 'Pause'),
        button({ command: 'follow', action: 'when', args: id }, 'Change time'),
        button({ command: 'follow', action: 'remove', args: id }, 'Remove', 'danger'),
        button({ command: 'follow', action: 'list', args: [] }, 'All I follow'),
      ),
    ],
  }
}

const ownText = ({ ownOf }: FollowView): string =>
  ownOf === undefined
    ? ''
    : `\nThe own papers of [this server](https://discord.com/channels/${ownOf}) come too, while you are in it.`

/** A link that always fits in a list of three. */
function clippedLink(paper: Paper): string {
  const link = titleLink(paper, 100)
  return link.length > 300 ? titleOf(paper, 100) : link
}

/** Two lines of 160 units at most: 25 of them fit an embed. */
function followLines(view: FollowView, number: number): string {
  const about = `-# ${clip(timingText(view.follow.timing), 70)} · ${stateText(view.follow)}`
  return `**${number}.** ${topicText(view, 150 - about.length)}\n${about}`
}

/** A follow that this version cannot read is listed too. */
const unreadableLines = (id: string): string =>
  `• **One cannot be read**: damaged, or written by a newer version of me.\n-# \`/follow remove follow:${shown(id, 40)}\` removes it`

const nothingLess: LessOf = { dislikes: [], mutes: [], mayUnmute: true }

/** Everything that a member follows, a menu to open one, and what they want less of. */
export function followList(
  views: readonly FollowView[],
  headline = '',
  unreadable: readonly UnreadableSchedule[] = [],
  lessOf: LessOf = nothingLess,
): Message {
  const less = lessOfEmbed(lessOf)
  const lessEmbeds = less === undefined ? [] : [less]
  const lessRows = takeBackRows('follow', [], lessOf)
  if (views.length + unreadable.length === 0)
    return {
      content:
        `${headline} You follow nothing. \`/follow add\` brings new papers on a topic to you directly.`.trim(),
      embeds: lessEmbeds,
      components: lessRows,
    }
  return {
    content: headline,
    embeds: [
      {
        color: accent,
        title: 'What you follow',
        description: fitLines(
          [
            ...views.map((view, i) => followLines(view, i + 1)),
            ...unreadable.map(({ id }) => unreadableLines(id)),
          ],
          4096,
        ),
      },
      ...lessEmbeds,
    ],
    components: [
      ...(views.length === 0
        ? []
        : ([
            {
              type: ComponentType.ActionRow,
              components: [
                {
                  type: ComponentType.StringSelect,
                  custom_id: encodeId({ command: 'follow', action: 'open', args: [] }),
                  placeholder: 'Open one to pause, reschedule or remove it',
                  options: views
                    .slice(0, 25)
                    .map(view => ({ label: topicLabel(view), value: view.follow.id })),
                },
              ],
            },
          ] satisfies Row[])),
      ...lessRows,
    ],
  }
}
