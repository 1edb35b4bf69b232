import { messageOf } from '../errors.ts'
import { choose } from '../picks/choose.ts'
import type { PaperPick } from '../schedule/pick.ts'
import type { Daily, Schedule, SlotReason } from '../schedule/schedule.ts'
import { carries, slotKeyOf } from '../schedule/slot-key.ts'
import type { Claim, Settlement } from '../store/schedule-ports.ts'
import type { Message } from '../view/reply.ts'
import type { Clock } from './clock.ts'
import { findSlot } from './find-posted.ts'
import { holdOf, lateness } from './hold.ts'
import { loadInputs, type SelectionSources } from './load-inputs.ts'
import { type Later, type Poster, type PostRequest, placeOf, type Refused, targetOf } from './poster.ts'
import type { RateLimiter } from './rate-limiter.ts'

/** Renders the messages. Each has a component whose custom id has the slot key among its arguments: see `carries`. */
export interface Render {
  /**
   * Undefined when none of the papers is in the library any more.
   * @param late why the source that the pick waited for has not settled its day, as a clause
   */
  picks(
    schedule: Schedule,
    picks: readonly PaperPick[],
    slotKey: string,
    late?: string,
  ): Message | undefined | Promise<Message | undefined>
  exhausted(daily: Daily, slotKey: string): Message | Promise<Message>
  /** Says that there is no pick, since its source has not settled its day. */
  unsettled(daily: Daily, slotKey: string, why: string): Message
  /** The name of the thread on a pick, or of the post in a forum: 1..100 characters. */
  threadName(daily: Daily, picks: readonly PaperPick[]): string | Promise<string>
}

export interface Delivery {
  readonly sources: SelectionSources
  readonly poster: Poster
  readonly render: Render
  readonly clock: Clock
  readonly rateLimiter: RateLimiter
  /** Opens a thread on a message, or finds the one that is there. @throws Failure when it cannot be opened */
  readonly openThread: (message: { channelId: string; messageId: string }, name: string) => Promise<unknown>
  /** Aborts when the process is about to end: claims that were not sent yet are released. */
  readonly stopping?: AbortSignal | undefined
  /** Logs what went wrong; the delivery recovers by itself. */
  readonly note: (what: string, detail: Record<string, unknown>) => void
  /** Hears of every slot that is settled. */
  readonly onSettled?: ((state: string, reason: string) => void) | undefined
}

/** How long a send may take, and how much longer its claim is held, in milliseconds. */
const sendTimeout = 15_000
const leaseMargin = 5_000
/** How long to wait after a send without an answer before the message is looked up: by then it has arrived. */
const lookupDelay = 5_000
/** A reserved turn counts as missed when it is this late. */
const missedTurn = 250
const second = 1_000

/** 4 s, 8 s, ... up to 2 minutes, by how often the slot was tried. */
const pauseAfter = (attempts: number): number => Math.min(120, 2 ** Math.min(attempts + 1, 7)) * second

/**
 * Advances one claimed slot as far as possible: choose, post, settle. The claim's fencing token guards every step. If
 * the process dies, the next claim knows from the slot's state what may have happened: nothing chosen, chosen and
 * certainly not sent, or possibly sent.
 *
 * After an uncertain send, the channel is searched for the slot key, which every message of a slot carries for good;
 * Discord forgets the nonce within minutes. If the channel cannot be read, the slot is settled as unknown.
 */
export async function deliver(delivery: Delivery, claim: Claim): Promise<void> {
  try {
    if (claim.slot.state === 'sending') await resume(delivery, claim)
    else if (claim.slot.state === 'chosen') await send(delivery, claim, claim.slot.picks)
    else await pickAndSend(delivery, claim)
  } catch (error) {
    const { scheduleId, date } = claim.slot
    delivery.note('a slot could not be worked on', { scheduleId, date, error: messageOf(error) })
    await releaseLater(delivery, claim, { unsent: false }).catch(() => {})
  }
}

const slotsOf = ({ sources }: Delivery) => sources.store.slots

/** Releases the claim for a later retry. `unsent`: what this claim sent certainly did not arrive. */
const releaseLater = (
  delivery: Delivery,
  claim: Claim,
  how: { unsent: boolean; at?: number | undefined },
) => {
  const now = delivery.clock.now()
  const retryAt = Math.max(how.at ?? 0, now + pauseAfter(claim.slot.attempts))
  return slotsOf(delivery).release(claim, retryAt, now, { unsent: how.unsent })
}

