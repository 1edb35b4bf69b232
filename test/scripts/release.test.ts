import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  nextVersion,
  parseSubject,
  problemOf,
  releaseNotes,
  withRelease,
} from '../../scripts/conventional-commits.ts'

const commits = (...subjects: string[]) => subjects.map(subject => ({ subject, body: '' }))

describe('a commit’s subject', () => {
  it('is a type, perhaps a scope, and what was done', () => {
    expect(parseSubject('feat(sandbox): add polls')).toEqual({
      type: 'feat',
      scope: 'sandbox',
      breaking: false,
      text: 'add polls',
    })
    expect(parseSubject('refactor!: drop Node 20')?.breaking).toBe(true)
  })

  it.each(['Add polls', 'feature: add polls', 'feat:add polls', 'feat: ', 'constructor: x', ''])(
    'is not “%s”',
    subject => expect(problemOf(subject)).toContain('does not begin with a type'),
  )

  it('has at most 72 characters', () => {
    expect(problemOf(`fix: ${'é'.repeat(67)}`)).toBeUndefined()
    expect(problemOf(`fix: ${'é'.repeat(68)}`)).toBe('has 73 characters, at most 72 fit')
  })
})

describe('the next version', () => {
  it.each([
    ['1.2.3', ['docs: a', 'fix: b'], '1.2.4'],
    ['1.2.3', ['fix: b', 'feat: c'], '1.3.0'],
    ['1.2.3', ['feat!: c'], '2.0.0'],
    ['0.2.3', ['feat!: c'], '0.3.0'],
    ['0.2.3', ['docs: a', 'Not by the convention'], undefined],
  ])('after %s with %j is %s', (version, subjects, next) => {
    expect(nextVersion(version, commits(...subjects))).toBe(next)
  })

  it('is a great one after a footer that says so', () => {
    expect(nextVersion('1.0.0', [{ subject: 'fix: a', body: 'Why.\n\nBREAKING CHANGE: b' }])).toBe('2.0.0')
  })
})

describe('the changelog', () => {
  const notes = releaseNotes(commits('feat: a', 'chore: b', 'fix(search): c', 'feat!: d', 'Old way'))

  it('lists what users notice', () => {
    expect(notes).toBe('### Breaking\n- d\n\n### Added\n- a\n\n### Fixed\n- search: c')
  })

  it('keeps what was written by hand, and the older releases', () => {
    const before =
      '# Changelog\n\n## Unreleased\n\n### Added\n- By hand.\n\n## 0.1.0 - 2026-01-01\n\n- Old.\n'
    expect(withRelease(before, '0.2.0', '2026-02-03', notes)).toBe(
      `# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-02-03\n\n### Added\n- By hand.\n\n${notes}\n\n## 0.1.0 - 2026-01-01\n\n- Old.\n`,
    )
    expect(() => withRelease('# Changelog\n', '0.2.0', '2026-02-03', notes)).toThrow('Unreleased')
  })
})

describe('the commands, in a repository of their own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-release-'))
  const scripts = resolve(import.meta.dirname, '../../scripts')
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
  const commit = (subject: string) => run('git', 'commit', '--quiet', '--allow-empty', '-m', subject)

  beforeAll(() => {
    run('git', 'init', '--quiet')
    run('git', 'config', 'user.name', 'Ada')
    run('git', 'config', 'user.email', 'ada@example.org')
    writeFileSync(join(folder, 'package.json'), '{ "name": "x", "version": "0.1.0" }\n')
    writeFileSync(join(folder, 'CHANGELOG.md'), '# Changelog\n\n## Unreleased\n')
    run('git', 'add', '.')
    commit('feat: begin')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('make a release with its tag, and none when nothing has changed since', () => {
    expect(run('node', join(scripts, 'release.ts'))).toContain('v0.2.0 is committed and tagged')
    expect(run('git', 'tag')).toBe('v0.2.0\n')
    expect(run('git', 'log', '-1', '--format=%s')).toBe('chore: release 0.2.0\n')
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version).toBe('0.2.0')
    expect(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')).toContain('### Added\n- begin')
    expect(() => run('node', join(scripts, 'release.ts'))).toThrow()
  })

  it('name the commit whose subject is wrong', () => {
    commit('docs: fine')
    expect(run('node', join(scripts, 'commits.ts'), 'v0.2.0..HEAD')).toBe('')
    commit('Not by the convention')
    expect(() => run('node', join(scripts, 'commits.ts'), 'v0.2.0..HEAD')).toThrow('Not by the convention')
  })

  it('say so when the clone does not hold the commits', () => {
    expect(run('node', join(scripts, 'commits.ts'))).toContain('NOT checked')
  })
})
