import { ComponentType, InteractionType } from 'discord-api-types/v10'
import type { Channel, Interaction, Message, Person } from '../state/types.ts'
import type { World } from '../state/world.ts'
import type { Component } from '../validation/body.ts'
import { walk } from '../validation/components.ts'
import type { ModalBody } from '../validation/modal.ts'
import { begin } from './interact.ts'
import { resolveMentionable } from './options.ts'
import { createResolver, type Resolver } from './resolve.ts'
import { findChannel, findMessage } from './scope.ts'
import { UserApiError } from './user-api-error.ts'

const partsOf = (message: Message): Component[] =>
  [...walk(message.data.components as Component[], [])].map(({ component }) => component)

/** An enabled component of a message. */
function findPart(message: Message, customId: string): Component {
  const part = partsOf(message).find(({ custom_id }) => custom_id === customId)
  if (part === undefined) throw new UserApiError(404, 'the message has no such component')
  if (part.disabled) throw new UserApiError(400, 'it is disabled')
  return part
}

export function press(
  world: World,
  person: Person,
  channelId: string,
  id: string,
  customId: string,
): Interaction {
  const message = findMessage(world, person, channelId, id)
  const part = findPart(message, customId)
  if (part.type !== ComponentType.Button) throw new UserApiError(400, 'that is no button')
  return use(world, person, findChannel(world, person, channelId), message, part, undefined)
}

export function select(
  world: World,
  person: Person,
  channelId: string,
  id: string,
  customId: string,
  values: readonly string[],
): Interaction {
  const message = findMessage(world, person, channelId, id)
  const part = findPart(message, customId)
  if (part.type === ComponentType.Button) throw new UserApiError(400, 'that is no menu')
  checkValues(part, values)
  return use(world, person, findChannel(world, person, channelId), message, part, values)
}

/** What a modified client could send: a component that the message need not have, with any values. */
export function sendRaw(
  world: World,
  person: Person,
  message: Message,
  part: Pick<Component, 'type'> & { custom_id: string },
  values?: readonly string[],
): Interaction {
  return use(world, person, findChannel(world, person, message.channelId), message, part, values)
}

function checkValues(part: Component, values: readonly string[]): void {
  const least = part.min_values ?? 1
  const most = part.max_values ?? 1
  if (values.length < least || values.length > most) throw new UserApiError(400, `choose ${least} to ${most}`)
  const unknown = values.find(value => part.options && !part.options.some(option => option.value === value))
  if (unknown !== undefined) throw new UserApiError(400, `“${unknown}” is not on the menu`)
}

function use(
  world: World,
  person: Person,
  channel: Channel,
  message: Message,
  part: Component,
  values: readonly string[] | undefined,
): Interaction {
  const resolver = createResolver(world, person, channel)
  for (const value of values ?? []) resolveValue(part, value, resolver)
  return begin(world, person, channel, {
    type: InteractionType.MessageComponent,
    command: undefined,
    source: message,
    data: {
      id: part.id ?? 0,
      custom_id: part.custom_id,
      component_type: part.type,
      ...(values === undefined ? {} : { values, resolved: resolver.resolved }),
    },
  })
}

function resolveValue(part: Component, value: string, resolver: Resolver): void {
  if (part.type === ComponentType.UserSelect) resolver.user(value)
  else if (part.type === ComponentType.RoleSelect) resolver.role(value)
  else if (part.type === ComponentType.ChannelSelect) resolver.channel(value, part.channel_types ?? [])
  else if (part.type === ComponentType.MentionableSelect) resolveMentionable(value, resolver)
}

/**
 * Sends the form that an interaction of this person was answered with.
 * @param fields by custom id; lists for menus
 */
export function submitModal(
  world: World,
  person: Person,
  interactionId: string,
  fields: Readonly<Record<string, string | readonly string[]>>,
): Interaction {
  const from = world.interactions.get(interactionId)
  if (from?.state !== 'modal' || from.user.id !== person.user.id) throw new UserApiError(404, 'no such form')
  const channel = findChannel(world, person, from.channelId)
  const modal = from.answer as ModalBody
  const resolver = createResolver(world, person, channel)
  const filled = modal.components.map((part, index) => fill(part, fields, resolver, index + 1))
  return begin(world, person, channel, {
    type: InteractionType.ModalSubmit,
    command: undefined,
    source: from.source,
    data: { custom_id: modal.custom_id, components: filled, resolved: resolver.resolved },
  })
}

function fill(
  part: Component,
  fields: Readonly<Record<string, string | readonly string[]>>,
  resolver: Resolver,
  id: number,
): unknown {
  if (part.components != null)
    return { type: part.type, id, components: part.components.map(each => fill(each, fields, resolver, id)) }
  if (part.component != null)
    return { type: part.type, id, component: fill(part.component, fields, resolver, id) }
  if (part.custom_id == null) return { type: part.type, id }
  const given = fields[part.custom_id]
  const base = { type: part.type, id, custom_id: part.custom_id }
  if (part.type !== ComponentType.TextInput) {
    const values = given === undefined ? [] : [given].flat()
    if (part.required !== false) checkValues(part, values)
    for (const value of values) resolveValue(part, value, resolver)
    return { ...base, values }
  }
  const value = String(given ?? part.value ?? '')
  checkText(part, value)
  return { ...base, value }
}

function checkText(part: Component, value: string): void {
  if (value === '' && part.required === false) return
  if (value.length < (part.min_length ?? 1)) throw new UserApiError(400, `“${part.custom_id}” is too short`)
  if (value.length > (part.max_length ?? 4000)) throw new UserApiError(400, `“${part.custom_id}” is too long`)
}
