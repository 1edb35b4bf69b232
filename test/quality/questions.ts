import { readLines } from './data.ts'

/** A question with the papers and the sentences that answer it. */
export interface Asked {
  readonly id: string
  readonly text: string
  readonly gold: readonly string[]
  readonly gold_sentences: readonly string[]
}

/** Questions with gold sentences; the lines of one id, each with evidence of its own, become one question. */
export function questionsOf(file: string): Asked[] {
  const found = new Map<string, Asked>()
  for (const line of readLines<Asked>(file)) {
    if (!line.gold_sentences) continue
    const known = found.get(line.id)
    found.set(line.id, {
      id: line.id,
      text: line.text,
      gold: [...new Set([...(known?.gold ?? []), ...line.gold])],
      gold_sentences: [...(known?.gold_sentences ?? []), ...line.gold_sentences],
    })
  }
  return [...found.values()]
}
