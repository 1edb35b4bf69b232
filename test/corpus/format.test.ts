import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { excerpt, RejectedRun } from '../../src/corpus/format.ts'
import { linesOf } from '../../src/corpus/lines.ts'
import { formats } from '../../src/corpus/records.ts'
import { readWith } from './bytes.ts'

test('each format has a name of its own', () => {
  expect(new Set(formats.map(format => format.name)).size).toBe(formats.length)
})

describe.each(formats.map(format => [format.name, format] as const))('%s', (_, format) => {
  test('never throws, whatever the bytes and wherever the chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 })), async chunks => {
        const { papers } = await readWith(
          format,
          (async function* () {
            yield* chunks
          })(),
        )
        expect(papers).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('gives lines in their reports, and reasons of one line', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), async lines => {
        const text = lines.join('\n')
        const { rejected } = await readWith(format, text)
        for (const one of rejected) {
          expect(one).toMatch(/^[1-9]\d*: [^\p{Cc}\p{Cs}\u2028\u2029]{1,200}$/u)
          expect(Number.parseInt(one, 10)).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length)
        }
      }),
      { numRuns: 300 },
    )
  })
})

test('a carriage return before the last line feed is no line of its own', async () => {
  const numbers: number[] = []
  const bytes = (async function* () {
    yield Buffer.from('a\r\nb\r\nc')
  })()
  for await (const lines of linesOf(bytes, 100)) numbers.push(...lines.map(({ number }) => number))
  expect(numbers).toEqual([1, 2, 3])
})

test('an excerpt is short, on one line, and cuts no character in two', () => {
  expect(excerpt('A title')).toBe('“A title”')
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), text => {
      const quoted = excerpt(text)
      expect([...quoted].length).toBeLessThanOrEqual(62)
      expect(quoted).not.toMatch(/[\p{Cc}\p{Cf}]/u)
      expect(quoted.isWellFormed()).toBe(true)
    }),
  )
})

test('a run of rejected lines is one report', () => {
  const run = new RejectedRun()
  const reports = [
    ...run.add(3, 'x'),
    ...run.add(4, 'x'),
    ...run.add(6, 'x'),
    ...run.add(7, 'y'),
    ...run.end(),
    ...run.end(),
  ]
  expect(reports).toEqual([
    { line: 3, reason: 'x (through line 4)' },
    { line: 6, reason: 'x' },
    { line: 7, reason: 'y' },
  ])
})
