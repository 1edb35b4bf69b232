import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { json } from '../../../src/corpus/formats/json.ts'
import { JsonNumbers } from '../../../src/corpus/formats/json-numbers.ts'
import { jsonl } from '../../../src/corpus/jsonl.ts'
import { readWith } from '../bytes.ts'

/** @param size bytes in each chunk */
function converted(text: string, size: number): string {
  const bytes = Buffer.from(text)
  const numbers = new JsonNumbers()
  const parts: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size) parts.push(numbers.push(bytes.subarray(at, at + size)))
  return Buffer.concat([...parts, numbers.end()]).toString('utf8')
}

describe('NaN and Infinity, as Python writes them', () => {
  test.each([
    ['[NaN]', '[null]'],
    ['{"a": NaN, "b":-Infinity,"c": Infinity}', '{"a": null, "b":null,"c": null}'],
    ['["NaN", "a \\" NaN \\\\", NaN, "é NaN"]', '["NaN", "a \\" NaN \\\\", null, "é NaN"]'],
    ['NaN', 'null'],
  ])('%s', (text, right) => {
    for (const size of [1, 2, 3, 7, 1000]) expect(converted(text, size)).toBe(right)
  })

  test('JSON stays as it is, wherever its chunks end', () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 1, max: 20 }), (text, size) => {
        expect(converted(text, size)).toBe(text)
      }),
    )
  })

  test('lose no paper of a document or of a line', async () => {
    const record = '{"title": "A NaN", "abstract": NaN, "year": NaN, "authors": ["Ada One"]}'
    const right = [{ title: 'A NaN', abstract: '', authors: ['Ada One'] }]
    expect((await readWith(json, `[${record}]`)).papers).toMatchObject(right)
    expect(await readWith(jsonl, `${record}\n`)).toMatchObject({ papers: right, rejected: [] })
  })
})
