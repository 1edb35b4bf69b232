/** Tells the benchmark how a bot's process does: when it is ready, and its memory and processor time whenever asked. */
export function reportReady(): void {
  const tell = (kind: string) => {
    const { user, system } = process.cpuUsage()
    const rssMib = process.memoryUsage.rss() / 2 ** 20
    process.send?.({ kind, ms: performance.now(), cpuMs: (user + system) / 1_000, rssMib })
  }
  process.on('message', () => tell('now'))
  process.on('disconnect', () => process.exit(0))
  tell('ready')
}

export const address = {
  apiUrl: process.env['BENCH_API_URL'] ?? '',
  token: process.env['BENCH_TOKEN'] ?? '',
  guildId: undefined,
}
