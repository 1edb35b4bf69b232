import { onTestFinished } from 'vitest'
import { type Answer, type Heard, startLoopback } from './loopback.ts'
import { type Replay, replay } from './replay.ts'

export const json = (body: unknown, headers: Record<string, string> = {}): Answer => ({
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

interface SourceOn {
  readonly source: Replay
  readonly heard: readonly Heard[]
  ids(): Promise<string[]>
}

/** A source of that kind, whose server answers as `site` does at the moment. */
export async function sourceOn(
  words: readonly [string, ...string[]],
  variable: string,
  site: (url: URL, now: number, heard: Heard) => Answer,
  start = '2026-11-16T12:00:00Z',
): Promise<SourceOn> {
  const clock = { now: Date.parse(start) }
  const server = await startLoopback(heard => site(heard.url, clock.now, heard))
  onTestFinished(server.close)
  const env = Object.fromEntries(
    variable.split(' ').map(one => {
      const [name = '', path = ''] = one.split('=')
      return [name, `${server.url}${path}`]
    }),
  )
  const named = words.map(word => word.replace('SITE', server.url)) as unknown as typeof words
  const source = await replay(clock, named, env)
  const ids = async () => (await source.store.papers.list('', { limit: 1_000 })).map(one => one.paper.id)
  return { source, heard: server.heard, ids }
}

export const at = (time: string) => Date.parse(time)
