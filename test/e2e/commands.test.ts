import type { APIActionRowComponent, APIStringSelectComponent } from 'discord-api-types/v10'
import type { Reply } from 'discord-sandbox'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readCorpus } from '../../src/corpus/read.ts'
import { readable } from '../../src/corpus/readable.ts'
import { abstains } from '../../src/view/answer-card.ts'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'

let bot: Bot

beforeAll(async () => {
  bot = await startBot()
})
afterAll(() => bot.close())
afterEach(() => {
  expect(bot.sandbox.refused).toEqual([])
  expect(bot.log.filter(line => line.level >= 50)).toEqual([])
})

/** The options of a reply's first menu. */
function optionsOf(reply: Reply) {
  const row = reply.message.components?.[0] as APIActionRowComponent<APIStringSelectComponent>
  return row.components[0]!.options
}

const ada = () => bot.sandbox.person('ada')

describe('/paper', () => {
  it('shows the best match with a summary, the matched sentence, links, related papers, a menu and buttons', async () => {
    const reply = await ada().slash('general', 'paper', { query: 'kv cache' })
    const [embed] = reply.embeds
    expect(reply.ephemeral).toBe(false)
    expect(embed?.title).toMatch(/KV|Key|Cache/u)
    expect(embed?.description).toMatch(/> .*\*\*.*\*\*/u)
    expect(embed?.fields?.map(field => field.name)).toEqual(['Links', 'Related papers'])
    expect(reply.buttons).toEqual(expect.arrayContaining(['Whole abstract', 'Related papers', 'Cite']))
    expect(reply.message.components?.[0]).toMatchObject({ components: [{ type: 3 }] })
  })

  it('is private when asked to be', async () => {
    const reply = await ada().slash('general', 'paper', { query: 'kv cache', private: true })
    expect(reply.ephemeral).toBe(true)
    expect(
      bot.sandbox
        .person('grace')
        .messages('general')
        .map(message => message.id),
    ).not.toContain(reply.message.id)
  })

  it.each([
    ['SVERL', /Shapley|Explaining/u],
    ['VPO', /Value-Incentivized/u],
    ['value-incentivised preference optimisation', /Value-Incentivized/u],
  ])('finds %s by its name', async (query, title) => {
    const reply = await ada().slash('general', 'paper', { query })
    expect(reply.embeds[0]?.title).toMatch(title)
  })

  it('says what it searched for when words were misspelled', async () => {
    const reply = await ada().slash('general', 'paper', { query: 'consitutional prinicples' })
    expect(reply.embeds[0]?.title).toMatch(/Constitutional/u)
    expect(reply.embeds[0]?.description).toMatch(/^Showing results for \*/u)
  })

  it('says what it searched for when none of the papers holds a word', async () => {
    const reply = await ada().slash('general', 'paper', { query: 'astrophysics' })
    expect(reply.embeds[0]?.title).toMatch(/Galaxy Survey/u)
    expect(reply.embeds[0]?.description).toMatch(
      /^No paper mentions \*astrophysics\*; searched for \*[a-z ]+\*/u,
    )
  })

  it('says so, to the asker alone, when nothing fits', async () => {
    const reply = await ada().slash('general', 'paper', { query: 'zzzqqqxxx' })
    expect(reply.ephemeral).toBe(true)
    expect(reply.embeds[0]?.description).toContain('No paper here fits')
  })

  it.each(['the of and', '👍👍', 'a'.repeat(4000), '.*+?^{}()|[]\\', '__proto__'])(
    'answers %j somehow',
    async query => {
      const reply = await ada().slash('general', 'paper', { query })
      expect(reply.state).not.toBe('failed')
    },
  )

  it('offers papers while one types, and takes the one chosen', async () => {
    for (const text of ['', 'k', 'kv', 'kv ca', 'consitut', 'VPO']) {
      const choices = await ada().suggest('general', 'paper', 'query', text)
      expect(choices?.length, text).toBeGreaterThan(0)
    }
    const [choice] = (await ada().suggest('general', 'paper', 'query', 'VPO')) ?? []
    expect(choice?.name).toMatch(/Value-Incentivized/u)
    const reply = await ada().slash('general', 'paper', { query: String(choice?.value) })
    expect(reply.embeds[0]?.title).toMatch(/Value-Incentivized/u)
  })

  it('opens the whole abstract, related papers and the citation for whoever presses', async () => {
    const reply = await ada().slash('general', 'paper', { query: 'SVERL' })
    const grace = bot.sandbox.person('grace')
    const abstract = await grace.press(reply.message, 'Whole abstract')
    expect(abstract.ephemeral).toBe(true)
    expect(abstract.embeds[0]?.description?.length).toBeGreaterThan(500)
    const related = await grace.press(reply.message, 'Related papers')
    expect(related.embeds[0]?.title).toMatch(/^Related to/u)
    const cite = await grace.press(reply.message, 'Cite')
    expect(cite.content).toContain('@')
  })

  it('lets its asker change the message by the menu, and gives others a copy', async () => {
    const reply = await ada().slash('general', 'paper', { query: 'reward model' })
    const before = reply.embeds[0]?.title
    const option = optionsOf(reply)[1]!
    const copy = await bot.sandbox.person('grace').choose(reply.message, option.value)
    expect(copy.ephemeral).toBe(true)
    expect(reply.embeds[0]?.title).toBe(before)
    const changed = await reply.choose(option.value)
    expect(changed.state).toBe('updated')
    expect(reply.embeds[0]?.title?.slice(0, 20)).toBe(option.label.slice(0, 20))
    expect(reply.message.components).toHaveLength(2)
  })

  it('meets forged and outdated ids with a friendly line', async () => {
    const reply = await ada().slash('general', 'paper', { query: 'SVERL' })
    for (const id of [
      'L0:paper:cite::p1',
      'nonsense',
      'L1:paper:nothing::',
      'L1:nobody:cite::',
      'L1:paper:cite::no-such-paper',
      'L1:paper:page::p1,-5',
    ]) {
      const forged = await ada().sendRaw(reply.message, id)
      expect(forged.ephemeral, id).toBe(true)
      expect(forged.content, id).not.toBe('')
    }
  })
})

