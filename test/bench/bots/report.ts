/** Tells the benchmark how a bot's process does: when it is ready, and its memory whenever asked. */
export function reportReady(): void {
  const tell = (kind: string) =>
    process.send?.({ kind, ms: performance.now(), rssMib: process.memoryUsage.rss() / 2 ** 20 })
  process.on('message', () => tell('memory'))
  process.on('disconnect', () => process.exit(0))
  tell('ready')
}

export const address = {
  apiUrl: process.env['BENCH_API_URL'] ?? '',
  token: process.env['BENCH_TOKEN'] ?? '',
  guildId: undefined,
}
