import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigError } from '../src/config.ts'
import { environment } from '../src/environment.ts'

const folder = mkdtempSync(join(tmpdir(), 'lectern-env-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
function fileOf(bytes: Uint8Array): string {
  const file = join(folder, `${files++}.env`)
  writeFileSync(file, bytes)
  return file
}
const text = 'HOST=here # the lab’s\r\nPORT=4000\r\n'
const utf16le = Buffer.from(`\ufeff${text}`, 'utf16le')

describe('the environment', () => {
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, as Windows’ PowerShell writes it', utf16le],
    ['UTF-16 with the bytes the other way round', Buffer.from(utf16le).swap16()],
  ])('is read from a file in %s, and what was there before goes first', (_, bytes) => {
    expect(environment({ PORT: '5000' }, fileOf(bytes))).toEqual({ HOST: 'here', PORT: '5000' })
  })

  it('is what was there before without such a file', () => {
    expect(environment({ PORT: '5000' }, join(folder, 'none'))).toEqual({ PORT: '5000' })
  })

  it('says that a file is no text, or cannot be read, instead of taking it for empty', () => {
    const noText = fileOf(utf16le.subarray(2))
    mkdirSync(join(folder, 'taken'))
    for (const file of [noText, join(folder, 'taken')]) {
      expect(() => environment({}, file)).toThrow(ConfigError)
      expect(() => environment({}, file)).toThrow(/\.env|taken/u)
    }
    expect(() => environment({}, noText)).toThrow(/UTF-8/u)
  })
})
