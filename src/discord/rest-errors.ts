import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js'
import type { Later, Refused, Uncertain } from '../delivery/poster.ts'
import { messageOf } from '../errors.ts'

const refusalByCode: Readonly<Record<number, Refused['why']>> = {
  [RESTJSONErrorCodes.UnknownChannel]: 'gone',
  [RESTJSONErrorCodes.ThreadLocked]: 'gone',
  // Of a thread that is archived and locked: a post opens any other again.
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread]: 'gone',
  [RESTJSONErrorCodes.UnknownGuild]: 'removed',
  [RESTJSONErrorCodes.UnknownUser]: 'closed',
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser]: 'closed',
  // "Cannot send messages to this user due to having no mutual guilds"
  50278: 'closed',
  [RESTJSONErrorCodes.MissingAccess]: 'permission',
  [RESTJSONErrorCodes.MissingPermissions]: 'permission',
  [RESTJSONErrorCodes.TagRequiredToCreateAForumPostInThisChannel]: 'permission',
}

/** Errors before a byte was sent: the request was certainly not carried out. */
const notSentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

/** What an error of one REST request means for the message it carried. */
export function outcomeOf(error: unknown): Refused | Later | Uncertain {
  const cause = causeOf(error)
  if (error instanceof RateLimitError)
    return { kind: 'later', at: Date.now() + error.retryAfter, everywhere: error.global, cause }
  if (error instanceof DiscordAPIError) return refusal(error, cause)
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' && notSentCodes.has(code))
    return { kind: 'later', at: undefined, everywhere: true, cause }
  if (isTokenDropped(error)) return { kind: 'later', at: undefined, everywhere: true, cause }
  return { kind: 'uncertain', cause }
}

/** For the log: the message of Discord or a proxy may quote what somebody wrote. */
const causeOf = (error: unknown): string =>
  error instanceof DiscordAPIError ? `status ${error.status}, code ${error.code}` : messageOf(error)

/** discord.js drops its token after a 401, and then fails before anything is sent. */
const isTokenDropped = (error: unknown): boolean =>
  error instanceof Error && error.name === 'Error' && error.message.startsWith('Expected token')

/** A refusal by Discord itself. A proxy's page has no code, and does not reveal the outcome of the request. */
export const isDiscordRefusal = (error: unknown): error is DiscordAPIError =>
  error instanceof DiscordAPIError && typeof error.code === 'number' && error.code > 0

function refusal(error: DiscordAPIError, cause: string): Refused | Later | Uncertain {
  if (error.status === 401 || error.status === 429)
    return { kind: 'later', at: undefined, everywhere: true, cause }
  if (error.code === RESTJSONErrorCodes.OpeningDirectMessagesTooFast)
    return { kind: 'later', at: undefined, everywhere: false, cause }
  if (!isDiscordRefusal(error)) return { kind: 'uncertain', cause }
  const fallback = error.status === 404 ? 'gone' : error.status === 403 ? 'permission' : 'invalid'
  return { kind: 'refused', why: refusalByCode[Number(error.code)] ?? fallback, missing: [], cause }
}

/** Whether an error comes from the network or a proxy, so that a retry may succeed. */
export function isTransientError(error: unknown): boolean {
  if (error instanceof DiscordAPIError) return error.status !== 401 && !isDiscordRefusal(error)
  if (error instanceof HTTPError) return error.status >= 500
  const code = (error as { code?: unknown } | null)?.code
  const name = (error as { name?: unknown } | null)?.name
  return (
    isTokenDropped(error) ||
    name === 'AbortError' ||
    (typeof code === 'string' && /^(?:UND_ERR_|ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND)/u.test(code))
  )
}
