import { startSandbox } from 'discord-sandbox'
import { expect, it, onTestFinished } from 'vitest'
import share from '../../commands/share.ts'
import { startReplica } from '../fixtures/bot-in-sandbox.ts'
import { openBotContext } from '../fixtures/members.ts'
import { cache, papers } from './share-server.ts'

it('a forum gets one post though another process is asked to share while the first one is at it', async () => {
  const bot = { ...(await openBotContext(papers)), specs: [share.spec] }
  const sandbox = await startSandbox({ botName: 'Lectern' })
  onTestFinished(() => sandbox.close())
  const replica = async () => {
    const started = await startReplica(sandbox, bot, [share])
    onTestFinished(async () => {
      await started.server.close()
      await started.connection.close()
    })
  }
  await replica()
  const forum = [...sandbox.world.channels.values()].find(one => one.name === 'journal-club')
  const alan = sandbox.person('alan')
  const asked = { paper: cache, channel: forum?.id ?? '' }
  expect((await alan.slash('general', 'share', asked)).content).toContain('Shared in')
  const warned = await alan.slash('general', 'share', asked)
  const effect = { kind: 'slow', ms: 3_000, when: 'before' } as const
  sandbox.faults.add({ method: 'POST', path: `^/channels/${forum?.id}/threads$`, effect })
  const first = warned.press('Share anyway')
  await expect.poll(() => sandbox.faults.struck).toBe(1)
  await replica()
  const second = await warned.press('Share anyway')
  expect(second.content).toContain('Discord did not confirm')
  await first
  const threads = [...sandbox.world.channels.values()].filter(
    one => one.thread !== undefined && one.parentId === forum?.id,
  )
  expect(threads).toHaveLength(2)
}, 60_000)
