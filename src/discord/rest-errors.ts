import { DiscordAPIError, RateLimitError, RESTJSONErrorCodes } from 'discord.js'
import type { Later, Refused, Uncertain } from '../delivery/poster.ts'
import { messageOf } from '../errors.ts'

const refusalByCode: Readonly<Record<number, Refused['why']>> = {
  [RESTJSONErrorCodes.UnknownChannel]: 'gone',
  [RESTJSONErrorCodes.ThreadLocked]: 'gone',
  [RESTJSONErrorCodes.UnknownGuild]: 'removed',
  [RESTJSONErrorCodes.UnknownUser]: 'closed',
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser]: 'closed',
  // "Cannot send messages to this user due to having no mutual guilds"
  50278: 'closed',
  [RESTJSONErrorCodes.MissingAccess]: 'permission',
  [RESTJSONErrorCodes.MissingPermissions]: 'permission',
}

/** Errors before a byte has left: the request was certainly not carried out. */
const notSentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

/** What an error of one REST request means for the message it carried. */
export function outcomeOf(error: unknown): Refused | Later | Uncertain {
  const cause = messageOf(error)
  if (error instanceof RateLimitError)
    return { kind: 'later', at: Date.now() + error.retryAfter, everywhere: error.global, cause }
  if (error instanceof DiscordAPIError) return refusal(error, cause)
  const code = (error as { code?: unknown } | null)?.code
  const name = (error as { name?: unknown } | null)?.name
  if (typeof code === 'string' && notSentCodes.has(code))
    return { kind: 'later', at: undefined, everywhere: true, cause }
  // discord.js clears its token after a 401 and then fails before sending.
  if (name === 'Error' && /token/iu.test(cause))
    return { kind: 'later', at: undefined, everywhere: true, cause }
  return { kind: 'uncertain', cause }
}

/** A refusal in Discord's own words. A proxy's page has no code, and says nothing of what became of the request. */
export const isDiscordRefusal = (error: unknown): error is DiscordAPIError =>
  error instanceof DiscordAPIError && typeof error.code === 'number' && error.code > 0

function refusal(error: DiscordAPIError, cause: string): Refused | Later | Uncertain {
  if (error.status === 401 || error.status === 429)
    return { kind: 'later', at: undefined, everywhere: true, cause }
  if (!isDiscordRefusal(error)) return { kind: 'uncertain', cause }
  const fallback = error.status === 404 ? 'gone' : error.status === 403 ? 'permission' : 'invalid'
  return { kind: 'refused', why: refusalByCode[Number(error.code)] ?? fallback, missing: [], cause }
}
