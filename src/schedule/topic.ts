import { authorKey } from '../corpus/same-author.ts'
import { venueKeys } from '../corpus/venues.ts'
import type { Daily, Topic } from './schedule.ts'

/** Whether two topics ask for the same papers: search reads capitals and small letters alike. */
export const sameTopic = (a: Topic, b: Topic): boolean => keyOf(a) === keyOf(b)

/**
 * Whether two daily picks of one channel are one that was changed: on the same topic, and not from two different sources.
 */
export const sameDaily = (a: Pick<Daily, 'topic' | 'source'>, b: Pick<Daily, 'topic' | 'source'>): boolean =>
  sameTopic(a.topic, b.topic) && (a.source === undefined || b.source === undefined || a.source === b.source)

function keyOf(topic: Topic): string {
  if (topic === undefined) return ''
  if ('query' in topic) return `query ${topic.query.toLowerCase()}`
  if ('paperId' in topic) return `paper ${topic.paperId}`
  if ('author' in topic) return `author ${authorKey(topic.author)}`
  return `venue ${venueKeys(topic.venue).join('; ') || topic.venue}`
}
