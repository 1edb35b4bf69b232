/** What a newcomer can try, shown where the bot has the command. `@` stands for the bot's name. */
const examples: readonly { readonly command?: string; readonly text: string }[] = [
  { command: 'paper', text: '/paper kv cache' },
  { command: 'ask', text: '/ask How can the memory of the KV cache be reduced?' },
  { command: 'related', text: '/related ' },
  { text: '@ hello' },
  { command: 'help', text: '/help ' },
]

export function examplesFor(commands: ReadonlySet<string>, bot: string): readonly string[] {
  return examples
    .filter(({ command }) => command === undefined || commands.has(command))
    .map(({ text }) => (text.startsWith('@') ? `@${bot}${text.slice(1)}` : text))
}
