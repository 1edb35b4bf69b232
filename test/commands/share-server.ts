import type { APIMessage } from 'discord-api-types/v10'
import share from '../../commands/share.ts'
import { choiceOf } from '../../src/bot/options.ts'
import { papersFrom } from '../fixtures/members.ts'
import { openSharedServer, type SharedServer, type SharedServerOptions } from '../fixtures/shared-server.ts'
import { withSummaries } from './summaries.ts'

export const papers = papersFrom([
  { title: 'Key value caches for transformers', url: 'https://arxiv.org/abs/2405.00001' },
  { title: 'Speculative decoding of long answers' },
  { id: '10.1145/2407085.2407086', title: 'Mixture of experts at the edge' },
])
export const cache = choiceOf('p1')
export const openServer = (options: Pick<SharedServerOptions, 'clock'> = {}) =>
  openSharedServer({ papers, commands: [share], wrap: withSummaries, ...options })
export const channel = (server: SharedServer, name: string) =>
  [...server.sandbox.world.channels.values()].find(one => one.name === name)!
export const posts = (server: SharedServer, name: string): APIMessage[] =>
  server.sandbox
    .person('ada')
    .messages(name)
    .filter(message => message.author.bot && ((message.flags ?? 0) & 64) === 0)
export const threads = (server: SharedServer, parent: string) =>
  [...server.sandbox.world.channels.values()].filter(
    one => one.thread !== undefined && one.parentId === channel(server, parent).id,
  )
export const labels = (message: APIMessage) =>
  (message.components as { components?: { label?: string }[] }[] | undefined)
    ?.flatMap(row => row.components ?? [])
    .map(part => part.label)
