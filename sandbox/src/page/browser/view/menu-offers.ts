import { type APISelectMenuComponent, ComponentType } from 'discord-api-types/v10'
import { channels, type Known, type Offer, roles, users } from '../composer/offers.ts'

/** What a menu lists: its own options, or who and what is there. */
export function menuOffers(part: APISelectMenuComponent, known: Known): readonly Offer[] {
  switch (part.type) {
    case ComponentType.StringSelect:
      return part.options.map(({ label, description, value, emoji }) => ({
        label: emoji?.name === undefined ? label : `${emoji.name} ${label}`,
        detail: description,
        value,
      }))
    case ComponentType.UserSelect:
      return users(known)
    case ComponentType.RoleSelect:
      return roles(known)
    case ComponentType.MentionableSelect:
      return [...users(known), ...roles(known)]
    case ComponentType.ChannelSelect:
      return channels(known, part.channel_types)
  }
}

const remembered = new WeakMap<APISelectMenuComponent, readonly string[]>()

/** What is chosen before anybody chooses: the same list each time, so that drawing again undoes no choice. */
export function menuChosen(part: APISelectMenuComponent): readonly string[] {
  const known = remembered.get(part)
  if (known !== undefined) return known
  const chosen =
    part.type === ComponentType.StringSelect
      ? part.options.filter(option => option.default === true).map(({ value }) => value)
      : (part.default_values ?? []).map(({ id }) => id)
  remembered.set(part, chosen)
  return chosen
}
