import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { faultOf } from '../../../src/generation/grounding/check.ts'
import { readPassage } from '../../../src/generation/grounding/evidence.ts'
import type { QualitySet } from '../set.ts'

const Sentence = z.object({
  text: z.string(),
  /** Marked by hand: what it says stands in the passages. */
  true: z.boolean(),
  how: z.enum(['copied', 'cited', 'free']),
  passages: z.array(z.object({ title: z.string(), text: z.string() })).min(1),
})

const sample = () =>
  readFileSync(new URL('../generated/sample.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map(line => Sentence.parse(JSON.parse(line)))

/** The shares of the sample's sentences that the check lets pass. */
export function sampleShares(): { copied: number; reworded: number; untrue: number } {
  const sentences = sample()
  const share = (wanted: (one: z.infer<typeof Sentence>) => boolean): number => {
    const chosen = sentences.filter(wanted)
    return chosen.filter(passes).length / chosen.length
  }
  return {
    copied: share(one => one.true && one.how === 'copied'),
    reworded: share(one => one.true && one.how !== 'copied'),
    untrue: share(one => !one.true),
  }
}

const passes = ({ text, passages }: z.infer<typeof Sentence>): boolean =>
  faultOf({ text, cited: passages.map((_, i) => i + 1) }, passages.map(readPassage)) === undefined

export const generated: QualitySet = {
  name: 'generated',
  async rows() {
    const { copied, reworded, untrue } = sampleShares()
    const set = 'generated'
    return [
      { set, figure: 'true sentences that pass: copied', lectern: copied },
      { set, figure: 'true sentences that pass: in other words', lectern: reworded },
      { set, figure: 'false sentences that pass', lectern: untrue },
    ]
  },
}
