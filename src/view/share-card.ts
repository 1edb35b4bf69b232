import { channelMention } from '@discordjs/formatters'
import type { APIEmbed } from 'discord-api-types/v10'
import type { Summary } from '../answer/port.ts'
import { paperRef } from '../corpus/ids.ts'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import type { RelatedPaper } from '../search/port.ts'
import type { Tally } from '../store/ports.ts'
import { clip, shown, unescapeMarkdown, visible } from './escape.ts'
import type { ComponentId } from './ids.ts'
import { paperEmbed, paperRow } from './paper-card.ts'
import { accent, button, buttons, otherPapers, paperMenu, titleOf } from './pieces.ts'
import type { Message, Row } from './reply.ts'
import { recounted, voteButtons } from './votes.ts'

/** Characters that a note on a shared or proposed paper can have. */
export const noteLimit = 500

/** A note as people wrote it, on one line, within the limit. */
export const tidyNote = (text: string): string => clip(visible(text), noteLimit)

export interface SharedPaper {
  readonly postId: string
  readonly paper: Paper
  readonly summary: Summary
  readonly related: readonly RelatedPaper[]
  /** The name of who shares it, as plain text. */
  readonly sharer: string
  readonly note: string
}

/** What `/share` posts: who shares it and why, the paper, and the buttons to vote with. */
export function shareCard({ postId, paper, summary, related, sharer, note }: SharedPaper): Message {
  const name = shown(sharer, 100) || 'Somebody'
  return {
    content:
      note === '' ? `**${name}** shares a paper.` : `**${name}** shares a paper.\n> ${shownNote(note)}`,
    embeds: [paperEmbed({ paper, summary, related })],
    components: [buttons(...voteButtons(postId, paper)), paperRow(paper)],
  }
}

/** The change that removes the name and the note from a shared paper's message and updates its counts; the rest stays. */
export const erasedShare = (
  rows: readonly Row[],
  tallies: ReadonlyMap<string, Tally> | undefined,
  unnamed: boolean,
): Message => ({
  ...(unnamed ? { content: '**Somebody** shares a paper.' } : {}),
  ...(tallies === undefined ? {} : { components: recounted(rows, tallies) }),
})

/** Escaping can double a text and add a character at its start. */
const shownNote = (note: string): string => shown(note, 2 * noteLimit + 2)

/** The name of a thread or a forum's post about a paper: plain text, 100 characters at most. */
export const threadName = (paper: Paper): string => clip(visible(readable(paper.title)), 100) || 'Untitled'

/** What a button of a pending share carries; the note is in its message. */
export interface Pending {
  readonly paper: Paper
  readonly channelId: string
  readonly note: string
  readonly thread: boolean
  /** Id of the interaction that began it: however often it is clicked, the paper is shared once. */
  readonly seed: string
}

const flags = ({ thread }: Pending): string => (thread ? 't' : '-')

/** The button whose argument is the paper that may be shared. */
export const shareButton = { command: 'share', action: 'go' } as const

const argsOf = (pending: Pending): string[] => [
  paperRef(pending.paper.id),
  pending.channelId,
  flags(pending),
  pending.seed,
]

const shareAction = (pending: Pending): ComponentId => ({ ...shareButton, args: argsOf(pending) })

/** Opens the form for a share again. */
export const againId = (pending: Pending): ComponentId => ({
  command: 'share',
  action: 'again',
  args: argsOf(pending),
})

/** Asks for confirmation before posting; `text` gives the reason. */
export function pendingShare(pending: Pending, text: string, go: string): Message {
  return {
    content: text,
    embeds: [pendingEmbed(pending)],
    components: [buttons(button(shareAction(pending), go, 'main'))],
  }
}

function pendingEmbed({ paper, note }: Pending): APIEmbed {
  return {
    color: accent,
    title: titleOf(paper),
    ...(note === '' ? {} : { description: shownNote(note) }),
  }
}

/** The note of a pending share, from its message. */
export const pendingNote = (description: string | undefined): string =>
  tidyNote(unescapeMarkdown(description ?? ''))

/**
 * For a text that somebody typed: shares nothing before they said which paper they mean.
 * @param hits all papers that fit, the one to be shared among them
 */
export function chooseShare(pending: Pending, hits: readonly Paper[]): Message {
  const { channelId, seed } = pending
  const { others, place } = otherPapers(hits, pending.paper)
  const menu = paperMenu(
    { command: 'share', action: 'choose', args: [channelId, flags(pending), seed, place] },
    'Or another paper that fits',
    others,
  )
  const ask = pendingShare(pending, `Shall I post this one in ${channelMention(channelId)}?`, 'Share')
  return { ...ask, components: [...(ask.components ?? []), ...(menu === undefined ? [] : [menu])] }
}
