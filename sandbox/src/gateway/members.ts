import type { z } from 'zod'
import type { World } from '../state/world.ts'
import { memberView } from '../view/people.ts'
import type { RequestMembers } from './frames.ts'

/** The answer to a client that asks for members; a sandbox server always fits one chunk. */
export function membersChunk(world: World, asked: z.infer<typeof RequestMembers>) {
  const guild = world.guilds.get(asked.guild_id)
  const inside = guild?.members.has(world.bot.id) ? [...guild.members.values()] : []
  const ids = asked.user_ids === undefined ? undefined : [asked.user_ids].flat()
  const prefix = asked.query?.toLowerCase() ?? ''
  const wanted =
    ids === undefined
      ? inside.filter(({ user, nick }) =>
          [user.username, nick ?? ''].some(name => name.toLowerCase().startsWith(prefix)),
        )
      : inside.filter(({ user }) => ids.includes(user.id))
  const limit = asked.limit || wanted.length
  return {
    guild_id: asked.guild_id,
    members: wanted.slice(0, limit).map(memberView),
    chunk_index: 0,
    chunk_count: 1,
    not_found: ids?.filter(id => !inside.some(({ user }) => user.id === id)) ?? [],
    ...(asked.nonce === undefined ? {} : { nonce: asked.nonce }),
  }
}
