import { codeBlock } from '@discordjs/formatters'
import type { APIEmbed } from 'discord-api-types/v10'
import type { ComponentId } from './ids.ts'
import { accent, button, buttons } from './pieces.ts'
import type { Reply, Row } from './reply.ts'

/** What is read of a message. */
interface Embedding {
  readonly embeds: readonly {
    readonly title?: string | undefined
    readonly description?: string | undefined
  }[]
}

/** What somebody typed into a form, by the fields' labels. */
export type Typed = Readonly<Record<string, string>>

/** Between grave accents, so that three of them do not end a code block. */
const apart = '\u200b'

/** An embed for each field that was filled in, with its text as it was typed. */
export const typedEmbeds = (typed: Typed): APIEmbed[] =>
  Object.entries(typed)
    .filter(([, text]) => text !== '')
    .map(([label, text]) => ({
      color: accent,
      title: label,
      description: codeBlock(text.replaceAll('`', `\`${apart}`)),
    }))

/** What such a message shows; nothing for other messages. */
export function typedIn(message: Embedding | undefined): Typed {
  const found = (message?.embeds ?? []).flatMap(({ title, description = '' }): [string, string][] => {
    const [, text] = /^```\n([\s\S]*)\n```$/u.exec(description) ?? []
    return title === undefined || text === undefined ? [] : [[title, text.replaceAll(`\`${apart}`, '`')]]
  })
  return Object.fromEntries(found)
}

/** @param id of the action that opens the form again */
export const againRow = (id: ComponentId): Row => buttons(button(id, 'Try again', 'main'))

/**
 * A form is gone once it is sent: says what is wrong with it, shows what was typed to whoever typed it, and opens it
 * again with that. Nothing of it is stored but in this message.
 * @example formAgain('There is no time zone **Mars**.', { command: 'follow', action: 'again', args: [] }, { Topic: 'caches' })
 */
export const formAgain = (problem: string, id: ComponentId, typed: Typed): Reply => ({
  audience: 'ephemeral',
  content: problem,
  embeds: typedEmbeds(typed),
  components: [againRow(id)],
})
