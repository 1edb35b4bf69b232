import { channelMention, time } from '@discordjs/formatters'
import type { Daily } from '../schedule/schedule.ts'
import { sourceLabel } from '../schedule/source-label.ts'
import type { UnreadableSchedule } from '../store/schedule-ports.ts'
import { clip, shown } from './escape.ts'
import { type LessOf, lessOfEmbed, takeBackRows } from './less-of.ts'
import { accent, capitalized, fitCounted, fitLines } from './pieces.ts'
import type { Message } from './reply.ts'
import { timingText } from './timing.ts'

/** A schedule as it is listed: texts are plain. */
export interface DailyView {
  readonly daily: Daily
  readonly topic: string
  /** What became of its last slot; undefined before the first. */
  readonly last: string | undefined
  /** How its source is, in a word; undefined where it has none. */
  readonly sourceWord?: string | undefined
  /** What there is to be less of: see `lessOfText`. */
  readonly less?: string | undefined
}

function stateOf({ pausedAt, problem, next }: Daily): string {
  if (problem?.kind === 'permission') {
    const missing = problem.missing.map(name => `**${shown(name, 60)}**`).join(', ')
    return `stopped: I lack ${missing || 'a permission'} there; it resumes once I have it`
  }
  if (problem?.kind === 'gone')
    return 'stopped: the channel was deleted or locked; set another one or remove it'
  if (problem !== undefined) return 'stopped'
  if (pausedAt !== undefined) return 'paused'
  return `next ${time(new Date(next.at), 'R')}`
}

/** Where its papers come from, whether it waits for them, and whether it opens threads; '' for what is usual. */
function postingText({ source, holdMinutes, thread, timing }: Daily, word = ''): string {
  const latest = timing.hour * 60 + timing.minute + (holdMinutes ?? 0)
  const clock = [Math.floor(latest / 60) % 24, latest % 60]
    .map(part => String(part).padStart(2, '0'))
    .join(':')
  const parts = [
    source === undefined
      ? ''
      : `from the newest of ${shown(sourceLabel(source), 100)}${word === '' ? '' : ` (${word})`}`,
    holdMinutes === undefined ? '' : `waits for it until ${clock}`,
    thread === 'thread' ? 'a thread on each' : '',
    thread === 'forum' ? 'a post for each' : '',
  ]
  return capitalized(parts.filter(part => part !== '').join(' · '))
}

/** One schedule on up to five lines. A channel's mention shows its name and pings nobody. */
function dailyLines({ daily, topic, last, sourceWord, less = '' }: DailyView): string {
  const posting = postingText(daily, sourceWord)
  const count = daily.count === 1 ? '' : ` · ${daily.count} papers`
  return [
    `${channelMention(daily.channelId)} · **${shown(topic, 200)}**${count}`,
    `-# ${clip(timingText(daily.timing), 90)} · ${stateOf(daily)}`,
    ...(posting === '' ? [] : [`-# ${posting}`]),
    ...(last === undefined ? [] : [`-# Last time: ${shown(last, 200)}`]),
    ...(less === '' ? [] : [`-# ${shown(less, 200)}`]),
  ].join('\n')
}

/** A schedule that this version cannot read is listed too: somebody set it and expects its posts. */
const unreadableLines = ({ channelId }: UnreadableSchedule): string =>
  `${channelId === undefined ? 'Somewhere' : channelMention(channelId)} · **cannot be read**\n-# Damaged, or written by a newer version of me: nothing is posted. \`/daily remove\` removes it.`

export function dailyList(
  views: readonly DailyView[],
  unreadable: readonly UnreadableSchedule[],
  headline = '',
): Message {
  const lines = [...views.map(dailyLines), ...unreadable.map(unreadableLines)]
  const text =
    lines.length === 0
      ? 'No daily picks that you can see yet. Someone with **Manage Server** can add one with `/daily set`.'
      : fitCounted(lines, 4000)
  return {
    ...(headline === '' ? {} : { content: headline }),
    embeds: [{ color: accent, title: 'Daily picks', description: text }],
  }
}

/** `2026-11-23+1`, the key of an extra post, is no date that people know. */
const dayText = (key: string): string => {
  const [date = '', extra] = key.split('+')
  return extra === undefined ? date : `${date}, an extra post`
}

/** One day of a schedule: what became of it, and the papers with why they were chosen. Texts are plain. */
export interface DayView {
  readonly date: string
  readonly outcome: string
  readonly picks: readonly { readonly title: string; readonly why: string }[]
}

export interface WhyCard {
  readonly dailyId: string
  /** Plain. */
  readonly topic: string
  readonly days: readonly DayView[]
  readonly lessOf: LessOf
  readonly headline?: string
}

/** The last days of a schedule, and what there is to be less of, with menus to take it back. */
export function whyCard({ dailyId, topic, days, lessOf, headline = '' }: WhyCard): Message {
  const less = lessOfEmbed(lessOf)
  const blocks = days.map(({ date, outcome, picks }) =>
    [
      `**${shown(dayText(date), 40)}** · ${shown(outcome, 250)}`,
      ...picks.map(({ title, why }) => `• ${shown(title, 160)}\n-# ${shown(why, 300)}`),
    ].join('\n'),
  )
  return {
    content: headline,
    components: takeBackRows('daily', [dailyId], lessOf),
    embeds: [
      {
        color: accent,
        title: clip(`Why these papers: ${shown(topic, 180)}`, 256),
        description: blocks.length === 0 ? 'Nothing was due yet.' : fitLines(blocks, 4000),
      },
      ...(less === undefined ? [] : [less]),
    ],
  }
}
