import { Client, type ClientOptions, Events, GatewayIntentBits, Partials } from 'discord.js'
import { expect, onTestFinished } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../src/sandbox.ts'

export interface ClientFixture {
  readonly sandbox: Sandbox
  readonly client: Client<true>
  close(): Promise<void>
}

const intents = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.GuildMessagePolls,
  GatewayIntentBits.DirectMessages,
]

/** The real client, not yet logged in. */
export const clientFor = (sandbox: Sandbox, options: Partial<ClientOptions> = {}): Client =>
  new Client({
    intents,
    partials: [Partials.Channel, Partials.Message, Partials.Reaction],
    ...options,
    rest: { api: sandbox.apiUrl, ...options.rest },
  })

/** A sandbox and the real discord.js client, logged in over real sockets. */
export async function startClientFixture(
  options: SandboxOptions = {},
  clientOptions: Partial<ClientOptions> = {},
): Promise<ClientFixture> {
  const bugs: unknown[] = []
  const sandbox = await startSandbox({ botName: 'Lectern', onBug: bug => bugs.push(bug), ...options })
  const client = clientFor(sandbox, clientOptions)
  const ready = new Promise<void>(resolve => client.once(Events.ClientReady, () => resolve()))
  await client.login(sandbox.token)
  await ready
  return {
    sandbox,
    client: client as Client<true>,
    async close() {
      await client.destroy()
      await sandbox.close()
      if (bugs.length > 0) throw bugs[0]
    },
  }
}

/** `startClientFixture` for one test, at whose end it is closed. */
export async function openFixture(...args: Parameters<typeof startClientFixture>): Promise<ClientFixture> {
  const fixture = await startClientFixture(...args)
  onTestFinished(() => fixture.close())
  return fixture
}

/** A sandbox without a bot for one test, at whose end it is closed. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options)
  onTestFinished(() => sandbox.close())
  return sandbox
}

/** What an act that Discord turns down says: its code. */
export async function codeOf(operation: Promise<unknown>): Promise<number | string | undefined> {
  try {
    await operation
  } catch (error) {
    return (error as { code?: number | string }).code
  }
  return undefined
}

/** Registers commands by name, each with one optional text option `text`, and one message menu entry. */
export const registerCommands = (fixture: ClientFixture, ...names: string[]) =>
  fixture.client.application.commands.set([
    ...names.map(name => ({
      name,
      description: name,
      options: [{ type: 3 as const, name: 'text', description: 'text' }],
    })),
    { type: 3 as const, name: 'Find papers' },
  ])

/** Looks until it is so: patient, for a machine with other things to do. */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 })
