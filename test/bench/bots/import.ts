import { reportStart } from '../start-report.ts'

/** `lectern import` of the file that `CORPUS` names, into the database in `DATA_DIR`; then it ends. */
const file = process.env['CORPUS'] ?? ''
process.argv.splice(2, process.argv.length, 'import', file)
process.once('beforeExit', () => reportStart(process.exitCode === undefined ? 1 : 0))
await import('../../../src/cli.ts')
