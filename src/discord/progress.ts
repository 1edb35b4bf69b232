import { setTimeout as sleep } from 'node:timers/promises'
import type { BaseInteraction } from 'discord.js'
import { clip } from '../view/escape.ts'
import { limits } from '../view/limits.ts'

/** How far a long command is, shown in place of the answer to come. */
interface Progress {
  tell(text: string): void
  /** Resolves when nothing of it can reach Discord any more: what comes after it stays. */
  close(): Promise<void>
}

/** Between two edits of one answer, in ms: Discord lets through five in five seconds, and the answer itself has to get there. */
const editEvery = 2_000

const opened = new WeakMap<BaseInteraction, Progress>()

/** An interaction's progress. Only what was acknowledged for its member alone shows it. */
export function progressOf(interaction: BaseInteraction): Progress {
  const known = opened.get(interaction)
  if (known !== undefined) return known
  const made = openProgress(interaction)
  opened.set(interaction, made)
  return made
}

function openProgress(interaction: BaseInteraction): Progress {
  const closing = new AbortController()
  let latest = ''
  let working: Promise<void> | undefined
  const work = async (): Promise<void> => {
    for (let shown = ''; !closing.signal.aborted && shown !== latest; ) {
      shown = latest
      // Nobody misses one of these, and the answer itself says what went wrong.
      await edit(interaction, shown).catch(() => {})
      await sleep(editEvery, undefined, { signal: closing.signal }).catch(() => {})
    }
    working = undefined
  }
  return {
    tell(text) {
      latest = text
      if (!closing.signal.aborted && isWaiting(interaction)) working ??= work()
    },
    async close() {
      closing.abort()
      await working
    },
  }
}

/** Acknowledged for the member alone, and not answered yet. */
const isWaiting = (interaction: BaseInteraction): boolean =>
  interaction.isRepliable() && interaction.deferred && interaction.ephemeral === true

async function edit(interaction: BaseInteraction, text: string): Promise<void> {
  if (!interaction.isRepliable()) return
  await interaction.editReply({ content: clip(text, limits.content), allowedMentions: { parse: [] } })
}
