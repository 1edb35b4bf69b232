import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commands } from '../../../commands/index.ts'
import { bootstrap } from '../../../src/bootstrap.ts'
import { compactHeapAfterStart } from '../../../src/compact-heap.ts'
import { parseConfig } from '../../../src/config.ts'
import { connect } from '../../../src/discord/connect.ts'
import { openLog } from '../../../src/log.ts'
import { address, reportReady } from './report.ts'

/** The bot as it is, on the corpus that ships or the one it is told, and a real SQLite file. */
const folder = await mkdtemp(join(tmpdir(), 'lectern-bench-'))
process.on('exit', () => rm(folder, { recursive: true, force: true }))
const corpus = process.env['BENCH_CORPUS']
const bot = await bootstrap(
  parseConfig({ DATA_DIR: folder, ...(corpus === undefined ? {} : { CORPUS: corpus }) }),
  commands,
  openLog({ level: 'warn', secrets: [] }),
)
await connect(address, bot, commands)
compactHeapAfterStart()
reportReady()
