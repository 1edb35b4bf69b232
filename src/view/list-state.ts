import { paperRef } from '../corpus/ids.ts'
import type { SaveStatus } from '../store/ports.ts'
import { decodeId } from './ids.ts'
import type { Row } from './reply.ts'

/** The part of a member's list that a message shows. */
export interface ListState {
  /** From 0. */
  readonly page: number
  readonly status?: SaveStatus | undefined
  /** A `tagRef`: tags may contain any letters, custom ids may not. */
  readonly tag?: string | undefined
}

/** The reference for a tag in a custom id. */
export const tagRef = (tag: string): string => paperRef(tag)

export const stateArgs = ({ page, status = undefined, tag = undefined }: ListState): string[] => [
  String(page),
  status ?? '',
  tag ?? '',
]

/** The state that a custom id's arguments name; anything that is none becomes the whole list. */
export function stateOf([page = '', status = '', tag = '']: readonly string[]): ListState {
  return {
    page: /^\d{1,6}$/u.test(page) ? Number(page) : 0,
    status: statusOf(status),
    tag: tag === '' ? undefined : tag,
  }
}

export const statusOf = (text: string): SaveStatus | undefined =>
  text === 'to-read' || text === 'reading' || text === 'read' ? text : undefined

/** The state that a message's button back to the list carries. */
export function stateIn(components: readonly Row[] | undefined): ListState | undefined {
  for (const part of (components ?? []).flatMap(row => row.components)) {
    const id = 'custom_id' in part ? decodeId(part.custom_id) : 'older'
    if (id !== 'older' && id.command === 'library' && id.action === 'page') return stateOf(id.args)
  }
  return undefined
}
