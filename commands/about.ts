import { time } from '@discordjs/formatters'
import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import { defineCommand } from '../src/bot/command.ts'
import { privately, privateOption } from '../src/bot/options.ts'
import { shown } from '../src/view/escape.ts'
import { accent } from '../src/view/pieces.ts'

const stored = [
  '• Searches, questions and messages: nothing. They are answered from memory and forgotten; the log holds no text that people wrote.',
  '• Of you: your list, what you follow and what it has brought you, and how you voted. You alone see it: of votes others see the counts, and what you save in a server helps to choose its picks, unnamed.',
  '• Of a server: what was shared, proposed and picked in it, with who did, until 30 days after I leave.',
  '`/privacy export` gives you all that is yours. `/privacy delete` removes it for good, also your name, notes and votes from what I posted; a fingerprint of your id stays, so that an older backup does not bring you back.',
]

const sent = (model: string): string =>
  `Questions that the abstracts answer go, with the sentences quoted for them and without names, to the model ${shown(model, 60)}, which whoever runs me has chosen. What it writes is shown as far as the sentences bear it out.`

const embedded = (model: string): string =>
  `What is searched for or asked, and the papers, go without names to the model ${shown(model, 60)}, which whoever runs me has chosen, to find papers by meaning.`

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'about',
    description: 'What this bot reads and what it stores',
    options: [privateOption],
  },
  input: z.object({ private: privately }),
  audience: input => (input.private ? 'ephemeral' : 'public'),
  run: async (_input, _context, { facts, generator, library }) => {
    const { papers, count } = library.search
    // Where papers are fetched for each request, nobody counts those without an abstract.
    const without = papers.length < count ? 0 : papers.filter(paper => paper.abstract === '').length
    const sends = [
      ...(generator === undefined ? [] : [sent(generator.model)]),
      ...(facts.embeds === undefined ? [] : [embedded(facts.embeds)]),
    ]
    const corpus = [
      `${count} papers from ${facts.sources.map(source => shown(source, 80)).join(', ')}`,
      ...(without > 0 ? [`${without} without an abstract`] : []),
      ...(facts.rejected > 0 ? [`${facts.rejected} damaged records left out; the log lists them`] : []),
    ]
    return {
      embeds: [
        {
          color: accent,
          title: 'Lectern',
          description:
            'Keeps a lab’s papers one slash away. Answers are sentences quoted from abstracts, each with its source.',
          fields: [
            { name: 'Corpus', value: corpus.join('\n').slice(0, 1000) },
            { name: 'Version', value: facts.version, inline: true },
            {
              name: 'Running since',
              value: time(facts.startedAt, 'R'),
              inline: true,
            },
            {
              name: 'What it stores',
              value: stored.join('\n'),
            },
            ...(sends.length === 0 ? [] : [{ name: 'What it sends', value: sends.join('\n') }]),
          ],
        },
      ],
    }
  },
})
