import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { nextVersion, releaseNotes, withRelease } from './conventional-commits.ts'
import { commitsOf, git, lastTag } from './git.ts'

const usage = `Usage: npm run release -- [--dry-run]

Raises the version by the commits since the last release, closes the changelog's section "Unreleased", commits both
and sets the tag, and writes sbom.cdx.json. Nothing is pushed.

  --dry-run   prints the new section only
`

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

/** Not part of the repository: it belongs to one release. */
const billOfMaterials = 'sbom.cdx.json'

/** @returns false where there is no lock file to make it from */
function writeBillOfMaterials(): boolean {
  if (!existsSync('package-lock.json')) return false
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only']
  writeFileSync(billOfMaterials, execFileSync('npm', args, { maxBuffer: 64 * 1024 * 1024 }))
  return true
}

function main(args: string[]): number {
  const { values } = parseArgs({
    args,
    options: { 'dry-run': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) {
    say(usage)
    return 0
  }
  const tag = lastTag()
  const commits = commitsOf(tag === undefined ? 'HEAD' : `${tag}..HEAD`)
  const { version: current } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  const version = nextVersion(current, commits)
  if (version === undefined) {
    say(`Nothing to release: no feat, fix or perf since ${tag ?? 'the beginning'}.`)
    return 1
  }
  const notes = releaseNotes(commits)
  if (values['dry-run']) {
    say(`## ${version}\n\n${notes}`)
    return 0
  }
  if (git('status', '--porcelain') !== '') {
    process.stderr.write('Commit or stash your changes first: a release is made from what is committed.\n')
    return 2
  }
  const date = new Date().toISOString().slice(0, 10)
  writeFileSync('CHANGELOG.md', withRelease(readFileSync('CHANGELOG.md', 'utf8'), version, date, notes))
  execFileSync('npm', ['version', version, '--no-git-tag-version'], { stdio: 'ignore' })
  git('commit', '--quiet', '--all', '--message', `chore: release ${version}`)
  git('tag', '--annotate', `v${version}`, '--message', `Lectern ${version}`)
  const hasBill = writeBillOfMaterials()
  if (hasBill) say(`${billOfMaterials} lists what it is made of (CycloneDX): publish it beside the release.`)
  say(`v${version} is committed and tagged. To publish it: git push --follow-tags`)
  return 0
}

process.exitCode = main(process.argv.slice(2))
