import type { Info, Overview, PersonEvent } from '../../../person-api.ts'
import { paths } from '../../../person-paths.ts'
import { call, untilAnswered } from './api.ts'
import { allChannels, channelById, firstChannel, formatRoute, type Route } from './channels.ts'
import { setClock } from './clock.ts'
import { applied } from './events.ts'
import { loadCommands, loadFeed } from './load.ts'
import { initialState, type Session, withMember } from './session.ts'

/** Loads what a person sees and follows what happens to them, over restarts of the sandbox. */
export class Boot {
  private live: Live | undefined
  private readonly session: Session

  constructor(session: Session) {
    this.session = session
  }

  /** Becomes the person of a route (else the first) and opens its channel (else a sensible one). */
  async enter(route: Route): Promise<void> {
    const { session } = this
    if (session.state.overview !== undefined && route.person === session.state.person)
      return this.open(route.channel)
    this.live?.close()
    const { info: known, membersShown, ahead, clockMoves } = session.state
    session.update({ ...initialState, info: known, membersShown, ahead, clockMoves, now: session.time() })
    const info = await this.loadInfo()
    const person = info.people.find(({ name }) => name === route.person)?.name ?? info.people[0]?.name ?? ''
    session.update({ person, channelId: route.channel })
    this.live = follow(paths.events(person), {
      event: event => void this.heard(event),
      lost: () => session.update({ link: 'lost' }),
    })
  }

  /** Shows a channel; without one, or with one that is not there, the first. */
  async open(wanted: string | undefined): Promise<void> {
    const { session } = this
    const { overview, person, unread, channelId: before } = session.state
    if (overview === undefined) return
    const channelId = (channelById(overview, wanted) ?? firstChannel(overview))?.id
    const moved = channelId === before ? {} : { replyTo: undefined, editing: undefined }
    session.update({
      ...moved,
      channelId,
      drawer: false,
      membersDrawer: false,
      unread: withMember(unread, channelId ?? '', false),
    })
    const hash = formatRoute({ person, channel: channelId })
    if (before === undefined) history.replaceState(null, '', hash)
    else if (location.hash !== hash) history.pushState(null, '', hash)
    if (channelId !== undefined)
      await Promise.all([loadFeed(session, channelId), loadCommands(session, channelId)])
  }

  private async heard(event: PersonEvent): Promise<void> {
    const { session } = this
    if (event.type === 'hello') return this.greeted(event.online)
    session.update(applied(session.state, event, session.time()))
    const { channelId } = session.state
    if (event.type === 'clock') setClock(session, event.now)
    if (event.type === 'overview') await this.reload()
    if (event.type === 'commands' && channelId !== undefined) {
      session.update({ commands: new Map() })
      await loadCommands(session, channelId)
    }
    if (event.type === 'channel-deleted' && event.id === channelId) await this.open(undefined)
  }

  /** The stream is there, or there again: what was missed before is asked for. */
  private async greeted(online: boolean): Promise<void> {
    const { session } = this
    const { info: before } = session.state
    const info = await this.loadInfo()
    const restarted = before !== undefined && info.startedAt !== before.startedAt
    session.update({ link: 'open', online, feeds: new Map(), commands: new Map() })
    if (restarted) session.update({ notices: [], failures: new Map(), pending: new Set(), modal: undefined })
    await this.reload()
    if (restarted) session.note('news', 'The sandbox was restarted: what was said before is gone.')
  }

  private async loadInfo(): Promise<Info> {
    const info = await untilAnswered(this.session, () => call<Info>('GET', paths.info()))
    this.session.update({ info, online: info.online })
    setClock(this.session, info.now)
    return info
  }

  /** Keeps the channel; after a restart its name is what is left of it. */
  private async reload(): Promise<void> {
    const { session } = this
    const { channelId, overview: before, person } = session.state
    const name = before && channelById(before, channelId)?.name
    const overview = await untilAnswered(session, () => call<Overview>('GET', paths.overview(person)))
    if (session.state.person !== person) return
    session.update({ overview })
    const again =
      channelById(overview, session.state.channelId) ??
      allChannels(overview).find(channel => name != null && channel.name === name)
    await this.open(again?.id)
  }
}

interface Live {
  readonly close: () => void
}

interface LiveHandlers {
  readonly event: (event: PersonEvent) => void
  /** The stream broke; it is being tried again. */
  readonly lost: () => void
}

const firstPause = 500
const longestPause = 5000

/**
 * Follows a stream of events for as long as it is not closed. EventSource itself gives up after an HTTP error,
 * which is what a restarting server answers with, so every break gets a new one after a growing pause.
 */
export function follow(path: string, handlers: LiveHandlers): Live {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = firstPause
  const open = () => {
    const mine = new EventSource(path)
    source = mine
    mine.onmessage = message => {
      pause = firstPause
      handlers.event(JSON.parse(String(message.data)) as PersonEvent)
    }
    mine.onerror = () => {
      mine.close()
      handlers.lost()
      timer = setTimeout(open, pause)
      pause = Math.min(pause * 2, longestPause)
    }
  }
  open()
  return {
    close: () => {
      clearTimeout(timer)
      source?.close()
    },
  }
}
