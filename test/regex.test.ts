import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type AST, RegExpParser } from '@eslint-community/regexpp'
import { analyse } from 'scslre'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const files = ['src', 'commands', 'sandbox/src'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => join(folder, name)),
)

/** A literal begins after what no operand ends with; a comment that looks like one is read too, which does no harm. */
const literal =
  /(?<=^|[=(,:[!&|?{};\s>])\/(?![*/])((?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)(?![\w/])/gmu

function parsed(source: string, flags: string): { pattern: AST.Pattern; flags: AST.Flags } | undefined {
  try {
    new RegExp(source, flags)
    const unicode = flags.includes('u')
    const parser = new RegExpParser()
    return {
      pattern: parser.parsePattern(source, 0, source.length, { unicode, unicodeSets: flags.includes('v') }),
      flags: parser.parseFlags(flags),
    }
  } catch {
    return undefined
  }
}

/** Repetitions of one expression that can share the same characters among them in many ways. */
function ambiguous(source: string, flags: string): string[] {
  const read = parsed(source, flags)
  if (read === undefined) return []
  const { reports } = analyse(read, { reportTypes: { Move: false } })
  return reports.map(report => `${report.type}, ${report.exponential ? 'exponential' : 'polynomial'}`)
}

const found = files.flatMap(file =>
  [...readFileSync(join(root, file), 'utf8').matchAll(literal)].map(([, source = '', flags = '']) => ({
    file,
    source,
    flags,
  })),
)

test('the expressions of the code are found, and bad ones are known as bad', () => {
  expect(found.length).toBeGreaterThan(150)
  expect(found.filter(({ source, flags }) => parsed(source, flags) !== undefined).length).toBeGreaterThan(150)
  for (const bad of ['^(?:a+)+$', '^(?:a*)*b', '^a*a*b', '^(?:\\w+\\s?)*$'])
    expect(ambiguous(bad, 'u')).not.toEqual([])
  for (const good of ['^a+b+$', '^(?:a{1,3}){1,3}$', '\\s+$']) expect(ambiguous(good, 'u')).toEqual([])
})

test('no expression repeats what it repeats: each is linear from where it begins', () => {
  const bad = found.flatMap(({ file, source, flags }) =>
    ambiguous(source, flags).map(why => `${file}: /${source}/${flags} (${why})`),
  )
  expect(bad).toEqual([])
})
