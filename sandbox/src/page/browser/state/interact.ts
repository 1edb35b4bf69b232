import type {
  CommandView,
  InteractionView,
  MessageView,
  OptionValue,
  Suggestions,
} from '../../../person-api.ts'
import { paths } from '../../../person-paths.ts'
import { call, Refused } from './api.ts'
import { learnMessage } from './events.ts'
import { type Session, withEntry, withMember } from './session.ts'

/** Discord's own words where a bot does not acknowledge in time. */
const answerTimeout = 'This application did not respond'

export interface Typed {
  readonly command: string
  readonly group?: string
  readonly subcommand?: string
  readonly options: Readonly<Record<string, OptionValue>>
}

export const suggestions = (
  session: Session,
  typed: Typed & { readonly focused: string },
  signal: AbortSignal,
): Promise<Suggestions> =>
  call('POST', paths.autocomplete(session.state.person, session.state.channelId ?? ''), typed, signal)

export const runSlash = (session: Session, name: string, typed: Typed): Promise<void> =>
  invoke(session, `/${name}`, () =>
    call('POST', paths.slash(session.state.person, session.state.channelId ?? ''), typed),
  )

export const runMenu = (session: Session, message: MessageView, command: CommandView): Promise<void> =>
  invoke(session, command.name, () =>
    call('POST', paths.menu(session.state.person, message.channel_id, message.id), { command: command.id }),
  )

async function invoke(session: Session, about: string, ask: () => Promise<InteractionView>): Promise<void> {
  const done = session.note('sending', 'Sending command…', about)
  try {
    const answer = await ask()
    done()
    if (answer.state === 'failed') session.note('failed', answerTimeout, about)
    accept(session, answer)
  } catch (error) {
    done()
    if (!(error instanceof Refused)) throw error
    session.note('failed', error.message, about)
  }
}

function accept(session: Session, answer: InteractionView): void {
  learnMessage(session, answer.message)
  if (answer.state === 'modal' && answer.modal !== undefined)
    session.update({ modal: { interaction: answer.id, form: answer.modal } })
}

export const pendingKey = (message: MessageView, customId: string): string => `${message.id} ${customId}`

export const press = (session: Session, message: MessageView, customId: string): Promise<void> =>
  useComponent(session, message, customId, 'press', { customId })

export const choose = (
  session: Session,
  message: MessageView,
  customId: string,
  values: readonly string[],
): Promise<void> => useComponent(session, message, customId, 'select', { customId, values })

async function useComponent(
  session: Session,
  message: MessageView,
  customId: string,
  kind: 'press' | 'select',
  body: unknown,
): Promise<void> {
  const key = pendingKey(message, customId)
  if (session.state.pending.has(key)) return
  const { failures, pending, person } = session.state
  session.update({
    pending: withMember(pending, key, true),
    failures: withEntry(failures, message.id, undefined),
  })
  const fail = (text: string) =>
    session.update({ failures: withEntry(session.state.failures, message.id, text) })
  try {
    const path = paths[kind](person, message.channel_id, message.id)
    const answer = await call<InteractionView>('POST', path, body)
    if (answer.state === 'failed') fail(answerTimeout)
    accept(session, answer)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    fail(error.message)
  } finally {
    session.update({ pending: withMember(session.state.pending, key, false) })
  }
}

/** Sends a form. Returns what went wrong: then the form stays open with what was typed. */
export async function submitModal(
  session: Session,
  fields: Readonly<Record<string, string | readonly string[]>>,
  done: () => void,
): Promise<string | undefined> {
  const { modal, person } = session.state
  if (modal === undefined) return undefined
  try {
    const answer = await call<InteractionView>('POST', paths.modal(person, modal.interaction), { fields })
    if (answer.state === 'failed') return `${answerTimeout}. Try again, or leave the form.`
    done()
    session.update({ modal: undefined })
    accept(session, answer)
    return undefined
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return error.message
  }
}