describe('/ask', () => {
  it('answers in quoted sentences with numbered sources', async () => {
    const reply = await ada().slash('general', 'ask', {
      question: 'How does Cross-Layer Attention reduce the KV cache?',
    })
    expect(reply.embeds[0]?.description).toMatch(/^> /u)
    expect(reply.embeds[0]?.fields?.[0]?.name).toBe('Sources')
    expect(reply.embeds[0]?.fields?.[0]?.value).toContain('[1]')
  })

  it('says so when the abstracts do not say', async () => {
    const reply = await ada().slash('general', 'ask', { question: 'What is the capital of Australia?' })
    expect(reply.embeds[0]?.description).toContain(abstains)
  })

  it('greets back', async () => {
    const reply = await ada().slash('general', 'ask', { question: 'hi there!' })
    expect(reply.content).toMatch(/^Hello!/u)
    expect(reply.embeds).toEqual([])
  })

  it('answers mentions, replies and direct messages, and pings nobody', async () => {
    const grace = bot.sandbox.person('grace')
    const asked = grace.say('general', `<@${bot.sandbox.applicationId}> how is the KV cache compressed?`)
    const answer = await grace.hears('general', asked)
    expect(answer.message_reference?.message_id).toBe(asked.id)
    expect(answer.embeds[0]?.description).toMatch(/^> /u)
    expect(answer.mentions).toEqual([])
    const followUp = grace.say('general', 'and how large is the saving?', { replyTo: answer.id })
    const second = await grace.hears('general', followUp)
    expect(second.embeds[0]?.title).toBe('and how large is the saving?')
    const direct = grace.say('dm', 'What is SVERL?')
    expect((await grace.hears('dm', direct)).embeds).toHaveLength(1)
    // In direct messages a question may go on without a reply.
    const next = await grace.hears('dm', grace.say('dm', 'and what does it explain?'))
    expect(next.embeds[0]?.description).toContain('SVERL')
    const another = await grace.hears('dm', grace.say('dm', 'How is the KV cache compressed?'))
    expect(another.embeds[0]?.description).not.toContain('SVERL')
  })

  it('turns the pages of a list for the asker, and gives others pages of their own', async () => {
    const first = await ada().slash('general', 'ask', { question: 'list all papers about language models' })
    const numbers = (reply: Reply) => reply.embeds[0]?.description?.match(/^\*\*\d+\.\*\*/gmu) ?? []
    expect(numbers(first)).toHaveLength(8)
    expect(first.embeds[0]?.footer?.text).toMatch(
      /^\d+ papers fit(?:, \d+ more in part)?, best first · page 1 of [234]$/u,
    )
    expect(first.buttons).toEqual(['Next'])
    const second = await ada().press(first.message, 'Next')
    expect(second.message.id).toBe(first.message.id)
    expect(numbers(second)[0]).toBe('**9.**')
    expect(second.embeds[0]?.title).toBe(first.embeds[0]?.title)
    expect(optionsOf(second)).toEqual(optionsOf(first))
    const others = await bot.sandbox.person('grace').press(second.message, 'Previous')
    expect(others.ephemeral).toBe(true)
    expect(numbers(others)[0]).toBe('**1.**')
    const shown = ada()
      .messages('general')
      .find(({ id }) => id === first.message.id)
    expect(shown?.embeds[0]?.footer?.text).toContain('page 2 of')
    await bot.restart()
    const again = await ada().press(second.message, 'Previous')
    expect(numbers(again)).toEqual(numbers(first))
  })

  it('stays out of talk that is not for it', async () => {
    const grace = bot.sandbox.person('grace')
    const before = grace.messages('general').length
    grace.say('general', 'how is the KV cache compressed?')
    grace.say('general', '@everyone hello')
    const asked = grace.say('general', `<@${bot.sandbox.applicationId}> hello`)
    await grace.hears('general', asked)
    expect(grace.messages('general')).toHaveLength(before + 4)
  })
})

