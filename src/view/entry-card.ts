import { time } from '@discordjs/formatters'
import type { APIEmbed } from 'discord-api-types/v10'
import { ComponentType, TextInputStyle } from 'discord-api-types/v10'
import { paperRef } from '../corpus/ids.ts'
import { pageOf } from '../corpus/links.ts'
import type { SaveStatus } from '../store/ports.ts'
import { type Entry, entryTitle, statusNames, tagLine } from './entry.ts'
import { shown } from './escape.ts'
import { encodeId } from './ids.ts'
import { type ListState, stateArgs } from './list-state.ts'
import { accent, button, buttons } from './pieces.ts'
import type { Message, Reply, Row } from './reply.ts'

/** Code points of a note: escaped, each takes two UTF-16 units at most, so it is always shown whole. */
export const noteLength = 1000
/** UTF-16 units of a field with tags. */
export const tagsLength = 500

/** One entry, with everything that can be done with it. `back` is the part of the list it was opened from. */
export function entryCard(entry: Entry, headline: string, back?: ListState): Message {
  return { content: headline, embeds: [entryEmbed(entry)], components: entryRows(entry, back) }
}

function entryEmbed(entry: Entry): APIEmbed {
  const { save, paper } = entry
  const address = paper === undefined ? undefined : pageOf(paper)
  const tags = tagLine(save.tags, 1000)
  return {
    color: accent,
    title: entryTitle(entry, 256),
    ...(address?.kind === 'paper' ? { url: address.url } : {}),
    description: quoted(save.note) || '*No note yet.*',
    fields: [
      { name: 'Status', value: statusNames[save.status], inline: true },
      ...(tags === '' ? [] : [{ name: 'Tags', value: tags, inline: true }]),
      { name: 'Saved', value: time(new Date(save.savedAt), 'D'), inline: true },
    ],
    ...(paper === undefined ? { footer: { text: 'This paper is no longer in this corpus.' } } : {}),
  }
}

/** A note as it was written, line by line, escaped. */
export function quoted(note: string): string {
  const lines = note.split(/\s*\n\s*/u).filter(line => line !== '')
  // Beyond this many short lines the marks of the quotation would outgrow the embed.
  const shownText = lines.length > 200 ? [lines.join(' ')] : lines
  return shownText.map(line => `> ${shown(line, 2 * noteLength)}`).join('\n')
}

function entryRows({ save, paper }: Entry, back: ListState | undefined): Row[] {
  const ref = paperRef(save.paperId)
  const statusButton = (status: SaveStatus) => ({
    ...button(
      { command: 'library', action: 'mark', args: [ref, status] },
      statusNames[status],
      save.status === status ? 'main' : 'quiet',
    ),
    disabled: save.status === status,
  })
  return [
    buttons(
      statusButton('to-read'),
      statusButton('reading'),
      statusButton('read'),
      button({ command: 'library', action: 'edit', args: [ref] }, 'Note and tags'),
      button({ command: 'library', action: 'remove', args: [ref] }, 'Remove', 'danger'),
    ),
    buttons(
      ...(paper === undefined
        ? []
        : [button({ command: 'paper', action: 'open', args: [ref] }, 'Open the paper')]),
      backButton(back),
    ),
  ]
}

const backButton = (back: ListState | undefined) =>
  button({ command: 'library', action: 'page', args: stateArgs(back ?? { page: 0 }) }, 'My list')

/** Asks for confirmation before a note or tags are lost. */
export function removalQuestion(entry: Entry, back?: ListState): Message {
  const ref = paperRef(entry.save.paperId)
  return {
    content: 'Remove this paper with its note and tags from your list?',
    embeds: [entryEmbed(entry)],
    components: [
      buttons(
        button({ command: 'library', action: 'remove', args: [ref, 'yes'] }, 'Remove it', 'danger'),
        button({ command: 'library', action: 'entry', args: [ref] }, 'Keep it'),
        backButton(back),
      ),
    ],
  }
}

/** After a removal: the way back to the list, and the paper again where it is still here. */
export function removedCard(entry: Entry, back?: ListState): Message {
  const ref = paperRef(entry.save.paperId)
  return {
    content: `Removed **${entryTitle(entry, 300)}** from your list.`,
    embeds: [],
    components: [
      buttons(
        ...(entry.paper === undefined
          ? []
          : [
              button(
                { command: 'library', action: 'restore', args: [ref, entry.save.status] },
                'Put it back',
              ),
            ]),
        backButton(back),
      ),
    ],
  }
}

/**
 * The form for what a member writes about a paper.
 * @param tags as they were typed before; those that are kept when left out
 */
export function entryForm({ save }: Entry, tags = save.tags.join(', ')): Reply {
  return {
    modal: {
      custom_id: encodeId({ command: 'library', action: 'edited', args: [paperRef(save.paperId)] }),
      title: 'Note and tags',
      components: [
        {
          type: ComponentType.Label,
          label: 'Note',
          description: 'For you alone',
          component: {
            type: ComponentType.TextInput,
            custom_id: 'note',
            style: TextInputStyle.Paragraph,
            required: false,
            max_length: Math.max(noteLength, save.note.length),
            ...(save.note === '' ? {} : { value: save.note }),
          },
        },
        {
          type: ComponentType.Label,
          label: 'Tags',
          description: 'Separated by commas',
          component: {
            type: ComponentType.TextInput,
            custom_id: 'tags',
            style: TextInputStyle.Short,
            required: false,
            max_length: Math.max(tagsLength, tags.length),
            ...(tags === '' ? {} : { value: tags }),
          },
        },
      ],
    },
  }
}
