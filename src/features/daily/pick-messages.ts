import { paperRef } from '../../corpus/ids.ts'
import type { Paper } from '../../corpus/paper.ts'
import { readable } from '../../corpus/readable.ts'
import type { Render } from '../../delivery/deliver.ts'
import type { Library } from '../../library/library.ts'
import { whyPicked } from '../../picks/pick-text.ts'
import type { PaperPick as Picked } from '../../schedule/pick.ts'
import type { Schedule, Topic } from '../../schedule/schedule.ts'
import { shown } from '../../view/escape.ts'
import { topicLabel } from '../../view/follow-card.ts'
import { exhaustedCard, type PickView, pickCard } from '../../view/pick-card.ts'

const paperOf = (library: Library, id: string): Paper | undefined => library.paper(paperRef(id))

/** What a schedule is about, as plain text. */
export function topicName(topic: Topic, library: Library): string {
  const paper = topic !== undefined && 'paperId' in topic ? paperOf(library, topic.paperId) : undefined
  return topicLabel({ follow: { topic }, paper })
}

export function titleOf(library: Library, id: string): string | undefined {
  const paper = paperOf(library, id)
  return paper && readable(paper.title)
}

/** The chosen papers that the library still has, ready to be shown. */
export function pickViews(picks: readonly Picked[], library: Library): PickView[] {
  return picks.flatMap(({ paperId, reasons }) => {
    const paper = paperOf(library, paperId)
    if (paper === undefined) return []
    const why = whyPicked(reasons, id => titleOf(library, id))
    return [{ paper, summary: library.details(paper).summary, why }]
  })
}

/** The messages of picks and digests. */
export function openRender(libraryOf: (schedule: Schedule) => Library): Render {
  return {
    picks(schedule, picks, slotKey) {
      const library = libraryOf(schedule)
      const views = pickViews(picks, library)
      if (views.length === 0) return undefined
      const topic = shown(topicName(schedule.topic, library), 200)
      const about = schedule.topic === undefined ? '' : ` · ${topic}`
      const headline =
        schedule.kind === 'follow'
          ? `**New for you**${about}`
          : `**${views.length === 1 ? 'Pick' : 'Picks'} of the day**${about}`
      return pickCard({ headline, picks: views, slotKey, votes: schedule.kind === 'daily' })
    },
    exhausted: (daily, slotKey) => exhaustedCard(topicName(daily.topic, libraryOf(daily)), slotKey),
  }
}
