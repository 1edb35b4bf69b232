import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const module = fileURLToPath(new URL('../src/log.ts', import.meta.url))
const script = (pretty: boolean) => `
  import { openLog } from ${JSON.stringify(module)}
  const log = openLog({ level: 'info', secrets: ['hush-hush', undefined], pretty: ${pretty} })
  log.error({ err: new Error('Authorization: Bot hush-hush'), deep: { url: 'x?token=hush-hush' } }, 'it was hush-hush')
`

describe('openLog', () => {
  it.each([false, true])('cuts secrets out of every line (for people: %s)', pretty => {
    const run = spawnSync('node', ['--input-type=module', '-e', script(pretty)], { encoding: 'utf8' })
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain('it was [secret]')
    expect(run.stderr).not.toContain('hush-hush')
  })
})
