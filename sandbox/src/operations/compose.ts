import {
  type APIAttachment,
  type APIEmbed,
  type APIMessage,
  type APIMessageTopLevelComponent,
  type APIPoll,
  MessageFlags,
} from 'discord-api-types/v10'
import type { World } from '../state/world.ts'
import type { Component, Embed, MessageBody, PollBody } from '../validation/body.ts'

/** A file of a request, before it becomes an attachment. */
export interface Upload {
  /** What `attachments[].id` of the same body calls it. */
  readonly slot: string
  readonly name: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** Flags that a sender may set. */
const settable =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2

export const settableFlags = (flags: number | null | undefined): number => (flags ?? 0) & settable

/** Stores the files of a body and describes them as attachments, in the order they came. */
export function attach(
  world: World,
  channelId: string,
  uploads: readonly Upload[],
  described: MessageBody['attachments'],
): APIAttachment[] {
  return uploads.map(({ slot, name, contentType, bytes }) => {
    const about = described?.find(each => each.id === slot)
    const filename = (about?.filename ?? name).replaceAll(/[^\w.-]+/gu, '_')
    const id = world.newId()
    world.files.set(id, { name: filename, contentType, bytes })
    const url = `${world.url}/attachments/${channelId}/${id}/${filename}`
    return {
      id,
      filename,
      size: bytes.byteLength,
      url,
      proxy_url: url,
      content_type: contentType,
      ...(about?.description == null ? {} : { description: about.description }),
    }
  })
}

/** Embeds as Discord sends them back: typed, without nulls, `attachment://` resolved. */
export function settleEmbeds(
  embeds: readonly Embed[] | null | undefined,
  attachments: readonly APIAttachment[],
): APIEmbed[] {
  return (embeds ?? []).map(embed => resolveLinks({ ...embed, type: 'rich' }, attachments) as APIEmbed)
}

function resolveLinks(value: unknown, attachments: readonly APIAttachment[]): unknown {
  if (typeof value === 'string' && value.startsWith('attachment://')) {
    const name = value.slice('attachment://'.length)
    return attachments.find(each => each.filename === name)?.url ?? value
  }
  if (Array.isArray(value)) return value.map(item => resolveLinks(item, attachments))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, item]) => item !== null && item !== undefined)
  return Object.fromEntries(entries.map(([key, item]) => [key, resolveLinks(item, attachments)]))
}

/** Components with the ids that Discord counts through where the sender gave none. */
export function settleComponents(
  components: readonly Component[] | null | undefined,
): APIMessageTopLevelComponent[] {
  let count = 0
  const settle = (component: Component): Component => {
    count += 1
    const id = component.id || count
    const { components: children, component: child, accessory } = component
    return {
      ...component,
      id,
      ...(children == null ? {} : { components: children.map(settle) }),
      ...(child == null ? {} : { component: settle(child) }),
      ...(accessory == null ? {} : { accessory: settle(accessory) }),
    }
  }
  return (components ?? []).map(settle) as APIMessageTopLevelComponent[]
}

/** @param now milliseconds since 1970 */
export function settlePoll(poll: PollBody, now: number): APIPoll {
  const hours = poll.duration ?? 24
  return {
    question: poll.question,
    answers: poll.answers.map(({ poll_media }, index) => ({ answer_id: index + 1, poll_media })),
    expiry: new Date(now + hours * 3_600_000).toISOString(),
    allow_multiselect: poll.allow_multiselect ?? false,
    layout_type: 1,
  } as APIPoll
}

/** The parts of a new message that its author says nothing about. */
export const emptyMessage = {
  tts: false,
  mention_everyone: false,
  mention_roles: [],
  mentions: [],
  edited_timestamp: null,
  pinned: false,
  attachments: [],
  embeds: [],
  components: [],
} satisfies Partial<APIMessage>
