import { parseArgs } from 'node:util'
import { z } from 'zod'
import { SandboxError } from './errors.ts'
import { page } from './page/serve.ts'
import { startSandbox } from './sandbox.ts'

const help = `Usage: discord-sandbox [--host ADDRESS] [--port NUMBER] [--token TOKEN] [--name NAME]

Starts a Discord in a box and prints what a bot needs to connect to it.

  --host   where it listens (default 127.0.0.1; it has no login, so keep it on this machine)
  --port   default 3000
  --token  the bot's token (default: a new one each time)
  --name   the bot's user name (default Bot)
`

const Options = z.object({
  host: z.string().min(1).max(255).default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(3000),
  token: z.string().min(1).max(200).optional(),
  name: z.string().min(2).max(32).optional(),
  help: z.boolean().default(false),
})

function optionsOf(args: readonly string[]): z.infer<typeof Options> {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { host: text, port: text, token: text, name: text, help: { type: 'boolean', short: 'h' } },
    })
    return Options.parse(values)
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message
    throw new SandboxError(`${reason}\n\n${help}`, { cause: error })
  }
}

async function run(): Promise<void> {
  const { host, port, token, name, help: wanted } = optionsOf(process.argv.slice(2))
  if (wanted) {
    process.stdout.write(help)
    return
  }
  const sandbox = await startSandbox({
    host,
    port,
    page: page(),
    ...(token === undefined ? {} : { token }),
    ...(name === undefined ? {} : { botName: name }),
  })
  process.stdout.write(
    `Open   ${sandbox.url}\nAPI    ${sandbox.apiUrl}   (rest.api of discord.js)\nToken  ${sandbox.token}\nCtrl+C stops it.\n`,
  )
  const stop = () => void sandbox.close().then(() => process.exit(0))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
}

try {
  await run()
} catch (error) {
  process.stderr.write(`${error instanceof SandboxError ? error.message : (error as Error).stack}\n`)
  process.exit(1)
}
