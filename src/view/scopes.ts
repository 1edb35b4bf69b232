/** Where a search looks: the papers that everybody sees, the server's own, the member's list, what was shared in channels of the server. */
export const scopes = ['shared', 'server', 'mine', 'posted'] as const
export type Scope = (typeof scopes)[number]

export const isScope = (text: string): text is Scope => scopes.some(scope => scope === text)

/** As choices of the option `in`. */
export const scopeChoices: readonly { readonly name: string; readonly value: Scope }[] = [
  { name: 'My own list (only I see the reply)', value: 'mine' },
  { name: 'What was shared in this server', value: 'posted' },
  { name: 'This server’s own papers', value: 'server' },
  { name: 'The papers that everybody has', value: 'shared' },
]

const notes: Readonly<Record<Scope, string>> = {
  mine: 'your own list',
  posted: 'what was shared where everybody here can see it',
  server: 'this server’s own papers',
  shared: 'the papers that everybody has',
}

/** A line that says where a reply looked; '' for everywhere. */
export const scopeNote = (scope: Scope | undefined): string =>
  scope === undefined ? '' : `-# Only in ${notes[scope]}.`

/** Said where there is nothing to look in. */
export const scopeEmpty: Readonly<Record<Scope, string>> = {
  mine: 'Your list is empty. **Save** under a paper, or `/save`, puts one on it.',
  posted: 'Nothing was shared yet where everybody here can see it. `/share` does that.',
  server: 'This server has no papers of its own. Whoever manages it can add some with `/corpus add`.',
  shared: 'There are no papers.',
}
