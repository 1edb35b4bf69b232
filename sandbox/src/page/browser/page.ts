import type { MessageView } from '../../person-api.ts'
import type { Boot } from './state/boot.ts'
import type { Session } from './state/session.ts'

/** What every part of the page is given: what there is to show, and how to go somewhere else. */
export interface Page {
  readonly session: Session
  readonly boot: Boot
  /** Puts text into the composer as if it had been typed, and the cursor behind it. */
  readonly fill: (text: string) => void
  /** Opens a channel and puts the cursor into its line. */
  readonly goTo: (channel: string | undefined) => Promise<void>
  /** Opens the channel and brings the message into view, with what came after it. */
  readonly jump: (channel: string, message: string) => Promise<void>
  readonly reply: (message: MessageView) => void
}
