import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type Sandbox, startSandbox } from 'discord-sandbox'
import { describe, expect, it, onTestFinished } from 'vitest'
import { skipped, startPostgres } from '../store/postgres.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A process of `npm run serve`. @returns it, and where it takes interactions */
async function startReplica(env: Record<string, string>): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['src/launch.js', 'src/serve.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'], HTTP_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`a replica ended: ${said}`)))
    child.stdout?.on('data', chunk => {
      said += String(chunk)
      const found = /taken at (\S+\/interactions)/u.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    })
  })
  return { child, url }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** As a load balancer does: in turn, and what is cut or refused is sent to the next one. */
async function startBalancer(urls: readonly string[]): Promise<string> {
  let turn = 0
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const headers = {
      'x-signature-ed25519': String(request.headers['x-signature-ed25519']),
      'x-signature-timestamp': String(request.headers['x-signature-timestamp']),
    }
    const first = turn++
    for (let tries = 0; tries < urls.length; tries++) {
      const url = urls[(first + tries) % urls.length] ?? ''
      const answer = await fetch(url, { method: 'POST', body, headers }).catch(() => undefined)
      if (answer === undefined || answer.status >= 500) continue
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'text/plain',
      })
      response.end(Buffer.from(await answer.arrayBuffer()))
      return
    }
    response.writeHead(502).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

/** The callback addresses of interactions that the sandbox took as acknowledged. */
const acknowledged = ({ requests }: Sandbox) =>
  requests.filter(({ path, status }) => path.endsWith('/callback') && status < 300).map(({ path }) => path)

describe.skipIf(skipped)('two replicas behind a balancer, on one Postgres', () => {
  it('answer every interaction once, though one is killed', { timeout: 120_000 }, async () => {
    const postgres = await startPostgres()
    onTestFinished(() => postgres.stop())
    const sandbox = await startSandbox()
    onTestFinished(() => sandbox.close())
    const env = {
      DISCORD_TOKEN: sandbox.token,
      DISCORD_API_URL: sandbox.apiUrl,
      DATABASE_URL: await postgres.database(),
      LOG_LEVEL: 'error',
    }
    const first = await startReplica(env)
    const second = await startReplica(env)
    await sandbox.setInteractionsEndpoint(await startBalancer([first.url, second.url]))
    const ada = sandbox.person('ada')
    const papers = await ada.suggest('general', 'save', 'paper', 'model')
    // A process compiles what it runs first, which on a busy machine takes longer than Discord waits.
    for (let i = 0; i < 6; i++) await ada.slash('general', 'save', { paper: 'attention' }).catch(() => {})
    const asked: Promise<string>[] = []
    for (let i = 0; i < 40; i++) {
      if (i === 15) first.child.kill('SIGKILL')
      const act =
        i % 2 === 0
          ? ada.slash('general', 'help')
          : ada.slash('general', 'save', { paper: String(papers?.[i % (papers.length || 1)]?.value) })
      asked.push(act.then(reply => (reply.state === 'failed' ? 'failed' : 'answered'), String))
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    expect(await Promise.all(asked)).toEqual(asked.map(() => 'answered'))
    const answered = acknowledged(sandbox)
    expect(new Set(answered).size).toBe(answered.length)
    const stopped = once(second.child, 'exit')
    second.child.kill('SIGTERM')
    expect((await stopped)[0]).toBe(0)
  })
})
