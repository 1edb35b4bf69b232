import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { page } from '../../src/corpus/page.ts'
import { pageLines, readWith } from './bytes.ts'

/** Two papers, as many ways of saving a page give them. */
const bees = {
  title: 'Counting Bees with Cheap Cameras',
  abstract:
    'Bees are hard to count by eye. We count bees with cheap cameras and a small net on the hive. The count errs by three bees in a hundred. All clips are public for other keepers.',
  summary:
    'A small net on cheap cameras counts the bees of a hive with an error of three in a hundred and needs no special hardware.',
}
const robots = {
  title: 'Shaping Feedback for Slow Robots: A Study of Learned Rewards in Kitchens',
  abstract:
    'Slow robots get little feedback. We shape the reward so that a slow robot learns in an hour. The reward is learned from ten clips and needs no simulator at all. Robots finish eight of ten chores.',
  summary: 'A learned reward lets slow robots learn eight of ten chores in an hour, without any simulator.',
}
const papers = [bees, robots]

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

const titlesAndTexts = async (text: string) =>
  (await readWith(page, text)).papers.map(({ title, abstract }) => ({ title, abstract }))

const whole = papers.map(({ title, abstract }) => ({ title, abstract }))
const summed = papers.map(({ title, summary }) => ({ title, abstract: summary }))
const wrapped = (width: number) =>
  papers.flatMap(one => [...wrap(one.title, width), '', ...wrap(one.abstract, width), ''])
const link = (title: string, at: number) => `[${title}](https://huggingface.co/papers/2410.0000${at + 1})`

describe('a page of two papers, however it was saved', () => {
  test.each([
    ['wrapped at 60', wrapped(60).join('\n')],
    ['wrapped at 72 with Windows line ends', wrapped(72).join('\r\n')],
    [
      'wrapped at 80, indented',
      wrapped(77)
        .map(line => (line === '' ? '' : `   ${line}`))
        .join('\n'),
    ],
    [
      'wrapped at 80, a blank line between papers alone',
      papers.flatMap(one => [...wrap(one.title, 80), ...wrap(one.abstract, 80), '']).join('\n'),
    ],
    [
      'wrapped at 100 without blank lines',
      papers.flatMap(one => [...wrap(one.title, 100), ...wrap(one.abstract, 100)]).join('\n'),
    ],
    [
      'wrapped at 120 with spaces that do not break',
      wrapped(120).join('\n').replaceAll('three bees', 'three\u00a0bees'),
    ],
    [
      'as Markdown with headings, wrapped',
      papers
        .flatMap((one, at) => [`### ${link(one.title, at)}`, '', ...wrap(one.abstract, 80), ''])
        .join('\n'),
    ],
    [
      'as a list of links',
      papers.flatMap((one, at) => [`- ${link(one.title, at)}`, '', `  ${one.abstract}`, '']).join('\n'),
    ],
    [
      'as a numbered list in bold',
      papers.flatMap((one, at) => [`${at + 1}. **${one.title}**`, '', one.abstract, '']).join('\n'),
    ],
    [
      'with submitters, counts and buttons',
      papers
        .flatMap(one => [
          'Submitted by',
          'mira_k',
          '',
          '9',
          one.title,
          '',
          one.abstract,
          '·',
          '4 authors',
          'Upvote',
          '12',
          '-',
          'GitHub 1.3k',
          'arXiv Page',
          '',
        ])
        .join('\n'),
    ],
    [
      'with submitters and no authors',
      papers.flatMap(one => ['Submitted by Mira K', one.title, one.abstract, 'Upvote 120', '']).join('\n'),
    ],
    [
      'with pictures and rules between the cards',
      papers
        .flatMap(one => [
          '![](https://cdn.example.org/a.png)',
          '',
          `## ${one.title}`,
          '',
          one.abstract,
          '',
          '---',
          '',
        ])
        .join('\n'),
    ],
    [
      'with dates behind an organisation',
      papers
        .flatMap(one => [
          one.title,
          one.abstract,
          'Open Hive',
          '· Published on Oct 3, 2024',
          'Upvote',
          '9',
          '',
        ])
        .join('\n'),
    ],
  ])('%s', async (_, text) => {
    expect(await titlesAndTexts(text)).toEqual(whole)
  })

  test.each([
    ['with counts', papers.flatMap(one => [one.title, one.summary, '8 authors', 'GitHub 11.3k'])],
    [
      'with submitters',
      papers.flatMap(one => ['Submitted by', 'mira_k', one.title, one.summary, '·', '2 authors']),
    ],
    ['and nothing else', papers.flatMap(one => [one.title, one.summary])],
    [
      'as Markdown',
      papers.flatMap((one, at) => [
        `### ${link(one.title, at)}`,
        '',
        one.summary,
        '',
        '[Upvote',
        '',
        '9](https://huggingface.co/login)',
        '',
      ]),
    ],
    ['wrapped', papers.flatMap(one => [...wrap(one.title, 50), '', ...wrap(one.summary, 50), ''])],
  ])('with one sentence in place of each abstract, %s', async (_, lines) => {
    expect(await titlesAndTexts(lines.join('\n'))).toEqual(summed)
  })

  test('with a summary before each abstract gives the abstract', async () => {
    const lines = papers.flatMap(one => [one.title, one.summary, one.abstract, '8 authors'])
    expect(await titlesAndTexts(lines.join('\n'))).toEqual(whole)
  })

  test('with links to the papers keeps their identifiers', async () => {
    const { papers: read } = await readWith(page, `### ${link(bees.title, 0)}\n\n${bees.abstract}\n`)
    expect(read.map(({ arxiv, url }) => [arxiv, url])).toEqual([
      ['2410.00001', 'https://huggingface.co/papers/2410.00001'],
    ])
  })

  test('of one paper takes its identifier from the buttons', async () => {
    const text = `# ${bees.title}\n\nPublished on Jan 22, 2024\n\n## Abstract\n\n${bees.abstract}\n\n`
    const buttons =
      '[View arXiv page](https://arxiv.org/abs/2401.12345)\n\n[View PDF](https://arxiv.org/pdf/2401.12345)\n'
    expect((await readWith(page, text + buttons)).papers).toMatchObject([
      { title: bees.title, abstract: bees.abstract, arxiv: '2401.12345' },
    ])
    const other = '[Related](https://arxiv.org/abs/2401.99999)\n'
    expect((await readWith(page, text + buttons + other)).papers[0]).not.toHaveProperty('arxiv')
  })

  test('of a day, with titles alone, gives those that lead to a paper', async () => {
    const { papers, rejected } = await readWith(
      page,
      `# Daily Papers

[![Image 1](https://cdn.example.org/x.png)](https://huggingface.co/papers/2401.12345)

Submitted by

akhaliq

[12](https://huggingface.co/login?next=%2Fpapers%2F2401.12345)

### [Small Models Are Enough](https://huggingface.co/papers/2401.12345)

 [12 authors](https://huggingface.co/papers/2401.12345)

### [Other Models: A Survey](/papers/2401.12346)

[View arXiv page](https://arxiv.org/abs/2401.12346)
`,
    )
    expect(papers).toMatchObject([
      { title: 'Small Models Are Enough', abstract: '', arxiv: '2401.12345' },
      { title: 'Other Models: A Survey', arxiv: '2401.12346' },
    ])
    // The name of who submitted it is told: it might have been a title.
    expect(rejected).toEqual([expect.stringContaining('akhaliq')])
  })

  test('whose summary shares no word with its title is a paper inside its card', async () => {
    const lines = ['Submitted by', 'mira_k', 'VoxHive', bees.summary, '8 authors']
    expect(await titlesAndTexts(lines.join('\n'))).toEqual([{ title: 'VoxHive', abstract: bees.summary }])
  })
})

