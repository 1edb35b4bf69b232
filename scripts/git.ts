import { execFileSync } from 'node:child_process'
import type { Commit } from './conventional-commits.ts'

/** @throws when git refuses, with what it said */
export const git = (...args: string[]): string =>
  execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

/** @returns undefined when git refuses */
export function tryGit(...args: string[]): string | undefined {
  try {
    return git(...args)
  } catch {
    return undefined
  }
}

/** The commits of a range such as `v0.1.0..HEAD`, newest first, merges aside. */
export function commitsOf(range: string): (Commit & { readonly hash: string })[] {
  const text = git('log', '--no-merges', '-z', '--format=%h%x1f%s%x1f%b', range)
  return text
    .split('\0')
    .filter(record => record !== '')
    .map(record => {
      const [hash = '', subject = '', body = ''] = record.split('\u001f')
      return { hash, subject, body }
    })
}

/** The last release that HEAD holds; undefined before the first. */
export const lastTag = (): string | undefined =>
  tryGit('describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*')
