import type { Topic } from './schedule.ts'

/** Whether two topics ask for the same papers: search reads capitals and small letters alike. */
export function sameTopic(a: Topic, b: Topic): boolean {
  if (a === undefined || b === undefined) return a === b
  if ('query' in a) return 'query' in b && a.query.toLowerCase() === b.query.toLowerCase()
  return 'paperId' in b && a.paperId === b.paperId
}
