import { withEarlierQuestion } from '../answer/question/earlier-question.ts'
import { referenceIn } from '../answer/question/reference.ts'
import { comparedIn } from '../answer/routing/comparison.ts'
import { asksElsewhere } from '../answer/routing/elsewhere.ts'
import { listsSubject } from '../answer/routing/list.ts'
import type { Wanted } from '../search/port.ts'
import { questionOf } from '../view/answer-card.ts'
import { decodeId } from '../view/ids.ts'
import type { ComponentInteraction, IncomingMessage, MessageSnapshot } from './command.ts'
import { chosenRef } from './options.ts'

/** What components call papers, as far as its signs tell. */
const isRef = (text: string): boolean => /^[A-Za-z0-9._-]{1,40}$/u.test(text)
/** More than a message has components and options. */
const mostRefs = 400
/** Of so many papers the neighbours may be shown with them. */
const mostShown = 2

/** What a text that is searched for or asked needs. */
function wantedByText(text: string): Wanted {
  const besides = comparedIn(text)
  return besides === undefined ? { text } : { text, besides }
}

/** What a command needs of the papers: what it searches for, and the papers that were chosen while typing. */
export function wantedByCommand(text: string, options: object): Wanted {
  const refs = Object.values(options).flatMap(value =>
    typeof value === 'string' ? (chosenRef(value) ?? []) : [],
  )
  const searched = chosenRef(text) === undefined ? wantedByText(text) : {}
  return refs.length === 0 ? searched : { ...searched, refs, related: refs.slice(0, mostShown) }
}

/** What a click needs: the papers that it names, and those of the message. */
export function wantedByComponent({
  args,
  values,
  message,
}: Pick<ComponentInteraction, 'args' | 'values' | 'message'>): Wanted {
  const named = [...values, ...args].filter(isRef)
  const refs = [...new Set([...named, ...refsOn(message)])].slice(0, mostRefs)
  return refs.length === 0 ? {} : { refs, related: named.slice(0, mostShown) }
}

/** What a message needs: what it says, the papers of what it goes on from, and what was asked there if it is asked again. */
export function wantedByMessage({ text, replyTo, earlier }: IncomingMessage): Wanted {
  const from = replyTo ?? earlier
  const question = questionOf(from?.embeds[0]?.title ?? '')
  const isAskedAgain = question !== '' && (asksElsewhere(text) || listsSubject(text))
  const own = wantedByText(text)
  const refs = refsOn(from)
  const whole = refs.length === 0 ? withEarlierQuestion(text, question) : text
  const more = isAskedAgain ? [question] : whole === text ? [] : [whole]
  const searched = more.length > 0 ? { ...own, besides: [...(own.besides ?? []), ...more] } : own
  if (refs.length === 0) return searched
  const kind = referenceIn(text)?.kind
  const asksNeighbors = kind === 'similar' || kind === 'others' || kind === 'byDate'
  return asksNeighbors ? { ...searched, refs, related: refs.slice(0, mostShown) } : { ...searched, refs }
}

function refsOn(message: MessageSnapshot | undefined): string[] {
  const parts = (message?.components ?? []).flatMap(row => row.components)
  const refs = parts.flatMap(part => {
    const id = 'custom_id' in part ? decodeId(part.custom_id) : 'older'
    const args = id === 'older' ? [] : id.args
    return 'options' in part ? [...args, ...part.options.map(option => option.value)] : args
  })
  return [...new Set(refs)].filter(isRef).slice(0, mostRefs)
}
