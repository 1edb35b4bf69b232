import type { Reply } from './reply.ts'

const formats = { rss: 'RSS', json: 'JSON Feed', bib: 'BibTeX' } as const

/** The addresses, and what a key is worth. */
export function feedsReply(publicUrl: string, key: string, isNew: boolean): Reply {
  const lines = (['shares', 'picks'] as const).map(kind => {
    const links = Object.entries(formats).map(
      ([ending, name]) => `${name}: <${publicUrl}/feeds/${key}/${kind}.${ending}>`,
    )
    return `**${kind === 'shares' ? 'Shares' : 'Picks'}**\n${links.join('\n')}`
  })
  const head = isNew
    ? 'These are the new addresses; the old ones are refused from now on.'
    : 'Whoever has one of these addresses can read what this server shares and picks in channels that @everyone can view, without names and notes.'
  return {
    audience: 'ephemeral',
    content: [head, ...lines, '`/feeds renew` gives new ones, `/feeds off` turns them off.'].join('\n'),
  }
}

export const feedsOff = (wereOn: boolean): Reply => ({
  audience: 'ephemeral',
  content: wereOn
    ? 'The feeds are off: their addresses are refused from now on.'
    : 'The feeds were off already.',
})