describe('the page that ships, wrapped', () => {
  test('at any width, with blank lines between its pieces, is the same page', async () => {
    const right = (await readWith(page, pageLines.join('\n'))).papers
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 30, max: 500 }),
        fc.constantFrom('\n', '\r\n'),
        async (width, end) => {
          const lines = pageLines.flatMap(line => [...wrap(line, width), ''])
          expect((await readWith(page, lines.join(end))).papers).toEqual(right)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('with the spaces that it was broken at is the same page', async () => {
    const right = (await readWith(page, pageLines.join('\n'))).papers
    const lines = pageLines.map(line => wrap(line, 80).join(' \n'))
    expect((await readWith(page, lines.join('\n'))).papers).toEqual(right)
  })

  test('without blank lines loses few papers and tells of them', async () => {
    const right = (await readWith(page, pageLines.join('\n'))).papers.map(({ id }) => id)
    for (const width of [66, 72, 80, 100, 120]) {
      const lines = pageLines.flatMap(line => wrap(line, width))
      const ids = (await readWith(page, lines.join('\n'))).papers.map(({ id }) => id)
      expect(ids.filter(id => right.includes(id)).length, `at ${width}`).toBeGreaterThan(95)
      expect(ids.filter(id => !right.includes(id)).length, `at ${width}`).toBeLessThan(4)
    }
  })
})

describe('a list with title and abstract on one line', () => {
  const link = (at: number) => `https://arxiv.org/abs/2401.0001${at}`
  test.each<[string, (title: string, abstract: string, at: number) => string]>([
    ['links', (title, abstract, at) => `- [${title}](${link(at)}) - ${abstract}`],
    [
      'bold links, with who and when',
      (title, abstract, at) => `- **[${title}](${link(at)})** (One et al., 2024): ${abstract}`,
    ],
    ['numbers and bold titles', (title, abstract, at) => `${at}. **${title}** — ${abstract}`],
  ])('%s', async (_, write) => {
    const text = papers.map((one, at) => write(one.title, one.abstract, at + 1)).join('\n')
    expect(await titlesAndTexts(`# Reading list\n\n${text}\n`)).toEqual(whole)
    const brief = papers.map((one, at) => write(one.title, one.summary, at + 1)).join('\n')
    expect(await titlesAndTexts(brief)).toEqual(summed)
  })
})
