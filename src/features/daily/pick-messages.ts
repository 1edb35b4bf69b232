import { paperRef } from '../../corpus/ids.ts'
import type { Paper } from '../../corpus/paper.ts'
import { readable } from '../../corpus/readable.ts'
import type { Render } from '../../delivery/deliver.ts'
import type { Library } from '../../library/library.ts'
import { whyPicked } from '../../picks/pick-text.ts'
import type { PaperPick as Picked } from '../../schedule/pick.ts'
import type { Daily, Schedule, Topic } from '../../schedule/schedule.ts'
import { sourceLabel } from '../../schedule/source-label.ts'
import { clip, shown, visible } from '../../view/escape.ts'
import { topicLabel } from '../../view/follow-card.ts'
import { exhaustedCard, type PickView, pickCard, unsettledCard } from '../../view/pick-card.ts'

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

/**
 * The messages of picks and digests.
 * @param mayBring the library that a schedule may bring papers from, as of now
 * @param everybodys the shared papers, as of now
 */
export function openRender(
  mayBring: (schedule: Schedule) => Promise<Library>,
  everybodys: () => Library,
): Render {
  return {
    async picks(schedule, picks, slotKey, late) {
      const library = await mayBring(schedule)
      await library.search.prepare({ refs: refsIn(picks, schedule.topic) })
      const found = pickViews(picks, library)
      if (found.length === 0) return undefined
      const shared = everybodys().search
      await shared.prepare({ refs: picks.map(({ paperId }) => paperRef(paperId)) })
      const ownOf = schedule.kind === 'follow' ? schedule.serverId : undefined
      const views = found.map(view => (shared.get(view.paper.id) === undefined ? { ...view, ownOf } : view))
      const isDaily = schedule.kind === 'daily'
      const headline = isDaily ? `**${views.length === 1 ? 'Pick' : 'Picks'} of the day**` : '**New for you**'
      const topic = shown(topicName(schedule.topic, library), 200)
      const about = schedule.topic === undefined ? '' : ` · ${topic}`
      const note =
        isDaily && late !== undefined
          ? `\n-# ${sourceName(schedule)} has not settled its day: ${shown(late, 300)}`
          : ''
      return pickCard({
        headline: headline + about + note,
        picks: views,
        slotKey,
        kind: schedule.kind,
      })
    },
    exhausted: async (daily, slotKey) =>
      exhaustedCard(topicName(daily.topic, await mayBring(daily)), slotKey),
    unsettled: (daily, slotKey, why) => unsettledCard(sourceName(daily), why, slotKey),
    async threadName(daily, picks) {
      const library = await mayBring(daily)
      const titles = picks.flatMap(({ paperId }) => titleOf(library, paperId) ?? [])
      const [first = `Daily pick: ${topicName(daily.topic, library)}`, ...others] = titles
      const more = others.length === 0 ? '' : ` and ${others.length} more`
      return `${clip(visible(first), 100 - more.length) || 'Daily pick'}${more}`
    },
  }
}

/** What components call the papers that a message about picks names. */
export function refsIn(picks: readonly Picked[], topic: Topic): string[] {
  const ids = picks.flatMap(({ paperId, reasons }) => [
    paperId,
    ...reasons.flatMap(reason => ('paperId' in reason ? (reason.paperId ?? []) : [])),
  ])
  return [...ids, ...(topic !== undefined && 'paperId' in topic ? [topic.paperId] : [])].map(paperRef)
}

const sourceName = ({ source = '' }: Daily): string => shown(sourceLabel(source), 120)
