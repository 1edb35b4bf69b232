import type { TextChannel } from 'discord.js'
import { expect, test } from 'vitest'
import { createLimits } from '../src/rest/limits.ts'
import { startSandbox } from '../src/sandbox.ts'
import { startClientFixture } from './fixture.ts'

const post = 'POST /channels/:channel/messages'

test('a bucket empties, says so, and fills again', () => {
  let now = 0
  const limits = createLimits(() => now)
  const left = () => limits.check(post, '/channels/1', false)
  for (const remaining of ['4', '3', '2', '1', '0'])
    expect(left()).toMatchObject({ retryAfter: undefined, headers: { 'X-RateLimit-Remaining': remaining } })
  now = 1000
  expect(left()).toMatchObject({ retryAfter: 4, global: false, headers: { 'Retry-After': '4' } })
  expect(limits.check(post, '/channels/2', false).retryAfter).toBeUndefined()
  now = 5000
  expect(left().retryAfter).toBeUndefined()
})

test('all channels share one bucket name, and all routes 50 requests a second', () => {
  let now = 0
  const limits = createLimits(() => now)
  const bucket = (channel: number) =>
    limits.check(post, `/channels/${channel}`, false).headers['X-RateLimit-Bucket']
  expect(bucket(1)).toBe(bucket(2))
  for (let channel = 3; channel <= 50; channel += 1) bucket(channel)
  expect(limits.check(post, '/channels/51', false)).toMatchObject({ global: true, retryAfter: 1 })
  expect(limits.check('POST /interactions/:interaction/:token/callback', '', true).retryAfter).toBeUndefined()
  now = 1000
  expect(limits.check(post, '/channels/52', false).retryAfter).toBeUndefined()
})

test('discord.js keeps to the limits it reads', async () => {
  const { sandbox, client, close } = await startClientFixture()
  const general = client.channels.cache.find(each => 'name' in each && each.name === 'general') as TextChannel
  await Promise.all(Array.from({ length: 7 }, (_, index) => general.send(String(index))))
  expect(sandbox.requests.filter(({ status }) => status === 429)).toEqual([])
  expect(sandbox.person('ada').messages('general')).toHaveLength(7)
  await close()
})

test('a client that does not is told to wait', async () => {
  const sandbox = await startSandbox()
  const [channel] = sandbox.person('ada').overview().guilds[0]?.channels ?? []
  const answers = await Promise.all(
    Array.from({ length: 6 }, () =>
      fetch(`${sandbox.apiUrl}/v10/channels/${channel?.id}/messages`, {
        method: 'POST',
        headers: { authorization: `Bot ${sandbox.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ content: 'x' }),
      }),
    ),
  )
  const late = answers.find(({ status }) => status === 429)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(5)
  expect(late?.headers.get('x-ratelimit-scope')).toBe('user')
  expect(await late?.json()).toMatchObject({ message: 'You are being rate limited.', global: false })
  await sandbox.close()
})
