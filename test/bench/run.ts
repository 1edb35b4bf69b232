import { benchBot, benchStart } from './bot.ts'
import { benchCandidates } from './candidates.ts'
import { benchFlood } from './flood.ts'
import { benchHalfLoad } from './half-load.ts'
import { benchLargeImport } from './import-large.ts'
import { benchLargeStart } from './large-start.ts'
import { benchPicks } from './picks.ts'
import { benchReplicas } from './replicas.ts'
import { benchSearch, searchTable } from './search.ts'
import { benchTurns } from './turns.ts'
import { benchVotes } from './votes.ts'

/** `npm run bench [-- NAME ...]`: the sections whose names are given, or all of them. */
const sections: Readonly<Record<string, () => Promise<string>>> = {
  start: benchStart,
  'large-start': benchLargeStart,
  'large-import': benchLargeImport,
  bot: benchBot,
  turns: benchTurns,
  votes: benchVotes,
  picks: benchPicks,
  candidates: benchCandidates,
  search: async () => {
    const figures = await benchSearch()
    return figures === undefined ? 'Search speed was not measured.' : searchTable(figures)
  },
  'half-load': benchHalfLoad,
  replicas: benchReplicas,
  flood: benchFlood,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !Object.hasOwn(sections, name))
if (unknown.length > 0) {
  console.error(`No such section: ${unknown.join(', ')}. There are: ${Object.keys(sections).join(', ')}`)
  process.exitCode = 2
} else {
  for (const [name, run] of Object.entries(sections))
    if (wanted.length === 0 || wanted.includes(name)) console.log(`${await run()}\n`)
}
