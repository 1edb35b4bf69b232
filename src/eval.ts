import { parseArgs } from 'node:util'
import { Failure, messageOf } from './errors.ts'
import { evaluate, type Request } from './eval/run.ts'

const usage =
  'usage: npm run --silent eval -- search|related|ask|summarize|suggest --corpus FILE --queries FILE --out FILE'

function requestOf(args: string[]): Request {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { corpus: { type: 'string' }, queries: { type: 'string' }, out: { type: 'string' } },
  })
  const { corpus, queries, out } = values
  const [task, ...more] = positionals
  if (!task || !corpus || !queries || !out || more.length > 0) throw new Failure('input', usage)
  return { task, corpus, queries, out }
}

/** Exit status 2: the input cannot be used; the reason is on stderr. */
try {
  const report = await evaluate(requestOf(process.argv.slice(2)))
  process.stdout.write(`${JSON.stringify(report)}\n`)
} catch (error) {
  const known = error instanceof Failure || (error instanceof TypeError && 'code' in error)
  if (!known) throw error
  process.stderr.write(`${messageOf(error)}\n`)
  process.exitCode = 2
}
