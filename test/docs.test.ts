import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const pages = globSync(['*.md', 'docs/**/*.md', 'sandbox/*.md', 'corpus/*.md'], { cwd: root })
const textOf = (page: string) => readFileSync(join(root, page), 'utf8')
/** Files and folders that a page names, as `src/…`, and below `src` too in the drawing of the folders. */
const named = (page: string) =>
  [
    ...textOf(page).matchAll(
      /(?<=^|[\s`(])((?:src|test|commands|docs|sandbox|scripts|corpus)\/[\w./*-]*[\w*]\/?)/gmu,
    ),
  ].map(match => match[1] ?? '')

test.each(pages)('%s names files that are there', page => {
  const from = [root, join(root, 'src'), resolve(root, dirname(page))]
  const gone = named(page).filter(path => from.every(cwd => globSync(path, { cwd }).length === 0))
  expect(gone).toEqual([])
})

test.each(pages)('%s links to pages that are there', page => {
  const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)#]+)\)/gu)].map(match => match[1] ?? '')
  expect(links.filter(link => !existsSync(resolve(root, dirname(page), link)))).toEqual([])
})

test('the ways through the folders name files that are there, as many as they say, and every folder is drawn', () => {
  const text = textOf('docs/architecture.md')
  const ways = [...text.matchAll(/^### .+: (\d+) modules\n\n((?: {4}.*\n)+)/gmu)].map(
    ([, count, block = '']) => ({
      count: Number(count),
      files: block
        .trimEnd()
        .split('\n')
        .map(line => line.trim().split(' ')[0] ?? ''),
    }),
  )
  expect(ways.length).toBe(3)
  for (const { count, files } of ways) {
    expect(files).toHaveLength(count)
    expect(new Set(files).size).toBe(count)
    expect(
      files.filter(file => [join(root, 'src', file), join(root, file)].every(path => !existsSync(path))),
    ).toEqual([])
  }
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter(entry => entry.isDirectory())
  expect(
    folders
      .map(({ name }) => name)
      .filter(name => name !== 'eval' && !text.includes(`  ${name}["${name} — `)),
  ).toEqual([])
})

test('the README names every command', () => {
  const text = textOf('README.md')
  const names = readdirSync(join(root, 'commands')).filter(name => name !== 'index.ts')
  expect(names.length).toBeGreaterThan(10)
  const specs = names.map(name => name.replace('.ts', '')).filter(name => !text.includes(`/${name}`))
  expect(specs.filter(name => name !== 'find-papers')).toEqual([])
})

test('every test that the page on security names is there', () => {
  const named = [...textOf('docs/security.md').matchAll(/`(test\/[\w./-]+)` “([^”]+)”/gu)]
  expect(named.length).toBeGreaterThan(25)
  expect(
    named.filter(([, file = '', name = '']) => !textOf(file).includes(name)).map(([all]) => all),
  ).toEqual([])
})
