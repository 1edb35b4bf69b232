import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commands } from '../../../commands/index.ts'
import { bootstrap } from '../../../src/bootstrap.ts'
import { parseConfig } from '../../../src/config.ts'
import { connect } from '../../../src/discord/connect.ts'
import { openLog } from '../../../src/log.ts'
import { address, reportReady } from './report.ts'

/** The bot as it is, on the corpus that ships and a real SQLite file. */
const folder = await mkdtemp(join(tmpdir(), 'lectern-bench-'))
process.on('exit', () => rm(folder, { recursive: true, force: true }))
const bot = await bootstrap(
  parseConfig({ DATA_DIR: folder }),
  commands,
  openLog({ level: 'warn', secrets: [] }),
)
await connect(address, bot, commands)
reportReady()
