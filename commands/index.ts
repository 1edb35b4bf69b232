import { ApplicationIntegrationType, InteractionContextType } from 'discord-api-types/v10'
import type { AnyCommand } from '../src/bot/command.ts'
import about from './about.ts'
import ask from './ask.ts'
import cite from './cite.ts'
import corpus from './corpus.ts'
import daily from './daily.ts'
import feeds from './feeds.ts'
import findPapers from './find-papers.ts'
import follow from './follow.ts'
import help from './help.ts'
import library from './library.ts'
import map from './map.ts'
import paper from './paper.ts'
import privacy from './privacy.ts'
import queue from './queue.ts'
import related from './related.ts'
import save from './save.ts'
import share from './share.ts'
import sources from './sources.ts'
import stats from './stats.ts'
import trending from './trending.ts'
import zotero from './zotero.ts'

/**
 * A command that needs no server can be installed by a person for themselves, and is then there in every server and
 * conversation, whether or not the bot is a member. The others say that they cannot: left out, Discord offers them wherever
 * the application's settings allow an installation.
 */
function installable<Command extends AnyCommand>(command: Command): Command {
  const { spec } = command
  const { GuildInstall, UserInstall } = ApplicationIntegrationType
  const { Guild, BotDM, PrivateChannel } = InteractionContextType
  const where =
    spec.contexts === undefined
      ? { integration_types: [GuildInstall, UserInstall], contexts: [Guild, BotDM, PrivateChannel] }
      : { integration_types: [GuildInstall] }
  return { ...command, spec: { ...spec, ...where } }
}

const all: readonly AnyCommand[] = [
  paper,
  ask,
  related,
  cite,
  findPapers,
  save,
  library,
  follow,
  share,
  queue,
  trending,
  stats,
  map,
  daily,
  sources,
  feeds,
  zotero,
  corpus,
  privacy,
  about,
  help,
]

/** The one list: what is registered, dispatched, helped with and tested. */
export const commands: readonly AnyCommand[] = all.map(installable)
