const words =
  '(?:what|whats|which|how|why|who|where|does|do|did|is|are|was|were|can|could|will|would|has|have|should)\\b'
const asking = `(?=${words})`
const notAsked = '(?! (?:which|what|whom?|whose|how|where|when)\\b)'
/** "In McGAN what are ...": where the question is about, before the question itself. */
const place = new RegExp(
  `^(?:in|for|with|on|at|from|under|during|among|inside|within)\\b${notAsked}[^?,]{2,80}?,? ${asking}`,
  'iu',
)
/** "If I drop the strides, does it ...", "Skimmer, what kind of ...", "grid cells - what do ...". */
const aside = new RegExp(`^(?!${words})[^?]{2,120}?(?:,|:| [-–]) ${asking}`, 'iu')
/** "We want to sort cells. Can we ...": statements before the question. */
const statements = new RegExp(`^(?!${words})[^?]{2,300}[.!] ${asking}`, 'iu')

/**
 * The part of a question that asks, without what it is about: what is asked for can be read from its first words.
 *
 * @example
 * askingClause('with batch norm in every layer, does a fixed step size converge?') // 'does a fixed step size converge?'
 */
export function askingClause(question: string): string {
  const last = question.replace(statements, '')
  return last.replace(place, '').replace(aside, '')
}