describe('the other commands', () => {
  it.each([
    ['MLKV', 4, /Key-Value/u],
    ['Testing the Cosmological Principle', 1, /Galaxy Survey/u],
  ])('/related gives the neighbours of %s and no others', async (paper, count, title) => {
    const reply = await ada().slash('general', 'related', { paper })
    const description = reply.embeds[0]?.description ?? ''
    expect(description.match(/^\*\*\d\.\*\*/gmu)).toHaveLength(count)
    expect(description).toMatch(title)
  })

  it('/related says why', async () => {
    const reply = await ada().slash('general', 'related', { paper: 'SVERL' })
    expect(reply.embeds[0]?.description).toContain('in common: Shapley values')
  })

  it('/about and /help tell what there is', async () => {
    const about = await ada().slash('general', 'about')
    expect(about.embeds[0]?.fields?.[0]?.value).toContain('107 papers')
    const help = await ada().slash('general', 'help')
    expect(help.ephemeral).toBe(true)
    for (const { name } of ada().commands('general')) expect(help.embeds[0]?.description).toContain(name)
  })

  it('Find papers takes a message to the papers that fit', async () => {
    const message = ada().say(
      'general',
      'did anyone read the paper on constitutional AI with a single principle?',
    )
    const reply = await ada().menu(message, 'Find papers')
    expect(reply.ephemeral).toBe(true)
    expect(reply.embeds[0]?.description).toContain('Constitutional')
    const opened = await reply.choose(optionsOf(reply)[0]!.value)
    expect(opened.embeds[0]?.title).toContain('Constitutional')
  })
})

describe('all papers', () => {
  it('are found first by their title, with a summary, links and related papers', async () => {
    const papers = await readCorpus(['corpus'])
    expect(papers.papers).toHaveLength(107)
    for (const paper of papers.papers) {
      const reply = await ada().slash('papers', 'paper', { query: paper.title, private: true })
      const [embed] = reply.embeds
      expect(embed?.title?.replaceAll('\\', '').slice(0, 30)).toBe(readable(paper.title).slice(0, 30))
      expect(embed?.description?.length).toBeGreaterThan(100)
      expect(embed?.fields?.find(field => field.name === 'Links')?.value).toContain('](http')
      const related = embed?.fields?.find(field => field.name === 'Related papers')?.value.split('\n') ?? []
      expect(related.length).toBeLessThanOrEqual(3)
    }
  })
})

describe('a restart', () => {
  it('leaves buttons and menus working', async () => {
    const reply = await ada().slash('general', 'paper', { query: 'SVERL' })
    await bot.restart()
    const cite = await ada().press(reply.message, 'Cite')
    expect(cite.content).toContain('@')
  })

  it('does not send commands again that have not changed', async () => {
    const before = bot.sandbox.requests.filter(entry => entry.method === 'PUT').length
    await bot.restart()
    expect(bot.sandbox.requests.filter(entry => entry.method === 'PUT')).toHaveLength(before)
  })
})
