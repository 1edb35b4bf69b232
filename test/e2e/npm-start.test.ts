import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, it, onTestFinished } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'lectern-npm-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('a bot that npm started stops when npm alone is told to', async () => {
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'warn' }
  const npm = spawn('npm', ['start', '--silent'], { cwd: root, env, detached: true })
  // What it leaves behind is in its process group.
  onTestFinished(() => {
    try {
      process.kill(-(npm.pid ?? 0), 'SIGKILL')
    } catch {
      // Nothing is left.
    }
  })
  let out = ''
  npm.stdout.on('data', chunk => {
    out += String(chunk)
    if (String(chunk).includes('Ctrl+C stops it')) npm.kill('SIGTERM')
  })
  // The bot's output is npm's: it ends with the last of them.
  await once(npm, 'close')
  expect(out).toContain('Lectern has stopped.')
})
