import { PermissionFlagsBits as Bits } from 'discord-api-types/v10'
import { Hono } from 'hono'
import { closePoll } from '../operations/messages.ts'
import { addReaction, removeReaction } from '../operations/reactions.ts'
import { channelOf, demandBot, publicMessage, userOf } from '../state/lookup.ts'
import type { World } from '../state/world.ts'
import { refusal } from '../validation/refusal.ts'
import { botView } from './messages.ts'
import type { Env } from './pipeline.ts'

const reactions = '/channels/:channel/messages/:message/reactions'

/** Reactions and polls: what people do to a message. */
export function reactionRoutes(world: World): Hono<Env> {
  const app = new Hono<Env>()
  const find = (channelId: string, messageId: string, bits = 0n) => {
    const channel = channelOf(world, channelId)
    demandBot(world, channel, bits)
    return { channel, message: publicMessage(channel, messageId) }
  }

  app.put(`${reactions}/:emoji/@me`, c => {
    const { channel: id, message: messageId, emoji } = c.req.param()
    const { channel, message } = find(id, messageId, Bits.ReadMessageHistory)
    if (!message.reactions.has(emoji)) demandBot(world, channel, Bits.AddReactions)
    addReaction(world, message, world.bot.id, emoji)
    return c.body(null, 204)
  })

  app.delete(`${reactions}/:emoji/@me`, c => {
    const { message } = find(c.req.param('channel'), c.req.param('message'))
    removeReaction(world, message, world.bot.id, c.req.param('emoji'))
    return c.body(null, 204)
  })

  app.delete(`${reactions}/:emoji/:user`, c => {
    const { message } = find(c.req.param('channel'), c.req.param('message'), Bits.ManageMessages)
    removeReaction(world, message, c.req.param('user'), c.req.param('emoji'))
    return c.body(null, 204)
  })

  app.delete(`${reactions}/:emoji`, c => {
    const { message } = find(c.req.param('channel'), c.req.param('message'), Bits.ManageMessages)
    for (const user of [...(message.reactions.get(c.req.param('emoji')) ?? [])])
      removeReaction(world, message, user, c.req.param('emoji'))
    return c.body(null, 204)
  })

  app.delete(reactions, c => {
    const { message } = find(c.req.param('channel'), c.req.param('message'), Bits.ManageMessages)
    for (const [emoji, users] of [...message.reactions])
      for (const user of [...users]) removeReaction(world, message, user, emoji)
    return c.body(null, 204)
  })

  app.get(`${reactions}/:emoji`, c => {
    const { message } = find(c.req.param('channel'), c.req.param('message'), Bits.ReadMessageHistory)
    const users = message.reactions.get(c.req.param('emoji')) ?? []
    return c.json([...users].flatMap(id => userOf(world, id) ?? []).slice(0, 100))
  })

  app.get('/channels/:channel/polls/:message/answers/:answer', c => {
    const { message } = find(c.req.param('channel'), c.req.param('message'))
    const voters = message.poll?.votes.get(Number(c.req.param('answer')))
    if (voters === undefined) throw refusal(10008)
    return c.json({ users: [...voters].flatMap(id => userOf(world, id) ?? []) })
  })

  app.post('/channels/:channel/polls/:message/expire', c => {
    const { message } = find(c.req.param('channel'), c.req.param('message'))
    if (message.poll === undefined) throw refusal(10008)
    if (message.author.id !== world.bot.id) throw refusal(50013)
    if (message.poll.finalized) throw refusal(520006)
    closePoll(world, message)
    return c.json(botView(world, message))
  })

  return app
}
