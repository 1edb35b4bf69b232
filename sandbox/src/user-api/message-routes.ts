import { type Context, Hono } from 'hono'
import { z } from 'zod'
import * as api from '../person-api.ts'
import { paths } from '../person-api.ts'
import { byAge } from '../snowflake.ts'
import type { Message } from '../state/types.ts'
import type { World } from '../state/world.ts'
import {
  castVote,
  openConversation,
  react,
  remove,
  rewrite,
  sendMessage,
  startThread,
  unreact,
} from './messages.ts'
import { param, parse, read, who } from './request.ts'
import { channelFor, findChannel, viewFor } from './scope.ts'

const at = [':person', ':channel', ':message'] as const
const [person, channel] = at

const History = z.object({
  before: z.string().regex(/^\d+$/).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** What people do with messages and threads. */
export function talkRoutes(world: World): Hono {
  const app = new Hono()
  const shown = (c: Context, message: Message) => c.json(viewFor(world, who(world, c), message))
  const place = (c: Context) => [world, who(world, c), param(c, 'channel')] as const

  app.get(paths.messages(person, channel), c => {
    const { before, limit } = parse(History, c.req.query())
    const someone = who(world, c)
    const seen = [...findChannel(...place(c)).messages.values()]
      .filter(({ audience }) => audience === undefined || audience === someone.user.id)
      .filter(({ id }) => before === undefined || byAge(id, before) < 0)
      .sort((a, b) => byAge(a.id, b.id))
    return c.json(seen.slice(-limit).map(message => viewFor(world, someone, message)))
  })

  app.post(paths.messages(person, channel), async c =>
    shown(c, sendMessage(...place(c), await read(c, api.SendMessage))),
  )

  app.patch(paths.message(...at), async c => {
    const { content } = await read(c, api.EditMessage)
    return shown(c, rewrite(...place(c), param(c, 'message'), content))
  })

  app.delete(paths.message(...at), c => {
    remove(...place(c), param(c, 'message'))
    return c.body(null, 204)
  })

  app.put(paths.reaction(...at), async c => {
    const { emoji } = await read(c, api.React)
    return shown(c, react(...place(c), param(c, 'message'), emoji))
  })

  app.delete(paths.reaction(...at), async c => {
    const { emoji } = await read(c, api.React)
    return shown(c, unreact(...place(c), param(c, 'message'), emoji))
  })

  app.put(paths.vote(...at), async c => {
    const { answers } = await read(c, api.Vote)
    return shown(c, castVote(...place(c), param(c, 'message'), answers))
  })

  app.post(paths.threads(person, channel), async c => {
    const asked = await read(c, api.StartThread)
    return c.json(channelFor(world, who(world, c), startThread(...place(c), asked)))
  })

  app.post(paths.directMessages(person), async c => {
    const { user } = await read(c, api.OpenDirectMessage)
    const someone = who(world, c)
    return c.json(channelFor(world, someone, openConversation(world, someone, user)))
  })

  return app
}
