/** Discord's error codes that the sandbox uses, with status and text. */
const known = {
  0: [401, '401: Unauthorized'],
  10002: [404, 'Unknown Application'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10011: [404, 'Unknown Role'],
  10013: [404, 'Unknown User'],
  10014: [404, 'Unknown Emoji'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  30010: [400, 'Maximum number of reactions reached (20)'],
  30032: [400, 'Maximum number of application commands reached (100)'],
  40005: [413, 'Request entity too large'],
  40094: [400, 'This interaction has reached the maximum number of follow up messages.'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50003: [403, 'Cannot execute action on a DM channel'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50021: [403, 'Cannot execute action on a system message'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  160002: [400, 'Cannot reply without permission to read message history'],
  160004: [400, 'A thread has already been created for this message'],
  520000: [400, 'Cannot vote in an expired poll'],
  520001: [400, 'Poll cannot be created in this channel type'],
  520006: [400, 'Poll has expired'],
} as const satisfies Record<number, readonly [status: number, message: string]>

export type Code = keyof typeof known

/** A request that Discord would turn down, with what it would say. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly code: number
  /** Per field, nested like the body; each leaf lists `{ code, message }` under `_errors`. */
  readonly errors: unknown

  constructor(status: number, code: number, message: string, errors?: unknown) {
    super(message)
    this.status = status
    this.code = code
    this.errors = errors
  }

  toJSON() {
    const { code, message, errors } = this
    return errors === undefined ? { message, code } : { message, code, errors }
  }
}

export function refusal(code: Code): Refusal {
  const [status, message] = known[code]
  return new Refusal(status, code, message)
}

export const unknownRoute = (): Refusal => new Refusal(404, 0, '404: Not Found')
