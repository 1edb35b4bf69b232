import { refusal } from '../judge/refusal.ts'
import type { Message } from '../state/types.ts'
import type { World } from '../state/world.ts'

/** Ends a poll when the clock reaches its expiry. */
export function closePollInTime(world: World, message: Message): void {
  const { poll } = message
  if (poll === undefined) return
  world.clock.after(poll.expiresAt - world.clock.now(), () => closePoll(world, message))
}

export function closePoll(world: World, message: Message): void {
  const { poll } = message
  if (poll === undefined || poll.finalized) return
  poll.finalized = true
  world.bus.emit({ type: 'message-edited', message })
}

/**
 * Sets whom a person votes for.
 * @param answers ids; none takes the vote back
 * @throws Refusal when the poll is over or the choice cannot be
 */
export function vote(world: World, message: Message, user: string, answers: readonly number[]): void {
  const { poll } = message
  if (poll === undefined) throw refusal(10008)
  if (poll.finalized) throw refusal(520000)
  if (answers.some(id => !poll.votes.has(id)) || (answers.length > 1 && !poll.multiple)) throw refusal(50024)
  for (const [answer, users] of poll.votes) {
    const wanted = answers.includes(answer)
    if (wanted === users.has(user)) continue
    if (wanted) users.add(user)
    else users.delete(user)
    world.bus.emit({ type: wanted ? 'vote-added' : 'vote-removed', message, user, answer })
  }
}
