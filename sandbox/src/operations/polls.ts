import { type APIEmbed, type APIMessage, EmbedType, MessageType } from 'discord-api-types/v10'
import type { Message } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { refusal } from '../validation/refusal.ts'

/**
 * Ends a poll. Its outcome is Discord's own message, which the caller posts.
 * @returns that message's embed; undefined when the poll was over already
 */
export function endPoll(world: World, message: Message): APIEmbed | undefined {
  const { poll } = message
  if (poll === undefined || poll.finalized) return undefined
  poll.finalized = true
  world.bus.emit({ type: 'message-edited', message })
  return outcomeOf(message)
}

export const outcomeType = MessageType.PollResult

/** Discord tells the outcome in an embed of named fields. */
function outcomeOf({ data, poll }: Message): APIEmbed {
  const counts = [...(poll?.votes ?? [])].map(([id, users]) => ({ id, votes: users.size }))
  const total = counts.reduce((sum, { votes }) => sum + votes, 0)
  const most = Math.max(0, ...counts.map(({ votes }) => votes))
  const [first, ...ties] = counts.filter(({ votes }) => votes === most && most > 0)
  const won = first !== undefined && ties.length === 0 ? first : undefined
  const values = {
    poll_question_text: (data.poll as NonNullable<APIMessage['poll']>).question.text ?? '',
    victor_answer_votes: String(most),
    total_votes: String(total),
    ...(won === undefined ? {} : { victor_answer_id: String(won.id), ...textOf(data, won.id) }),
  }
  const fields = Object.entries(values).map(([name, value]) => ({ name, value, inline: false }))
  return { type: EmbedType.PollResult, fields }
}

function textOf({ poll }: APIMessage, id: number) {
  const text = poll?.answers.find(answer => answer.answer_id === id)?.poll_media.text
  return text == null ? {} : { victor_answer_text: text }
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