function settle(delivery: Delivery, claim: Claim, settlement: Omit<Settlement, 'at'>): Promise<boolean> {
  const { scheduleId, date } = claim.slot
  if (settlement.state === 'unknown' || settlement.state === 'failed')
    delivery.note(`a slot is settled as ${settlement.state}`, { scheduleId, date, reason: settlement.reason })
  delivery.onSettled?.(settlement.state, settlement.reason ?? '')
  return slotsOf(delivery).settle(claim, { ...settlement, at: delivery.clock.now() })
}

/** Opens the thread, where one is wanted, before the slot is settled: a process that dies in between opens it again. */
async function settlePosted(delivery: Delivery, claim: Claim, messageId: string): Promise<void> {
  const { schedule, slot } = claim
  const isOpen = await withThread(delivery, schedule, slot.picks, messageId)
  const reason = slot.reason ?? (isOpen ? undefined : 'no-thread')
  await settle(delivery, claim, { state: 'posted', messageId, reason })
}

async function withThread(
  { render, openThread, note }: Delivery,
  schedule: Schedule,
  picks: readonly PaperPick[],
  messageId: string,
): Promise<boolean> {
  if (schedule.kind !== 'daily' || schedule.thread !== 'thread' || picks.length === 0) return true
  try {
    await openThread({ channelId: schedule.channelId, messageId }, await render.threadName(schedule, picks))
    return true
  } catch (error) {
    note('the thread of a pick could not be opened', { scheduleId: schedule.id, error: messageOf(error) })
    return false
  }
}

/** Nobody knows whether an earlier send arrived: looks for its message first. */
async function resume(delivery: Delivery, claim: Claim): Promise<void> {
  const found = await findSlot(delivery.poster, claim, delivery.clock.now())
  switch (found.kind) {
    case 'found':
      await settlePosted(delivery, claim, found.messageId)
      return
    case 'unknown':
      await settle(delivery, claim, { state: 'unknown', reason: found.reason })
      return
    case 'later':
      await releaseLater(delivery, claim, { unsent: false, at: found.at })
      return
    case 'absent':
      if (delivery.clock.now() >= claim.slot.expiresAt) {
        await settle(delivery, claim, { state: 'missed', reason: 'late' })
        return
      }
      if (!(await slotsOf(delivery).clear(claim, delivery.clock.now()))) return
      await send(delivery, withoutDoubt(claim), claim.slot.picks)
  }
}

/** The claim once it is certain that nothing was sent. */
const withoutDoubt = (claim: Claim): Claim => ({
  ...claim,
  slot: { ...claim.slot, state: 'chosen', sendingSince: undefined },
})

/** How often in a row a choice may lose its papers to other schedules of the channel before the slot is retried later. */
const maxChoices = 4

async function pickAndSend(delivery: Delivery, claim: Claim): Promise<void> {
  const { schedule, slot } = claim
  const { store } = delivery.sources
  const hold = await holdOf(store, schedule, slot, delivery.clock.now())
  if (hold.kind === 'wait') {
    await slotsOf(delivery).release(claim, hold.at, delivery.clock.now(), { unsent: true })
    return
  }
  const late = hold.kind === 'over' ? 'unsettled' : undefined
  for (let tries = 0; tries < maxChoices; tries++) {
    const choice = choose(await loadInputs(delivery.sources, schedule, slot.date, slot.at))
    const announces = choice.kind === 'none' && (late !== undefined || isNews(schedule, choice.reason))
    if (choice.kind === 'none' && !announces) {
      await settle(delivery, claim, { state: 'none', reason: reasonFor(schedule, choice.reason) })
      return
    }
    const picks = choice.kind === 'none' ? [] : choice.picks
    const stored = await slotsOf(delivery).choose(claim, picks, delivery.clock.now(), late)
    if (stored === 'lost') return
    if (stored === 'stored') {
      await send(delivery, { ...claim, slot: { ...slot, picks, reason: late } }, picks)
      return
    }
  }
  await releaseLater(delivery, claim, { unsent: true })
}

/** The channel is notified once that its topic is exhausted; other reasons are shown on request only. */
const isNews = (schedule: Schedule, reason: SlotReason): boolean =>
  schedule.kind === 'daily' && reason === 'exhausted' && schedule.exhaustedAt === undefined

const reasonFor = (schedule: Schedule, reason: SlotReason): SlotReason =>
  schedule.kind === 'follow' && reason === 'exhausted' ? 'nothing-new' : reason

