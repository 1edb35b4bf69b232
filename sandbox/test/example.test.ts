import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import * as packaged from '../index.js'
import * as source from '../src/index.ts'
import { startSandbox } from '../src/index.ts'

const entry = (name: string) =>
  isAbsolute(name) ? name : fileURLToPath(new URL(`../${name}`, import.meta.url))

function start(file: string, args: string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [entry(file), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => (said += text))
  return { child, said: () => said }
}

test('the example bot answers a command', async () => {
  const sandbox = await startSandbox()
  onTestFinished(() => sandbox.close())
  start('examples/ping.ts', [], { DISCORD_API_URL: sandbox.apiUrl, DISCORD_TOKEN: sandbox.token })
  await sandbox.online()
  await expect
    .poll(() => sandbox.requests.some(({ path }) => path.endsWith('/commands')), { timeout: 10_000 })
    .toBe(true)
  const reply = await sandbox.person('ada').slash('general', 'ping')
  expect(reply.content).toMatch(/^Pong, \d+ ms\.$/)
})

test('the command prints what a bot needs, and stops when it is asked to', async () => {
  const { child, said } = start('bin/discord-sandbox.js', ['--port', '0', '--token', 'a-token-of-my-own'])
  await expect.poll(said, { timeout: 20_000 }).toContain('Token  a-token-of-my-own')
  expect(said()).toMatch(/Open {3}http:\/\/127\.0\.0\.1:\d+\n/)
  const ended = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test.each([[['--port', 'many']], [['--nonsense']], [['--port', '70000']]])(
  '%j is refused with the usage',
  async args => {
    const { child, said } = start('bin/discord-sandbox.js', args)
    expect(await new Promise(resolve => child.once('exit', resolve))).toBe(1)
    expect(said()).toContain('Usage: discord-sandbox')
    expect(said()).not.toContain('    at ')
  },
)

test('the package gives what its source gives', () => {
  expect(Object.keys(packaged).sort()).toEqual(Object.keys(source).sort())
})

test('works once it is installed, where Node strips no types', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'discord-sandbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const modules = join(folder, 'node_modules')
  mkdirSync(modules)
  const installed = entry('../node_modules')
  for (const name of readdirSync(installed))
    if (name !== 'discord-sandbox') symlinkSync(join(installed, name), join(modules, name))
  cpSync(entry('.'), join(modules, 'discord-sandbox'), {
    recursive: true,
    filter: from => !/[/\\](?:test|node_modules)$/u.test(from),
  })
  const { said } = start(join(modules, 'discord-sandbox/bin/discord-sandbox.js'), [
    '--port',
    '0',
    '--name',
    'Cat',
  ])
  await expect.poll(said, { timeout: 20_000 }).toMatch(/Open {3}http\S+\n/)
  const url = /http:\S+/.exec(said())?.[0] ?? ''
  const script = await fetch(new URL('/page/page.js', url))
  expect([script.status, (await script.text()).length > 10_000]).toEqual([200, true])
})
