import { time, userMention } from '@discordjs/formatters'
import { ComponentType } from 'discord-api-types/v10'
import type { Summary } from '../answer/port.ts'
import { paperRef } from '../corpus/ids.ts'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import type { RelatedPaper } from '../search/port.ts'
import type { QueueEntry } from '../store/queue-ports.ts'
import { clip, shown, visible } from './escape.ts'
import { decodeId, encodeId } from './ids.ts'
import { paperEmbed, paperRow } from './paper-card.ts'
import { accent, button, buttons, fitLines, label, titleLink } from './pieces.ts'
import type { Message, Poll, Row } from './reply.ts'
import { relabelled } from './votes.ts'

/** An entry with its paper, unless that has left the corpus. */
export interface Queued {
  readonly entry: QueueEntry
  readonly paper: Paper | undefined
}

/** What a list of the queue shows. */
export type QueueSection = 'waiting' | 'discussed'

export interface QueuePage {
  readonly section: QueueSection
  /** The whole section: the next paper, then the proposals; or the discussed papers, newest first. */
  readonly queued: readonly Queued[]
  readonly page: number
  /** Whose message it is. */
  readonly owner: string
  /** Only ephemeral lists show names and notes: a list in a channel could not be found again to remove them. */
  readonly detailed: boolean
}

const pageSize = 8

export const titleOfQueued = ({ entry, paper }: Queued): string =>
  visible(readable(paper?.title ?? entry.paperId)) || 'Untitled'

const votesOf = (count: number): string => (count === 1 ? '1 vote' : `${count} votes`)

const linkOf = (queued: Queued, max: number): string =>
  queued.paper === undefined ? shown(queued.entry.paperId, max) : titleLink(queued.paper, max)

/** The confirmation of a vote. */
export function voteText(queued: Queued, votes: number, wanted: boolean): string {
  const now = `**${shown(titleOfQueued(queued), 200)}** has ${votesOf(votes)} now.`
  return wanted ? `Your vote counts: ${now} Vote again to take it back.` : `Your vote is taken back: ${now}`
}

export function queueList({ section, queued, page, owner, detailed }: QueuePage): Message {
  const pages = Math.max(1, Math.ceil(queued.length / pageSize))
  const at = Math.min(Math.max(0, page), pages - 1)
  const first = at * pageSize
  const part = queued.slice(first, first + pageSize)
  const waiting = section === 'waiting'
  const lines = part.map(one => queueLine(one, detailed))
  const count = `${queued.length} ${queued.length === 1 ? 'paper' : 'papers'}`
  return {
    embeds: [
      {
        color: accent,
        title: waiting ? 'Journal club: the queue' : 'Journal club: discussed',
        description: lines.length === 0 ? empty[section] : fitLines(lines, 3800),
        ...(lines.length === 0
          ? {}
          : { footer: { text: pages > 1 ? `${count} · page ${at + 1} of ${pages}` : count } }),
      },
    ],
    components: [
      ...(waiting ? voteMenu(part, at, owner, detailed) : []),
      ...pageButtons(section, at, pages, owner, detailed),
    ],
  }
}

const empty = {
  waiting: 'Nothing has been proposed yet. Add a paper with `/queue propose`.',
  discussed: 'Nothing has been discussed yet.',
} as const

/** Marks in a list's custom ids whether it shows names and notes. */
export const detailFlag = (detailed: boolean): string => (detailed ? 'd' : '-')

/** Whether a list's message shows them; a forged id does not count. */
export const isDetailed = (rows: readonly Row[]): boolean =>
  rows
    .flatMap(row => row.components)
    .some(part => {
      const id = 'custom_id' in part ? decodeId(part.custom_id) : 'older'
      return id !== 'older' && id.command === 'queue' && id.args.at(-1) === detailFlag(true)
    })

function queueLine(queued: Queued, detailed: boolean): string {
  const { state, votes, proposedBy, note, changedAt } = queued.entry
  const mark = { proposed: '•', picked: '**Next:**', discussed: '•' }[state]
  const day = time(new Date(changedAt), 'd')
  const facts = [
    state === 'discussed' ? `discussed ${day}` : votesOf(votes),
    proposedBy === undefined || !detailed ? '' : `proposed by ${userMention(proposedBy)}`,
    note === '' || !detailed ? '' : shown(note, 100),
  ]
  return `${mark} ${linkOf(queued, 160)}\n-# ${facts.filter(fact => fact !== '').join(' · ')}`
}

