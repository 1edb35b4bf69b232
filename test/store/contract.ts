import { describe } from 'vitest'
import { backupContract } from './contract-backup.ts'
import { budgetContract } from './contract-budgets.ts'
import { choiceContract } from './contract-choices.ts'
import { claimContract } from './contract-claims.ts'
import { feedContract } from './contract-feeds.ts'
import { guildContract } from './contract-guilds.ts'
import { hostileBackupContract } from './contract-hostile-backup.ts'
import { memberContract } from './contract-members.ts'
import { paperContract } from './contract-papers.ts'
import { privacyContract } from './contract-privacy.ts'
import { processContract } from './contract-processes.ts'
import { readingContract } from './contract-reading.ts'
import { requestContract } from './contract-requests.ts'
import { scheduleContract } from './contract-schedules.ts'
import { serverContract } from './contract-servers.ts'
import { settlingContract } from './contract-settling.ts'
import { sourceContract } from './contract-sources.ts'
import { unreadableContract } from './contract-unreadable.ts'
import { vectorContract } from './contract-vectors.ts'
import { zoteroContract } from './contract-zotero.ts'
import { givenUpContract } from './contract-zotero-given-up.ts'
import type { Setting } from './fixture.ts'

/** What every database has to do. Both run all of it. */
export function contract(setting: () => Setting) {
  memberContract(setting)
  serverContract(setting)
  guildContract(setting)
  privacyContract(setting)
  scheduleContract(setting)
  choiceContract(setting)
  claimContract(setting)
  unreadableContract(setting)
  settlingContract(setting)
  backupContract(setting)
  processContract(setting)
  budgetContract(setting)
  requestContract(setting)
  paperContract(setting)
  sourceContract(setting)
  vectorContract(setting)
  readingContract(setting)
  feedContract(setting)
  zoteroContract(setting)
  describe('zotero', () => givenUpContract(setting))
  hostileBackupContract(setting)
}
