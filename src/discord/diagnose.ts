import { type Client, PermissionFlagsBits, Routes } from 'discord.js'
import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10'
import { z } from 'zod'
import { type Finding, fault, ok, warning } from '../bot/finding.ts'
import type { Log } from '../log.ts'
import { missingPermissions } from '../view/permissions.ts'
import { closeClient } from './close-client.ts'
import { type Address, inviteOf, openClient } from './connect.ts'
import { identify } from './connect-http.ts'
import { openGuildReader } from './guild-reader.ts'
import { missingIn } from './poster.ts'
import { changedCommands } from './register.ts'
import { startFailure } from './start-failure.ts'

interface DiagnoseOptions {
  readonly address: Address
  readonly specs: readonly RESTPostAPIApplicationCommandsJSONBody[]
  /** Channels of a server that schedules post to. */
  channelsOf(guildId: string): Promise<readonly string[]>
  readonly log: Log
}

const Guilds = z.array(z.looseObject({ id: z.string(), name: z.string() }))
const GatewayInfo = z.looseObject({
  shards: z.number(),
  session_start_limit: z.looseObject({ remaining: z.number(), total: z.number() }),
})

/** Servers that are looked at one by one. */
const maxGuilds = 50
/** A machine whose clock differs by more from Discord's announces wrong times, in ms. */
const maxSkew = 5_000

const basic =
  PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages | PermissionFlagsBits.EmbedLinks

/** Asks Discord about the token, the clock, the commands, and what the bot may do in its servers. Changes nothing. */
export async function diagnose(options: DiagnoseOptions): Promise<Finding[]> {
  const { address } = options
  const client = openClient(address.apiUrl) as Client<true>
  const clock: Finding[] = []
  client.rest.once('response', (_request, { headers }) => {
    clock.push(clockFinding(Date.parse(headers.get('date') ?? '') - Date.now()))
  })
  try {
    const { application } = await identify(client, address.token)
    return [
      ok('token', `belongs to the application ${application.id}; no privileged intent is needed`),
      ...clock,
      await gatewayFinding(client),
      await commandFinding(client, options),
      ...(await guildFindings(client, options)),
    ]
  } catch (error) {
    const { message } = startFailure(error, address.apiUrl)
    return [...clock, fault('Discord', message, 'Nothing else about Discord could be checked.')]
  } finally {
    await closeClient(client)
  }
}

function clockFinding(ahead: number): Finding {
  // The header has whole seconds.
  if (Number.isNaN(ahead) || Math.abs(ahead + 500) <= maxSkew) return ok('clock', 'agrees with Discord’s')
  const seconds = Math.round(Math.abs(ahead) / 1_000)
  return warning(
    'clock',
    `is ${seconds} s ${ahead > 0 ? 'behind' : 'ahead of'} Discord’s`,
    'Let the machine set its clock by the network (NTP): picks come at its time.',
  )
}

async function gatewayFinding(client: Client): Promise<Finding> {
  const { shards, session_start_limit: starts } = GatewayInfo.parse(
    await client.rest.get(Routes.gatewayBot()),
  )
  if (starts.remaining < 10)
    return warning(
      'gateway',
      `${starts.remaining} of ${starts.total} connections of today are left`,
      'Something restarts the bot again and again: look at its log before Discord resets the token.',
    )
  const recommended = shards > 1 ? `; Discord recommends ${shards} shards, which \`npm start\` sees to` : ''
  return ok('gateway', `${starts.remaining} of ${starts.total} connections of today are left${recommended}`)
}

async function commandFinding(client: Client<true>, { address, specs }: DiagnoseOptions): Promise<Finding> {
  const changes = await changedCommands(client.rest, client.application.id, address.guildId, specs)
  const count = changes.added.length + changes.changed.length + changes.removed.length
  if (count === 0) return ok('commands', `all ${specs.length} are registered as they are here`)
  return warning(
    'commands',
    `${count} differ from those that are registered`,
    '`lectern deploy` registers them, and so does the next start.',
  )
}

async function guildFindings(client: Client<true>, options: DiagnoseOptions): Promise<Finding[]> {
  const guilds = Guilds.parse(await client.rest.get(Routes.userGuilds()))
  if (guilds.length === 0)
    return [warning('servers', 'the bot is in none', `Add it to one: ${inviteOf(client)}`)]
  const findings = [ok('servers', `the bot is in ${guilds.length}`)]
  const reader = openGuildReader(client, options.log)
  for (const { id, name } of guilds.slice(0, maxGuilds))
    findings.push(...(await guildFinding(client, { id, name }, { reader, channelsOf: options.channelsOf })))
  if (guilds.length > maxGuilds)
    findings.push(ok('servers', `only the first ${maxGuilds} were looked at one by one`))
  return findings
}

async function guildFinding(
  client: Client<true>,
  { id, name }: { id: string; name: string },
  {
    reader,
    channelsOf,
  }: { reader: ReturnType<typeof openGuildReader> } & Pick<DiagnoseOptions, 'channelsOf'>,
): Promise<Finding[]> {
  await reader.read(id)
  const guild = client.guilds.cache.get(id)
  const own = guild?.members.me
  if (guild === undefined || own === null || own === undefined)
    return [warning(`server ${name}`, 'could not be read', 'Try again; see the log for why.')]
  const missing = missingPermissions(own.permissions.bitfield, basic)
  const findings =
    missing.length === 0
      ? []
      : [
          warning(
            `server ${name}`,
            `the bot’s role lacks ${missing.join(', ')}`,
            'Give its role these permissions in the server’s settings, or only in the channels where it posts.',
          ),
        ]
  for (const channelId of await channelsOf(id)) {
    const channel = guild.channels.cache.get(channelId)
    const lacks = missingIn(client, channelId)
    if (channel === undefined)
      findings.push(
        warning(
          `server ${name}`,
          'a schedule posts to a channel that is gone, or that the bot does not see',
          '`/daily list` in that server names it; set it anew or stop it.',
        ),
      )
    else if (lacks.length > 0)
      findings.push(
        warning(
          `server ${name}`,
          `a schedule posts to #${channel.name}, where the bot lacks ${lacks.join(', ')}`,
          'Give them to the bot in that channel’s settings.',
        ),
      )
  }
  return findings.length > 0
    ? findings
    : [ok(`server ${name}`, 'the bot may post, and its schedules can too')]
}
