import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sentencesOf } from '../../src/answer/sentences.ts'

const split = (text: string) => sentencesOf(text).map(sentence => sentence.text)

describe('one sentence stays one', () => {
  test.each([
    'We cover common tasks, e.g. Atari and MuJoCo, i.e. Two well-known suites.',
    'Smith et al. 2019 and Jones et al. (2020) disagree.',
    'As Fig. 2 and Eq. (3) show, see Sec. 4.1, the loss falls.',
    'We compare Adam vs. SGD on No. 5.',
    'J. R. Smith and S. Lee found E. coli in the U.S. army.',
    'The rate rose from 85.79% to 98.95% (p < .001) with v2.0.1 of the code.',
    'Code is at https://example.org/a.b/c.html?x=1.2 and www.example.com.',
    'Is it "Yahoo! answers" that people read?',
    'They wait ... and then they act.',
    'Three aims (1. To see. 2. To hear.) were set.',
    'The aims were: 1. To see; 2. To hear; 3. To smell.',
    'We use Tic.Tac and Node.js here.',
    'Scores (e.g. BLEU [12]. See the appendix) are reported.',
    'RESULTS Of the 32,441 samples 16 were positive.',
    'Background. We know little of this.',
    'The data are i.i.d. and w.r.t. time stable.',
  ])('%s', text => {
    expect(split(text)).toEqual([text])
  })
})

describe('where one ends and the next begins', () => {
  test.each<[string, string[]]>([
    ['Models grow. We shrink them.', ['Models grow.', 'We shrink them.']],
    ['Models grow.We shrink them.', ['Models grow.', 'We shrink them.']],
    ['It is as shown by Smith et al. We differ.', ['It is as shown by Smith et al.', 'We differ.']],
    ['We study LLMs, VLMs, etc. There is more.', ['We study LLMs, VLMs, etc.', 'There is more.']],
    ['He said "it works." They agreed.', ['He said "it works."', 'They agreed.']],
    ['It works (on all tasks.) They agreed.', ['It works (on all tasks.)', 'They agreed.']],
    ['It works.[1,2] They agreed.', ['It works.[1,2]', 'They agreed.']],
    ['Does it work? It does! Mostly.', ['Does it work?', 'It does!', 'Mostly.']],
    ['It went on and on... Then it stopped.', ['It went on and on...', 'Then it stopped.']],
    [
      'We measured NO. The level rose in the ED. It fell.',
      ['We measured NO.', 'The level rose in the ED.', 'It fell.'],
    ],
    ['It binds. mRNA levels rose. p53 fell.', ['It binds.', 'mRNA levels rose.', 'p53 fell.']],
    ['It costs 5. We pay 6. 7 is too much.', ['It costs 5.', 'We pay 6.', '7 is too much.']],
    [
      'the flow was measured . it agrees with theory . the two, ref. 16, differ by 1.5 percent .',
      ['the flow was measured .', 'it agrees with theory .', 'the two, ref. 16, differ by 1.5 percent .'],
    ],
    ['we did this. it works. nobody knows why.', ['we did this.', 'it works.', 'nobody knows why.']],
    [
      'METHODS We asked 5 people. RESULTS They agreed.',
      ['METHODS We asked 5 people.', 'RESULTS They agreed.'],
    ],
    ['Methods: We asked. Results. They agreed.', ['Methods: We asked.', 'Results. They agreed.']],
    ['我们提出了一种方法。它有效！真的吗？', ['我们提出了一种方法。', '它有效！', '真的吗？']],
    [
      'An open (bracket. And no end. Still sentences.',
      ['An open (bracket.', 'And no end.', 'Still sentences.'],
    ],
  ])('%s', (text, expected) => {
    expect(split(text)).toEqual(expected)
  })
})

test.each(['', ' ', '\n\t', '.', '...', '?! .', '🙂', '()', 'a'])('odd text %j', text => {
  expect(split(text).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
})

const pieces = fc.constantFrom(
  ...[
    'We propose',
    'e.g.',
    'et al.',
    'Fig.',
    '2.',
    '1.5',
    ' . ',
    '(',
    ')',
    '[1]',
    '"',
    '. ',
    '.',
    '?',
    '!',
    '…',
    ' ',
  ],
  ...['the', 'The', 'U.S.', 'https://a.b/c.', 'RESULTS ', '\n', '。', 'é', '\u{1F600}', '\ud800', '} '],
)
const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(pieces, { maxLength: 60 }).map(parts => parts.join('')),
)

test('spans are in order, apart, trimmed, verbatim, and leave out nothing but white space', () => {
  fc.assert(
    fc.property(anything, text => {
      let at = 0
      let left = ''
      for (const sentence of sentencesOf(text)) {
        expect(sentence.start).toBeGreaterThanOrEqual(at)
        expect(sentence.end).toBeGreaterThan(sentence.start)
        expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text)
        expect(sentence.text).toBe(sentence.text.trim())
        left += text.slice(at, sentence.start)
        at = sentence.end
      }
      expect((left + text.slice(at)).trim()).toBe('')
    }),
    { numRuns: 500 },
  )
})

/** Calls of the regular expressions and slices grow with the text, not with its square: counted by length, not by the clock. */
test('20,000 characters of anything are split', () => {
  const unit = ['a', '.', ' ', '(', '. A', '" ', 'a.', '[1', 'A. ', '1. ', '..)', '。', '\n', 'e.g. ']
  for (const piece of unit) {
    const text = piece.repeat(Math.ceil(20_000 / piece.length))
    const sentences = sentencesOf(text)
    expect(
      sentences
        .map(s => s.text)
        .join('')
        .replace(/\s/g, ''),
    ).toBe(text.replace(/\s/g, ''))
  }
})

test.each([
  ['ABSTRACT: Lakes change winds. We show how.', 'Lakes change winds.'],
  ['Abstract\nLakes change winds.', 'Lakes change winds.'],
  ['Abstract We model lakes.', 'We model lakes.'],
  ['Summary Background Lakes change winds.', 'Background Lakes change winds.'],
])('the label of an abstract belongs to no sentence: "%s"', (text, first) => {
  const [sentence] = sentencesOf(text)
  expect(sentence?.text).toBe(first)
  expect(text.slice(sentence?.start, sentence?.end)).toBe(first)
})

test.each([
  'Abstract interpretation is a theory.',
  'Abstract Meaning Representation is hard to parse.',
  'Summary statistics mislead.',
  'Abstract',
])('a word that only looks like the label stays: "%s"', text => expect(split(text)).toEqual([text]))
