import { PermissionFlagsBits as Bits, MessageReferenceType } from 'discord-api-types/v10'
import { Hono } from 'hono'
import { createMessage, deleteMessage, editMessage } from '../operations/messages.ts'
import { earlier, rememberNonce } from '../operations/nonces.ts'
import { demandPost } from '../operations/permission-checks.ts'
import { channelOf, demandBot, may, messageOf, permissionsIn, publicMessage } from '../state/lookup.ts'
import type { Channel, Message } from '../state/types.ts'
import type { World } from '../state/world.ts'
import type { MessageBody } from '../validation/body.ts'
import { check, validationError } from '../validation/form.ts'
import { validateMessage } from '../validation/message.ts'
import { refusal } from '../validation/refusal.ts'
import { messageView, openToBot } from '../view/message.ts'
import { readBody } from './body.ts'
import { page } from './page.ts'
import type { Env } from './pipeline.ts'

/** A message as the bot gets it over REST, where the application's own intents decide. */
export function botView(world: World, message: Message) {
  const blank = !(world.privileged & (1 << 15)) && !openToBot(world, message)
  return messageView(world, message, { viewer: world.bot.id, blank })
}

export function messageRoutes(world: World): Hono<Env> {
  const app = new Hono<Env>()

  app.get('/channels/:channel/messages', c => {
    const channel = channelOf(world, c.req.param('channel'))
    demandBot(world, channel)
    if (!(permissionsIn(world, world.bot.id, channel) & Bits.ReadMessageHistory)) return c.json([])
    const visible = [...channel.messages.values()].filter(({ audience }) => audience === undefined)
    return c.json(page(visible, c.req.query(), 50).map(message => botView(world, message)))
  })

  app.get('/channels/:channel/messages/:message', c => {
    const channel = channelOf(world, c.req.param('channel'))
    demandBot(world, channel)
    if (!may(world, world.bot.id, channel, Bits.ReadMessageHistory)) throw refusal(50001)
    return c.json(botView(world, publicMessage(channel, c.req.param('message'))))
  })

  app.post('/channels/:channel/messages', async c => {
    const channel = channelOf(world, c.req.param('channel'))
    const { json, uploads } = await readBody(c)
    c.set('body', json)
    const body = validateMessage(json, 'create', uploads.length)
    demandPost(world, channel, body, uploads.length)
    const { nonce } = body
    const before = nonce != null && body.enforce_nonce ? earlier(world, world.bot.id, nonce) : undefined
    if (before !== undefined) return c.json(botView(world, before))
    const repliesTo = repliedTo(channel, body)
    const message = createMessage(world, { channel, author: world.bot, body, uploads, repliesTo })
    if (nonce != null) rememberNonce(world, message, nonce)
    return c.json(botView(world, message))
  })

  app.patch('/channels/:channel/messages/:message', async c => {
    const channel = channelOf(world, c.req.param('channel'))
    demandBot(world, channel)
    const message = publicMessage(channel, c.req.param('message'))
    if (message.author.id !== world.bot.id) throw refusal(50005)
    const { json, uploads } = await readBody(c)
    c.set('body', json)
    const body = validateMessage(json, 'edit', uploads.length)
    if (channel.thread?.archived) throw refusal(50083)
    return c.json(botView(world, editMessage(world, message, body, uploads)))
  })

  app.delete('/channels/:channel/messages/:message', c => {
    const channel = channelOf(world, c.req.param('channel'))
    demandBot(world, channel)
    const message = publicMessage(channel, c.req.param('message'))
    if (message.author.id !== world.bot.id) {
      if (channel.guildId === undefined) throw refusal(50003)
      demandBot(world, channel, Bits.ManageMessages)
    }
    deleteMessage(world, message)
    return c.body(null, 204)
  })

  app.post('/channels/:channel/typing', c => {
    const channel = channelOf(world, c.req.param('channel'))
    demandPost(world, channel, {}, 0)
    world.bus.emit({ type: 'typing', channel, user: world.bot })
    return c.body(null, 204)
  })

  return app
}

/** @throws Refusal 50035 when the message replied to is gone and the sender minds */
function repliedTo(channel: Channel, body: MessageBody): Message | undefined {
  const reference = body.message_reference
  if (reference == null || reference.type === MessageReferenceType.Forward) return undefined
  const found = messageOf(channel, reference.message_id)
  if (found === undefined && reference.fail_if_not_exists !== false)
    check([validationError(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message')])
  return found
}
