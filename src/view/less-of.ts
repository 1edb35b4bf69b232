import type { APIEmbed } from 'discord-api-types/v10'
import { ComponentType } from 'discord-api-types/v10'
import { hash, paperRef } from '../corpus/ids.ts'
import type { Mute } from '../store/choice-ports.ts'
import { clip, shown } from './escape.ts'
import { type ComponentId, encodeId } from './ids.ts'
import { limits } from './limits.ts'
import { accent, button, buttons, capitalized, fitCounted, label } from './pieces.ts'
import type { Message, Row } from './reply.ts'

/** A paper that there is to be less like, as it is listed. The title is plain. */
export interface DislikeView {
  readonly paperId: string
  readonly title: string
  readonly members: number
  /** Whether whoever sees the list can take it back. */
  readonly mayTakeBack: boolean
}

/** What there is to be less of, for a daily pick or a member's digests. */
export interface LessOf {
  readonly dislikes: readonly DislikeView[]
  readonly mutes: readonly Mute[]
  readonly mayUnmute: boolean
}

/** UTF-16 units of the list. */
const listLength = 1_400

/** How a menu's option, or a choice, names a muted word or author. */
export const muteRef = ({ kind, key }: Pick<Mute, 'kind' | 'key'>): string =>
  `m.${hash(`${kind} ${key}`, 16)}`
/** The same of a paper that there is to be less like. */
export const dislikeRef = (paperId: string): string => `d.${paperRef(paperId)}`

export const muteLabel = ({ kind, said }: Mute): string =>
  label(kind === 'word' ? `The word ${said}` : `By ${said}`)

const dislikeLine = ({ title, members }: DislikeView): string =>
  `• less like *${shown(title, 100)}*${members > 1 ? ` · ${members} members` : ''}`
const muteLine = ({ kind, said }: Mute): string =>
  kind === 'word' ? `• nothing with **${shown(said, 100)}**` : `• nothing by **${shown(said, 100)}**`

/** The list; undefined when there is nothing on it. */
export function lessOfEmbed({ dislikes, mutes }: LessOf): APIEmbed | undefined {
  const lines = [...mutes.map(muteLine), ...dislikes.map(dislikeLine)]
  if (lines.length === 0) return undefined
  return { color: accent, title: 'Less of this', description: fitCounted(lines, listLength) }
}

/** The same in a few words, for a line of a list: `Less like 2 papers, nothing with blockchain`; '' for nothing. */
export function lessOfText({ dislikes, mutes }: LessOf): string {
  const count = dislikes.length
  const parts = [
    ...(count === 0 ? [] : [`less like ${count} ${count === 1 ? 'paper' : 'papers'}`]),
    ...mutes.map(({ kind, said }) => `nothing ${kind === 'word' ? 'with' : 'by'} ${said}`),
  ]
  return clip(capitalized(parts.join(', ')), 150)
}

/** Menus to take back what may be taken back. @param args of the menus' custom ids, before `d` or `m` */
export function takeBackRows(command: string, args: readonly string[], lessOf: LessOf): Row[] {
  const { dislikes, mutes, mayUnmute } = lessOf
  const papers = dislikes
    .filter(({ mayTakeBack }) => mayTakeBack)
    .map(({ paperId, title }) => ({ label: label(`Less like ${title}`), value: dislikeRef(paperId) }))
  const muted = mayUnmute ? mutes.map(mute => ({ label: muteLabel(mute), value: muteRef(mute) })) : []
  const id = (kind: string) => ({ command, action: 'takeBack', args: [...args, kind] })
  return [menu(id('d'), 'Take back a “less like this”', papers), menu(id('m'), 'Unmute', muted)].filter(
    row => row !== undefined,
  )
}

function menu(
  id: ComponentId,
  placeholder: string,
  options: readonly { label: string; value: string }[],
): Row | undefined {
  const distinct = [...new Map(options.map(option => [option.value, option])).values()]
  if (distinct.length === 0) return undefined
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: encodeId(id),
        placeholder,
        options: distinct.slice(0, limits.options),
      },
    ],
  }
}

/** Tells what a press of “Less like this” did, and takes it back. Texts are Markdown. */
export const lessLikeThis = (text: string, undo: ComponentId): Message => ({
  content: text,
  embeds: [],
  components: [buttons(button(undo, 'Undo'))],
})
