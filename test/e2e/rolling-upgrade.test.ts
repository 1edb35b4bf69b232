import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Reply, startSandbox } from 'discord-sandbox'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openPostgres } from '../../src/store/open.ts'
import { dailiesDueNow } from '../fixtures/dailies-due-now.ts'
import { startBalancer, startReplica } from '../fixtures/replicas.ts'
import { skipped, startPostgres } from '../store/postgres.ts'

const root = resolve(import.meta.dirname, '../..')
const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()

/** The commit before the one that last changed the database; undefined where the history does not reach back. */
function commitBefore(): string | undefined {
  try {
    const changed = git('log', '-1', '--diff-filter=A', '--format=%H', '--', 'src/store/migrations/0*.ts')
    return git('rev-parse', '--verify', '--quiet', `${changed}^`)
  } catch {
    return undefined
  }
}

const before = commitBefore()
if (before === undefined)
  console.warn('\n*** No history of the project: a rolling upgrade is not tested ***\n')

/** That commit's files in a folder of their own, with the packages of today. */
function filesOf(commit: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-before-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const archive = execFileSync('git', ['archive', commit, 'src', 'commands', 'corpus', 'package.json'], {
    cwd: root,
    maxBuffer: 2 ** 30,
  })
  execFileSync('tar', ['-x', '-C', folder], { input: archive })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

describe.skipIf(skipped || before === undefined)(
  'a rolling upgrade over the last change of the database',
  () => {
    it('answers everything once while old and new run side by side', { timeout: 240_000 }, async () => {
      const postgres = await startPostgres()
      onTestFinished(() => postgres.stop())
      const sandbox = await startSandbox()
      onTestFinished(() => sandbox.close())
      const database = await postgres.database()
      const env = {
        DISCORD_TOKEN: sandbox.token,
        DISCORD_API_URL: sandbox.apiUrl,
        DATABASE_URL: database,
        LOG_LEVEL: 'info',
      }
      const folder = filesOf(before ?? '')
      const migrationsIn = (project: string) => readdirSync(join(project, 'src/store/migrations')).length
      expect(migrationsIn(folder)).toBeLessThan(migrationsIn(root))
      const old = await startReplica(env, folder)
      const urls = [old.url]
      await sandbox.setInteractionsEndpoint(await startBalancer(urls))
      const ada = sandbox.person('ada')
      const papers = await ada.suggest('general', 'save', 'paper', 'model')
      const some = (n: number) => String(papers?.[n % (papers.length || 1)]?.value)
      const acts = [
        (n: number) => ada.slash('general', 'save', { paper: some(n) }),
        () => ada.slash('general', 'library'),
        () => ada.slash('general', 'help'),
        (n: number) => ada.slash('general', 'paper', { query: some(n), private: true }),
      ]
      const wrong: string[] = []
      const note = (reply: Reply) => {
        const said = `${reply.content}${JSON.stringify(reply.embeds)}`
        if (reply.state === 'failed' || /Something went wrong|cannot be used/u.test(said)) wrong.push(said)
      }
      let asked = 0
      let isOver = false
      const load = async () => {
        for (; !isOver; asked++) {
          const act = acts[asked % acts.length]
          await act?.(asked).then(note, error => wrong.push(String(error)))
          await sleep(20)
        }
      }
      // A process compiles what it runs first, which on a busy machine takes longer than Discord waits.
      for (const [n, act] of acts.entries()) await act(n).catch(() => {})
      const loads = [load(), load(), load()]
      await sleep(2_000)
      const fresh = await startReplica(env)
      for (const [n, act] of acts.entries()) await act(n).catch(() => {})
      urls.push(fresh.url)
      const store = await openPostgres(database)
      const picks = await dailiesDueNow(store, sandbox, [sandbox.guild('Lab').id], 6)
      await store.close()
      await sleep(6_000)
      const stopped = once(old.child, 'exit')
      old.child.kill('SIGTERM')
      expect((await stopped)[0]).toBe(0)
      urls.shift()
      await sleep(3_000)
      isOver = true
      await Promise.all(loads)
      expect(wrong).toEqual([])
      expect(asked).toBeGreaterThan(30)
      await expect.poll(picks, { timeout: 30_000 }).toEqual(picks().map(() => 1))
      const faults = (log: string) => log.split('\n').filter(line => /"level":[56]0/u.test(line))
      expect([...faults(old.log()), ...faults(fresh.log())]).toEqual([])
      const end = once(fresh.child, 'exit')
      fresh.child.kill('SIGTERM')
      expect((await end)[0]).toBe(0)
    })
  },
)
