import type { APIUser } from 'discord-api-types/v10'
import type { Channel, Guild, Interaction, Member, Message, Role } from './types.ts'

/** What happens in the sandbox. The gateway tells the bot, the person's side tells the page and the tests. */
export type WorldEvent =
  | { readonly type: 'message' | 'message-edited' | 'message-deleted'; readonly message: Message }
  | {
      readonly type: 'reaction-added' | 'reaction-removed'
      readonly message: Message
      readonly user: string
      readonly emoji: string
    }
  | {
      readonly type: 'vote-added' | 'vote-removed'
      readonly message: Message
      readonly user: string
      readonly answer: number
    }
  | { readonly type: 'channel' | 'channel-edited' | 'channel-deleted'; readonly channel: Channel }
  | { readonly type: 'guild-joined' | 'guild-left' | 'guild-edited'; readonly guild: Guild }
  | {
      readonly type: 'member' | 'member-edited' | 'member-left'
      readonly guild: Guild
      readonly member: Member
    }
  | { readonly type: 'role-edited'; readonly guild: Guild; readonly role: Role }
  | { readonly type: 'typing'; readonly channel: Channel; readonly user: APIUser }
  | { readonly type: 'interaction' | 'interaction-changed'; readonly interaction: Interaction }
  | { readonly type: 'commands' }
  | { readonly type: 'bot'; readonly online: boolean }
  /** The clock was moved on. */
  | { readonly type: 'clock' }

export interface Bus {
  emit(event: WorldEvent): void
  /** Returns what ends the listening. */
  on(listener: (event: WorldEvent) => void): () => void
}

export function createBus(): Bus {
  const listeners = new Set<(event: WorldEvent) => void>()
  return {
    emit(event) {
      for (const listener of [...listeners]) listener(event)
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
