import stored from './plain-terms.json' with { type: 'json' }

const plain: ReadonlySet<string> = new Set(stored.terms.split(' '))

/** Whether a stem is plain English in abstracts of computing (see test/quality/count-plain-terms.ts). */
export const isPlain = (term: string): boolean => plain.has(term)
