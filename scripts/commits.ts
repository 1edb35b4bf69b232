import { problemOf } from './conventional-commits.ts'
import { commitsOf, tryGit } from './git.ts'

/** The last commit of the time before the convention. */
const before = 'e1ccc16aaa43'

/**
 * Checks the subjects of all commits since then, or of the range that is given: `npm run commits -- main..HEAD`.
 * A shallow clone does not hold them: then this says so and checks nothing.
 */
function main(range = `${before}..HEAD`): number {
  const start = range.split('..')[0] ?? ''
  if (tryGit('merge-base', '--is-ancestor', start, 'HEAD') === undefined) {
    process.stdout.write(`Commit subjects are NOT checked: this clone does not hold ${start}.\n`)
    return 0
  }
  const bad = commitsOf(range).flatMap(({ hash, subject }) => {
    const problem = problemOf(subject)
    return problem === undefined ? [] : [`${hash} “${subject}” ${problem}`]
  })
  process.stderr.write(bad.map(line => `${line}\n`).join(''))
  return bad.length === 0 ? 0 : 1
}

process.exitCode = main(process.argv[2])
