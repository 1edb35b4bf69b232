import { describe, expect, it } from 'vitest'
import trending from '../../commands/trending.ts'
import { papersFrom } from '../fixtures/members.ts'
import { openSharedServer } from '../fixtures/shared-server.ts'
import { withSummaries } from './summaries.ts'

const papers = papersFrom([
  { title: 'Key value caches' },
  { title: 'Speculative decoding' },
  { title: 'Old' },
])
const open = () => openSharedServer({ papers, commands: [trending], wrap: withSummaries })

describe('/trending', () => {
  it('ranks what the server did lately, and says why', async () => {
    const server = await open()
    const { posts, votes, saves } = server.bot.store
    const guildId = server.sandbox.guild('Lab').id
    const channelId = [...server.sandbox.world.channels.values()].find(one => one.name === 'papers')!.id
    const now = Date.now()
    const post = (id: string, paperId: string, at: number, guild = guildId) =>
      posts.share({ id, guildId: guild, channelId, userId: '1', paperId, note: '', at })
    const vote = (postId: string, paperId: string, userId: string, at = now) =>
      votes.cast({ guildId, postId, paperId, userId, useful: true, at })
    await post('s1', 'p1', now)
    for (const user of ['1', '2', '3']) await vote('s1', 'p1', user)
    for (const user of ['1', '2']) await saves.put(user, { paperId: 'p1', guildId, at: now })
    await saves.put('1', { paperId: 'p2', guildId, at: now })
    await saves.put('2', { paperId: 'gone', guildId, at: now })
    await post('s3', 'p3', now - 20 * 86_400_000)
    await post('s9', 'p3', now, server.sandbox.guild('Next door').id)
    const reply = await server.sandbox.person('alan').slash('general', 'trending')
    expect(reply.ephemeral).toBe(false)
    expect(reply.embeds[0]?.title).toBe('Trending here in the last 7 days')
    expect(reply.embeds[0]?.description?.replaceAll(/\]\([^)]*\)/gu, ']')).toBe(
      ['**1.** [Key value caches]', '-# 3 useful, shared once'].join('\n'),
    )
    const month = await server.sandbox
      .person('alan')
      .slash('general', 'trending', { days: 30, private: true })
    expect(month.ephemeral).toBe(true)
    expect(month.embeds[0]?.description).toContain('Old')
    expect(server.sandbox.refused).toEqual([])
  })

  it('says so, to the asker alone, when nothing happened', async () => {
    const server = await open()
    const reply = await server.sandbox.person('mallory').slash('lobby', 'trending', { days: 1 })
    expect(reply.ephemeral).toBe(true)
    expect(reply.content).toContain('in the last day')
  })
})
