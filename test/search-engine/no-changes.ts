import type { Papers } from '../../src/store/paper-ports.ts'

/** A log of changes that nothing is ever added to. */
export const noChanges: Pick<Papers, 'changes'> = {
  changes: async since => ({
    changed: [],
    cursor: since ?? { epoch: 'fixed', revision: 0 },
    anew: since === undefined,
    more: false,
  }),
}
