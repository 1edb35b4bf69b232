import type { Store } from '../../src/store/ports.ts'
import { ann } from './fixture.ts'

type Which = [guildId?: string, more?: { sendsSaves?: boolean; library?: string; userId?: string }]
export type LinkTo = (...which: Which) => Promise<void>

export const linkTo = (store: Store, ...[guildId = 'g1', more = {}]: Which): Promise<void> =>
  store.zotero.setLink({
    guildId,
    library: 'groups/1',
    collection: 'ABCDEFGH',
    writeKey: 'secret-of-zotero',
    sendsSaves: false,
    userId: ann,
    at: 1,
    ...more,
  })

export const zoteroEntry = (
  paperId: string,
  more: { guildId?: string; note?: string; isSave?: boolean; userId?: string } = {},
) => ({ guildId: 'g1', paperId, tag: 't', note: '', userId: ann, isSave: false, at: 2, ...more })
