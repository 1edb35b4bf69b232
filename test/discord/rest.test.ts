import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { REST } from 'discord.js'
import { pino } from 'pino'
import { expect, it, onTestFinished, vi } from 'vitest'
import { systemClock } from '../../src/delivery/clock.ts'
import { restOptions, watchRest } from '../../src/discord/rest.ts'

it('waits for no route until a year from now when the clock leapt a year and came back', async () => {
  const server = createServer((request, response) => {
    const bucket = {
      'x-ratelimit-limit': '1',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': '0.05',
    }
    response.writeHead(200, {
      'content-type': 'application/json',
      ...(request.url?.endsWith('/gateway') ? {} : bucket),
    })
    response.end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const rest = new REST(restOptions(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api`))
  rest.setToken('token')
  watchRest(rest, { token: 'token', clock: systemClock, log: pino({ level: 'silent' }) })
  const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 365 * 86_400_000)
  await rest.get('/users/@me')
  now.mockRestore()
  await rest.get('/gateway')
  expect(await rest.get('/users/@me')).toEqual({})
}, 5_000)
