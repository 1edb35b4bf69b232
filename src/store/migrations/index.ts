import type { Migration } from 'kysely/migration'
import { lifeInTheLab } from './0001-life-in-the-lab.ts'
import { toldProblems } from './0002-told-problems.ts'
import { processes } from './0003-processes.ts'
import { erasures } from './0004-erasures.ts'
import { requests } from './0005-requests.ts'
import { requestBudgets } from './0006-request-budgets.ts'
import { papers } from './0007-papers.ts'
import { sources } from './0008-sources.ts'
import { vectors } from './0009-vectors.ts'
import { choices } from './0010-choices.ts'
import { outward } from './0011-outward.ts'
import { zoteroItems } from './0012-zotero-items.ts'
import { zoteroNotTaken } from './0013-zotero-not-taken.ts'

/** In the order in which they run; names sort in that order, and never change once they have shipped. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-life-in-the-lab': lifeInTheLab,
  '0002-told-problems': toldProblems,
  '0003-processes': processes,
  '0004-erasures': erasures,
  '0005-requests': requests,
  '0006-request-budgets': requestBudgets,
  '0007-papers': papers,
  '0008-sources': sources,
  '0009-vectors': vectors,
  '0010-choices': choices,
  '0011-outward': outward,
  '0012-zotero-items': zoteroItems,
  '0013-zotero-not-taken': zoteroNotTaken,
}
