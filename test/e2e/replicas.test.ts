import { once } from 'node:events'
import { type Sandbox, startSandbox } from 'discord-sandbox'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBalancer, startReplica } from '../fixtures/replicas.ts'
import { skipped, startPostgres } from '../store/postgres.ts'

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
