import { commands } from '../../../commands/index.ts'
import { bootstrap } from '../../../src/bootstrap.ts'
import { parseConfig } from '../../../src/config.ts'
import { openLog } from '../../../src/log.ts'
import { reportStart } from '../start-report.ts'

/** The bot up to its first answer, as `DATA_DIR` and `CORPUS` of the environment say; then it ends. */
const bot = await bootstrap(parseConfig(process.env), commands, openLog({ level: 'warn', secrets: [] }))
const { hits } = bot.libraries.of(undefined).search.search('cache coherence of shared memory multiprocessors')
reportStart(hits.length)
await bot.store.close()
