import { PermissionFlagsBits as Bits, OverwriteType } from 'discord-api-types/v10'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'

const hidden = 'layoffs-2027'

describe.each([{ http: false }, { http: true }])('a channel that few can view, $http', ({ http }) => {
  let bot: Bot
  let lab: string
  let secret: string
  beforeAll(async () => {
    bot = await startBot({
      http,
      prepare: sandbox => {
        lab = sandbox.guild('Lab').id
        const viewers = [sandbox.world.bot.id, sandbox.person('grace').person.user.id]
        secret = sandbox.addChannel(lab, {
          name: hidden,
          overwrites: [
            { id: lab, type: OverwriteType.Role, allow: 0n, deny: Bits.ViewChannel },
            ...viewers.map(id => ({
              id,
              type: OverwriteType.Member,
              allow: Bits.ViewChannel,
              deny: 0n,
            })),
          ],
        }).id
      },
    })
  })
  afterAll(async () => {
    expect(bot.sandbox.refused).toEqual([])
    expect(bot.log.filter(line => line.level >= 50)).toEqual([])
    await bot.close()
  })
  const ada = () => bot.sandbox.person('ada')
  const alan = () => bot.sandbox.person('alan')
  const grace = () => bot.sandbox.person('grace')
  const channel = (name: string) =>
    [...bot.sandbox.world.channels.values()].find(one => one.name === name)?.id ?? ''

  describe('its daily picks', () => {
    let id = ''
    beforeAll(async () => {
      const set = (to: string, topic: string) =>
        ada().slash('general', 'daily set', { channel: to, time: '09:30', timezone: 'UTC', topic })
      await set(secret, 'reinforcement learning')
      const choices = await ada().suggest('general', 'daily why', 'schedule', '')
      id = String(choices?.[0]?.value)
      expect((await alan().slash('general', 'daily why')).content).toContain('no daily picks here')
      await set(channel('general'), 'attention')
    })
    const names = async (who: typeof ada, act: string) =>
      (await who().suggest('general', `daily ${act}`, 'schedule', ''))?.map(({ name }) => name.split(':')[0])

    it('are completed for those who can view it, and for whoever manages the server', async () => {
      for (const act of ['why', 'preview', 'pause', 'remove']) {
        expect(await names(alan, act)).toEqual(['#general'])
        for (const who of [ada, grace])
          expect((await names(who, act))?.toSorted()).toEqual(['#general', `#${hidden}`])
      }
    })

    it('are listed and shown to nobody else', async () => {
      const listed = async (who: typeof ada) => {
        const reply = await who().slash('general', 'daily list')
        return reply.embeds[0]?.description?.match(/reinforcement|attention/gu)?.toSorted()
      }
      expect(await listed(alan)).toEqual(['attention'])
      expect(await listed(grace)).toEqual(['attention', 'reinforcement'])
      expect(await listed(ada)).toEqual(['attention', 'reinforcement'])
      for (const act of ['why', 'preview']) {
        const forged = await alan().slash('general', `daily ${act}`, { schedule: id })
        expect(forged.content).toBe('Choose one of the suggested schedules.')
        expect((await grace().slash('general', `daily ${act}`, { schedule: id })).embeds).not.toEqual([])
        const only = await alan().slash('general', `daily ${act}`)
        expect(JSON.stringify(only.embeds)).not.toContain('reinforcement')
        expect(only.embeds).not.toEqual([])
      }
    })
  })
})
