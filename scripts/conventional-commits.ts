/** The types that a commit's subject may begin with; those with a heading are listed in the changelog. */
const headings: Readonly<Record<string, string | undefined>> = {
  feat: 'Added',
  fix: 'Fixed',
  perf: 'Faster',
  revert: 'Reverted',
  refactor: undefined,
  test: undefined,
  docs: undefined,
  build: undefined,
  ci: undefined,
  chore: undefined,
}

/** The longest subject that `git log --oneline` and the usual hosts show whole. */
export const longestSubject = 72

/** A commit's first line by the convention of https://www.conventionalcommits.org/en/v1.0.0/ */
export interface Subject {
  readonly type: string
  readonly scope: string | undefined
  readonly breaking: boolean
  readonly text: string
}

/** A commit as `git log` gives it. */
export interface Commit {
  readonly subject: string
  readonly body: string
}

/** @returns undefined for a subject that does not follow the convention */
export function parseSubject(subject: string): Subject | undefined {
  const match = /^([a-z]{1,20})(?:\(([\w./ -]{1,40})\))?(!)?: (\S.*)$/u.exec(subject)
  const [, type = '', scope, mark, text = ''] = match ?? []
  if (!Object.hasOwn(headings, type)) return undefined
  return { type, scope, breaking: mark === '!', text }
}

/** What is wrong with a subject, for whoever wrote it; undefined when nothing is. */
export function problemOf(subject: string): string | undefined {
  if (parseSubject(subject) === undefined)
    return `does not begin with a type (${Object.keys(headings).join(', ')}), a colon and a space`
  const size = [...subject].length
  return size > longestSubject ? `has ${size} characters, at most ${longestSubject} fit` : undefined
}

const breaks = ({ subject, body }: Commit): boolean =>
  parseSubject(subject)?.breaking === true || /^BREAKING[ -]CHANGE: /mu.test(body)

/**
 * The version that follows by https://semver.org: before 1.0.0 a breaking change raises the minor version.
 * @returns undefined when no commit changes what users have
 * @throws TypeError when `version` is not made of three numbers
 */
export function nextVersion(version: string, commits: readonly Commit[]): string | undefined {
  const match = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/u.exec(version)
  if (match === null) throw new TypeError(`“${version}” is not a version such as 1.2.3`)
  const [major = 0, minor = 0, patch = 0] = match.slice(1).map(Number)
  const types = new Set(commits.map(commit => parseSubject(commit.subject)?.type))
  const broken = commits.some(breaks)
  if (broken && major > 0) return `${major + 1}.0.0`
  if (broken || types.has('feat')) return `${major}.${minor + 1}.0`
  if (types.has('fix') || types.has('perf') || types.has('revert')) return `${major}.${minor}.${patch + 1}`
  return undefined
}

/** The changelog's section of one release, without what was written by hand. */
export function releaseNotes(commits: readonly Commit[]): string {
  const lines = new Map<string, string[]>()
  for (const commit of commits) {
    const parsed = parseSubject(commit.subject)
    const heading = breaks(commit) ? 'Breaking' : headings[parsed?.type ?? '']
    if (parsed === undefined || heading === undefined) continue
    const scope = parsed.scope === undefined ? '' : `${parsed.scope}: `
    lines.set(heading, [...(lines.get(heading) ?? []), `- ${scope}${parsed.text}`])
  }
  const order = ['Breaking', ...new Set(Object.values(headings))].filter(name => name !== undefined)
  return order
    .flatMap(name => (lines.has(name) ? [`### ${name}\n${lines.get(name)?.join('\n')}`] : []))
    .join('\n\n')
}

const unreleased = '## Unreleased'

/**
 * Closes the section "Unreleased": what it holds, written by hand, stays above the list from the commits.
 * @param date such as 2026-11-28
 * @throws TypeError when the changelog has no such section
 */
export function withRelease(changelog: string, version: string, date: string, notes: string): string {
  const at = changelog.indexOf(unreleased)
  if (at < 0) throw new TypeError(`The changelog has no section “${unreleased}”`)
  const rest = changelog.slice(at + unreleased.length)
  const next = rest.indexOf('\n## ')
  const written = (next < 0 ? rest : rest.slice(0, next)).trim()
  const older = next < 0 ? '' : `\n${rest.slice(next + 1)}`
  const body = [written, notes].filter(part => part !== '').join('\n\n')
  return `${changelog.slice(0, at)}${unreleased}\n\n## ${version} - ${date}\n\n${body}\n${older}`
}