function voteMenu(part: readonly Queued[], page: number, owner: string, detailed: boolean): Row[] {
  const options = part.map(queued => ({
    label: label(titleOfQueued(queued)),
    description: votesOf(queued.entry.votes),
    value: paperRef(queued.entry.paperId),
  }))
  if (options.length === 0) return []
  const custom_id = encodeId({
    command: 'queue',
    action: 'choose',
    args: [String(page), owner, detailFlag(detailed)],
  })
  const placeholder = 'Vote for a paper, or take your vote back'
  return [
    {
      type: ComponentType.ActionRow,
      components: [{ type: ComponentType.StringSelect, custom_id, placeholder, options }],
    },
  ]
}

function pageButtons(
  section: QueueSection,
  page: number,
  pages: number,
  owner: string,
  detailed: boolean,
): Row[] {
  const turn = (to: number, text: string) =>
    button(
      { command: 'queue', action: 'page', owner, args: [section, String(to), detailFlag(detailed)] },
      text,
    )
  const both = [
    ...(page > 0 ? [turn(page - 1, 'Previous page')] : []),
    ...(page < pages - 1 ? [turn(page + 1, 'Next page')] : []),
  ]
  return both.length === 0 ? [] : [buttons(...both)]
}

export interface QueueCard {
  readonly paper: Paper
  readonly summary: Summary
  readonly related: readonly RelatedPaper[]
  readonly note: string
  readonly votes: number
  /** By which the message is found again. */
  readonly mark: string
}

/** A proposal, with a button to vote for it. `proposer` is a name as plain text. */
export function proposalCard(card: QueueCard, proposer: string, again: boolean): Message {
  const { paper, note, votes, mark } = card
  const says = `**${shown(proposer, 100) || 'Somebody'}** proposes a paper for the journal club${again ? ' again' : ''}.`
  const args = [paperRef(paper.id), mark]
  const row = buttons(
    button({ command: 'queue', action: 'vote', args }, voteLabel(votes), 'main'),
    button({ command: 'queue', action: 'show', args: [] }, 'The queue'),
  )
  return { content: withNote(says, note), embeds: [paperEmbed(card)], components: [row, paperRow(paper)] }
}

const voteLabel = (votes: number): string => (votes === 0 ? 'Vote' : `Vote · ${votes}`)

/** A proposal's rows with the votes as they are now. */
export const withVotes = (rows: readonly Row[], ref: string, votes: number): Row[] =>
  relabelled(rows, ({ command, action, args }) =>
    command === 'queue' && action === 'vote' && args[0] === ref ? voteLabel(votes) : undefined,
  )

/**
 * The change that removes the proposer's name and note from a proposal, and a deleted vote from its
 * count; the rest of it stays.
 */
export const erasedProposal = (message: OwnText, ref: string, votes: number, unnamed: boolean): Message => ({
  ...(unnamed ? { content: '**Somebody** proposes a paper for the journal club.' } : {}),
  components: withVotes(message.components, ref, votes),
})

/** The same for the paper that comes next. Its count was that of another time, and is left out. */
export function erasedNext(message: OwnText, unnamed: boolean): Message {
  const [, ...note] = message.content.split('\n')
  return { content: ['Next in the journal club:', ...(unnamed ? [] : note)].join('\n') }
}

/** What of a message of the bot can be read back. */
interface OwnText {
  readonly content: string
  readonly components: readonly Row[]
}

/** The paper that comes next. */
export function nextCard(card: QueueCard): Message {
  const { paper, note, votes, mark } = card
  const args = [paperRef(paper.id), mark]
  const done = button({ command: 'queue', action: 'done', args }, 'Mark as discussed')
  return {
    content: withNote(`Next in the journal club, with ${votesOf(votes)}:`, note),
    embeds: [paperEmbed(card)],
    components: [buttons(done), paperRow(paper)],
  }
}

const withNote = (says: string, note: string): string =>
  note === '' ? says : `${says}\n> ${shown(note, 1002)}`

const pollAnswers = 10
/** Discord's limit for one answer of a poll. */
const answerLength = 55

/** A poll over the first proposals. Answers that look alike when shortened are numbered. */
export function queuePoll(queued: readonly Queued[], hours: number): Poll {
  const answers: string[] = []
  for (const one of queued.slice(0, pollAnswers)) {
    const text = clip(titleOfQueued(one), answerLength)
    answers.push(answers.includes(text) ? `${answers.length + 1}. ${clip(text, answerLength - 4)}` : text)
  }
  return { question: 'Which paper shall we discuss next?', answers, hours }
}