async function send(delivery: Delivery, claim: Claim, picks: readonly PaperPick[]): Promise<void> {
  const { clock } = delivery
  const message = await renderMessage(delivery, claim, picks)
  if (message === undefined) {
    // The papers were removed from the library between two tries: the next claim chooses others.
    await slotsOf(delivery).unchoose(claim, clock.now())
    await releaseLater(delivery, claim, { unsent: true })
    return
  }
  const { schedule } = claim
  const target = targetOf(
    schedule,
    schedule.kind === 'daily' ? await delivery.render.threadName(schedule, picks) : '',
  )
  const place = placeOf(schedule)
  const wait = await waitToSend(delivery, claim, 'channelId' in place ? place.channelId : place.userId)
  if (wait !== undefined) {
    await slotsOf(delivery).release(claim, wait, clock.now(), { unsent: true })
    return
  }
  const now = clock.now()
  const until = now + sendTimeout + leaseMargin
  if (!(await slotsOf(delivery).sending(claim, now, until, delivery.poster.now()))) return
  // A process that was suspended here for long must not send what another process has taken over in the meantime.
  if (clock.now() >= until - sendTimeout) return
  const slotKey = slotKeyOf(claim.slot.scheduleId, claim.slot.date)
  const signal = clock.deadline(sendTimeout)
  await postAndSettle(delivery, { ...claim, until }, { target, message, nonce: slotKey, signal })
}

/** @returns when the slot may be sent, if its claim will have ended by then or the process is to end; undefined: now */
async function waitToSend(
  { clock, rateLimiter, stopping }: Delivery,
  claim: Claim,
  key: string,
): Promise<number | undefined> {
  for (;;) {
    const at = rateLimiter.reserve(key, clock.now())
    if (at > claim.until - leaseMargin) return at
    await clock.sleep(at - clock.now(), stopping)
    if (stopping?.aborted) return clock.now()
    // After a stall, all missed sends would leave at once: each reserves a new turn instead.
    if (clock.now() - at < missedTurn) return undefined
  }
}

/** @throws Error for a message without its slot key, which could never be found again */
async function renderMessage(
  delivery: Delivery,
  claim: Claim,
  picks: readonly PaperPick[],
): Promise<Message | undefined> {
  const slotKey = slotKeyOf(claim.slot.scheduleId, claim.slot.date)
  const message = await messageFor(delivery, claim, picks, slotKey)
  if (message !== undefined && !carries(customIds(message), slotKey))
    throw new Error('A message of a slot does not carry its mark')
  return message
}

async function messageFor(
  { render, sources, clock }: Delivery,
  { schedule, slot }: Claim,
  picks: readonly PaperPick[],
  slotKey: string,
): Promise<Message | undefined> {
  const late =
    slot.reason === 'unsettled' ? await lateness(sources.store, schedule, slot, clock.now()) : undefined
  if (picks.length > 0 || schedule.kind !== 'daily') return render.picks(schedule, picks, slotKey, late)
  return late === undefined ? render.exhausted(schedule, slotKey) : render.unsettled(schedule, slotKey, late)
}

const customIds = (message: Message): string[] =>
  (message.components ?? []).flatMap(row =>
    row.components.flatMap(part => ('custom_id' in part ? [part.custom_id] : [])),
  )

async function postAndSettle(delivery: Delivery, claim: Claim, request: PostRequest): Promise<void> {
  const outcome = await delivery.poster.post(request)
  switch (outcome.kind) {
    case 'posted':
      await settlePosted(delivery, claim, outcome.messageId)
      return
    case 'uncertain':
      delivery.note('a send had no answer', { slotKey: request.nonce, cause: outcome.cause })
      await slotsOf(delivery).release(claim, delivery.clock.now() + lookupDelay, delivery.clock.now(), {
        unsent: false,
      })
      return
    case 'later':
      await postpone(delivery, claim, outcome)
      return
    case 'refused':
      await refused(delivery, claim, outcome)
  }
}

async function postpone(delivery: Delivery, claim: Claim, { at, everywhere }: Later): Promise<void> {
  if (everywhere && at !== undefined) delivery.rateLimiter.hold(at)
  await releaseLater(delivery, claim, { unsent: true, at })
}

async function refused(delivery: Delivery, claim: Claim, { why, missing, cause }: Refused): Promise<void> {
  const { scheduleId, date } = claim.slot
  delivery.note('a send was refused', { scheduleId, date, why, missing, cause })
  const now = delivery.clock.now()
  if (why === 'invalid') await settle(delivery, claim, { state: 'failed', reason: 'invalid' })
  else await slotsOf(delivery).stop(claim, { kind: why, missing, at: now }, now)
}
