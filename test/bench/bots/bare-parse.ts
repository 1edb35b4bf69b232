import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { reportStart } from '../start-report.ts'

/** Every line of a gzipped file as JSON, kept, and nothing else; then it ends. */
const records: unknown[] = []
const lines = createInterface({ input: createReadStream(process.env['CORPUS'] ?? '').pipe(createGunzip()) })
for await (const line of lines) records.push(JSON.parse(line))
reportStart(records.length)
