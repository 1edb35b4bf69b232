import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Sandbox, startSandbox } from 'discord-sandbox'
import { commands } from '../../commands/index.ts'
import { bootstrap } from '../../src/bootstrap.ts'
import { choiceOf } from '../../src/bot/options.ts'
import { parseConfig } from '../../src/config.ts'
import { connect } from '../../src/discord/connect.ts'
import { openLog } from '../../src/log.ts'
import { quantile, table } from './table.ts'

const voters = 100
/** Times that each of them presses: once for a vote, once more to take it back, and so on; an odd number. */
const clicks = 15

/** A storm of votes on one message, through the real client to a durable SQLite file. */
export async function benchVotes(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-bench-'))
  const sandbox = await startSandbox()
  const log = openLog({ level: 'silent', secrets: [], pretty: false })
  const bot = await bootstrap(parseConfig({ DATA_DIR: folder }), commands, log)
  const address = { apiUrl: sandbox.apiUrl, token: sandbox.token, guildId: undefined }
  const connection = await connect(address, bot, commands)
  try {
    const [paper] = bot.library.search.papers
    const { id: channel } = [...sandbox.world.channels.values()].find(({ name }) => name === 'papers') ?? {}
    if (paper === undefined || channel === undefined) throw new Error('nothing to vote on')
    await sandbox.person('ada').slash('general', 'share', { paper: choiceOf(paper.id), channel })
    const post = await bot.store.posts.latest(channel, paper.id)
    if (post?.messageId === undefined) throw new Error('the share did not arrive')
    return await measureVotes(sandbox, { channel_id: channel, id: post.messageId }, voters * clicks)
  } finally {
    await connection.close()
    await bot.store.close()
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureVotes(
  sandbox: Sandbox,
  post: { channel_id: string; id: string },
  votes: number,
): Promise<string> {
  const names = Array.from({ length: voters }, (_, i) => sandbox.addPerson(`voter${i}`, ['Lab']).name)
  const { components } = sandbox.person('ada').message(post) as {
    components?: { components: { custom_id: string }[] }[]
  }
  const useful = components?.[0]?.components[0]?.custom_id ?? ''
  let writes = 0
  const stop = sandbox.world.bus.on(event => {
    if (event.type === 'message-edited' && event.message.id === post.id) writes += 1
  })
  const times: number[] = []
  const start = performance.now()
  const vote = async (name: string) => {
    for (let press = 0; press < clicks; press++) {
      const pressed = performance.now()
      await sandbox.person(name).tap(post, useful)
      times.push(performance.now() - pressed)
    }
  }
  await Promise.all(names.map(vote))
  const seconds = (performance.now() - start) / 1000
  await shown(sandbox, post, `Useful · ${voters}`)
  stop()
  return table(
    ['votes on one message', 'a second', 'p50 ms', 'p99 ms', 'writes to the message'],
    [
      [
        String(votes),
        (votes / seconds).toFixed(0),
        quantile(times, 0.5).toFixed(0),
        quantile(times, 0.99).toFixed(0),
        String(writes),
      ],
    ],
  )
}

/** Resolves once the message says so: the last state always arrives. */
async function shown(
  sandbox: Sandbox,
  post: { channel_id: string; id: string },
  label: string,
): Promise<void> {
  const says = () => JSON.stringify(sandbox.person('ada').message(post)).includes(`"${label}"`)
  if (says()) return
  await new Promise<void>(resolve => {
    const stop = sandbox.world.bus.on(() => {
      if (!says()) return
      stop()
      resolve()
    })
  })
}
