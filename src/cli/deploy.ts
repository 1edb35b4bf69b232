import type { Config } from '../config.ts'
import { deployCommands } from '../discord/deploy.ts'
import { Failure } from '../errors.ts'
import type { Outcome } from '../terminal/outcome.ts'

type Specs = Parameters<typeof deployCommands>[1]

/** @throws Failure without a token, or when Discord refuses */
export async function deploy(config: Config, specs: Specs, dryRun: boolean): Promise<Outcome> {
  const { token, apiUrl, guildId } = config
  if (token === undefined) throw new Failure('input', 'Set DISCORD_TOKEN: the sandbox registers by itself.')
  const changes = await deployCommands({ token, apiUrl, guildId }, specs, dryRun)
  const where = guildId === undefined ? 'everywhere' : `in the server ${guildId}`
  const lines = Object.entries(changes)
    .filter(([, names]) => names.length > 0)
    .map(([what, names]: [string, readonly string[]]) => `${what}: ${names.join(', ')}`)
  const head =
    lines.length === 0
      ? `All ${specs.length} commands are registered ${where} as they are here.`
      : `${dryRun ? 'Would be registered' : 'Registered'} ${where}:`
  return { data: { ...changes, dryRun }, text: [head, ...lines].join('\n'), empty: false }
}
