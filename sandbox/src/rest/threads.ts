import {
  CreateForumThreadRequestSchema,
  CreateTextThreadWithMessageRequestSchema,
  CreateTextThreadWithoutMessageRequestSchema,
} from 'discord-api-spec/zod'
import { PermissionFlagsBits as Bits, ChannelType } from 'discord-api-types/v10'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { bitsFor } from '../operations/permission-checks.ts'
import { forumPost, type ThreadDraft, threadAlone, threadFromMessage } from '../operations/threads.ts'
import { botGuild, channelOf, demandBot, may, memberOf, publicMessage } from '../state/lookup.ts'
import type { Channel } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { check, errorsOf, readAs, validationError } from '../validation/form.ts'
import { validateMessage } from '../validation/message.ts'
import { refusal } from '../validation/refusal.ts'
import { channelView, threadMemberView } from '../view/channel.ts'
import { channelsOf } from '../view/guild.ts'
import { readBody } from './body.ts'
import { botView } from './messages.ts'
import type { Env } from './pipeline.ts'

const ThreadBody = z.looseObject({
  name: z.string().trim().min(1),
  auto_archive_duration: z.number().nullish(),
  type: z.number().nullish(),
  applied_tags: z.array(z.string()).nullish(),
  message: z.unknown().optional(),
})

type ThreadBody = z.infer<typeof ThreadBody>

export function threadRoutes(world: World): Hono<Env> {
  const app = new Hono<Env>()

  app.post('/channels/:channel/messages/:message/threads', async c => {
    const channel = channelOf(world, c.req.param('channel'))
    demandBot(world, channel)
    if (channel.type !== ChannelType.GuildText) throw refusal(50024)
    const message = publicMessage(channel, c.req.param('message'))
    const { json } = await readBody(c)
    c.set('body', json)
    check(errorsOf(CreateTextThreadWithMessageRequestSchema, json))
    const body = readAs(ThreadBody, json)
    demandBot(world, channel, Bits.CreatePublicThreads)
    const thread = threadFromMessage(world, channel, message, draftOf(world, body))
    return c.json(channelView(world, thread), 201)
  })

  app.post('/channels/:channel/threads', async c => {
    const channel = channelOf(world, c.req.param('channel'))
    demandBot(world, channel)
    if (channel.type === ChannelType.GuildForum) return postInForum(world, channel, c)
    if (channel.type !== ChannelType.GuildText) throw refusal(50024)
    const { json } = await readBody(c)
    c.set('body', json)
    check(errorsOf(CreateTextThreadWithoutMessageRequestSchema, json))
    const body = readAs(ThreadBody, json)
    const open = body.type === ChannelType.PublicThread
    demandBot(world, channel, open ? Bits.CreatePublicThreads : Bits.CreatePrivateThreads)
    const type = open ? ChannelType.PublicThread : ChannelType.PrivateThread
    const thread = threadAlone(world, channel, world.bot, { ...draftOf(world, body), type })
    return c.json(channelView(world, thread), 201)
  })

  app.get('/channels/:channel/threads/archived/public', c => {
    const channel = channelOf(world, c.req.param('channel'))
    demandBot(world, channel, Bits.ReadMessageHistory)
    const archived = [...world.channels.values()].filter(
      each => each.parentId === channel.id && each.thread?.archived,
    )
    return c.json({ threads: archived.map(each => channelView(world, each)), members: [], has_more: false })
  })

  app.get('/guilds/:guild/threads/active', c => {
    const guild = botGuild(world, c.req.param('guild'))
    const active = channelsOf(world, guild).filter(
      each => each.thread?.archived === false && may(world, world.bot.id, each, Bits.ViewChannel),
    )
    return c.json({ threads: active.map(each => channelView(world, each)), members: [] })
  })

  app.get('/channels/:channel/thread-members/:user', c => {
    const thread = threadOf(world, c.req.param('channel'))
    const user = c.req.param('user') === '@me' ? world.bot.id : c.req.param('user')
    if (!thread.state.members.has(user)) throw refusal(10007)
    return c.json(threadMemberView(thread.channel.id, thread.state, user))
  })

  app.put('/channels/:channel/thread-members/:user', c => {
    const thread = threadOf(world, c.req.param('channel'))
    const user = c.req.param('user') === '@me' ? world.bot.id : c.req.param('user')
    if (thread.state.archived) throw refusal(50083)
    if (user !== world.bot.id) demandBot(world, thread.channel, Bits.SendMessagesInThreads)
    if (memberOf(world, thread.channel.guildId ?? '', user) === undefined) throw refusal(10007)
    thread.state.members.add(user)
    return c.body(null, 204)
  })

  app.delete('/channels/:channel/thread-members/@me', c => {
    threadOf(world, c.req.param('channel')).state.members.delete(world.bot.id)
    return c.body(null, 204)
  })

  return app
}

function threadOf(world: World, id: string) {
  const channel = channelOf(world, id)
  demandBot(world, channel)
  if (channel.thread === undefined) throw refusal(50024)
  return { channel, state: channel.thread }
}

const draftOf = (world: World, body: ThreadBody): ThreadDraft => ({
  name: body.name,
  ownerId: world.bot.id,
  autoArchive: body.auto_archive_duration ?? undefined,
  tags: body.applied_tags ?? undefined,
})

/** In a forum a thread is a post: it starts with its first message. */
async function postInForum(world: World, forum: Channel, c: Context<Env>): Promise<Response> {
  const { json, uploads } = await readBody(c)
  c.set('body', json)
  const form = errorsOf(CreateForumThreadRequestSchema, json)
  check(form.filter(({ path }) => path[0] !== 'message' || path.length === 1))
  const body = readAs(ThreadBody, json)
  const first = validateMessage(body.message, 'create', uploads.length, ['message'])
  const unknown = (body.applied_tags ?? []).filter(id => !forum.tags.some(tag => tag.id === id))
  if (unknown.length > 0)
    check([validationError(['applied_tags'], 'BASE_TYPE_CHOICES', `Unknown tags: ${unknown.join(', ')}`)])
  demandBot(world, forum, Bits.SendMessages | bitsFor(first, uploads.length))
  const draft = { author: world.bot, body: first, uploads }
  const { thread, message } = forumPost(world, forum, draftOf(world, body), draft)
  return c.json({ ...channelView(world, thread), message: botView(world, message) }, 201)
}
