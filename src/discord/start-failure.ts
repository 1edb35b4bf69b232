import { DiscordAPIError, GatewayCloseCodes, RESTJSONErrorCodes } from 'discord.js'
import { Failure } from '../errors.ts'

/** The gateway ended a connection with a code after which discord.js does not try again. */
export class GatewayClosed extends Error {
  override readonly name = 'GatewayClosed'
  readonly code: number

  constructor(code: number) {
    super(`The gateway closed the connection with code ${code}`)
    this.code = code
  }
}

const badToken = (code: number): string =>
  `Discord refuses the token in DISCORD_TOKEN (code ${code}). Make a new one on the Bot page of your application and set it.`

/** What to do about a code of https://docs.discord.com/developers/topics/opcodes-and-status-codes */
function closeText(code: number): string {
  if (code === GatewayCloseCodes.AuthenticationFailed) return badToken(code)
  if (code === GatewayCloseCodes.DisallowedIntents || code === GatewayCloseCodes.InvalidIntents)
    return `Discord does not allow this application the intents that Lectern uses (code ${code}). They are not privileged: check that DISCORD_TOKEN belongs to the right application.`
  return `Discord closed the connection for good (code ${code}). Start again; if it happens again, this release is too old.`
}

/** The end of a connection that was open. */
export const closedForGood = (code: number): Failure => new Failure('busy', closeText(code))

/** The errors of Node's sockets that a wrong address gives, in words. */
const addressErrors: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host’s name cannot be looked up',
}

/** Why a start failed, in one line with what to do. */
export function startFailure(error: unknown, apiUrl: string): Failure {
  return error instanceof Failure ? error : new Failure('busy', startText(error, apiUrl), { cause: error })
}

function startText(error: unknown, apiUrl: string): string {
  const { code, status } = (error ?? {}) as { code?: unknown; status?: unknown }
  if (code === 'TokenInvalid' || status === 401) return badToken(401)
  if (error instanceof GatewayClosed) return closeText(error.code)
  // An address may contain a password.
  const { host } = new URL(apiUrl)
  const trouble =
    typeof code === 'string' && Object.hasOwn(addressErrors, code) ? addressErrors[code] : undefined
  const why = typeof status === 'number' ? `it answers with status ${status}` : trouble
  return `Discord cannot be reached at ${host}${why === undefined ? '' : `: ${why}`}. Check the network and DISCORD_API_URL.`
}

const notInGuildCodes = new Set<unknown>([RESTJSONErrorCodes.MissingAccess, RESTJSONErrorCodes.UnknownGuild])

/** Why the commands could not be registered. */
export function registerFailure(
  error: unknown,
  address: { apiUrl: string; guildId: string | undefined },
): Failure {
  if (address.guildId !== undefined && error instanceof DiscordAPIError && notInGuildCodes.has(error.code))
    return new Failure(
      'input',
      `The bot is not in the server ${address.guildId} that DISCORD_GUILD_ID names. Invite it there, or clear the variable to register the commands everywhere.`,
      { cause: error },
    )
  if (error instanceof DiscordAPIError && error.status < 500)
    return new Failure('input', `Discord refuses the commands: ${error.message.replaceAll(/\s+/gu, ' ')}`, {
      cause: error,
    })
  return startFailure(error, address.apiUrl)
}
