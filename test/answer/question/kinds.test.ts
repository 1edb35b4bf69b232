import { describe, expect, test } from 'vitest'
import { definedIn } from '../../../src/answer/question/defined.ts'
import { type Kind, kindsOf } from '../../../src/answer/question/kinds.ts'

/** Made-up questions about things that do not exist: the wording alone tells what is asked. */
const forms: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  define: [
    'what exactly is quillnet',
    'tell me what quillnet is',
    'remind me what quillnet is',
    'never heard of quillnet',
    'quillnet definition',
    'can u explain quillnet',
    'could someone explain quillnet to me',
    'what kind of thing is quillnet',
    'so what is quillnet then',
    'in simple words what is quillnet',
    'what do you know about quillnet',
    'tell me about quillnet',
    'quillnet stands for?',
    'meaning of quillnet?',
  ],
  how: [
    'how does quillnet work',
    'how do they do the gating',
    'how is the gate trained',
    'in what way does quillnet cut memory',
    'how does quillnet manage to save memory',
    'how do you train quillnet without labels',
    'what method do they use to train the gate',
    'by what means do they prune tokens',
    'what do they do to avoid forgetting',
    'what technique do they use for pruning',
    "how's the gate learned",
    'how can i prune tokens',
    'explain how quillnet works',
    'explain how the gate is trained',
  ],
  why: [
    'why do we need quillnet',
    'why is attention slow',
    "what's the motivation for quillnet",
    'why not just use dropout',
    'why bother with gates',
    'why does dropout fail',
    'what was the motivation',
    'reason for using gates?',
    'how come gates are slow',
  ],
  limits: [
    'what are the limitations',
    'what are the limits of quillnet',
    'what doesnt quillnet do well',
    'what do they recommend',
    'what do they leave for future work',
    'any downsides',
    'when does quillnet fail',
    'what are the risks',
    'what remains open',
    'does it always help',
    'what are the implications',
    'what should practitioners do',
    'what assumptions does it need',
    'what do they conclude',
  ],
  digest: [
    'summarize quillnet',
    'tldr of quillnet',
    'sum up the quillnet paper',
    'gist of quillnet?',
    'give me the short version',
    "what's the quillnet paper about",
    'whats this paper about',
    'quillnet in a nutshell',
    'main takeaways of quillnet',
    'quick summary of quillnet pls',
    'can you condense quillnet for me',
    'key points of quillnet',
    'overview of quillnet',
    'what is the paper on quill about',
  ],
  avail: [
    'is the code available',
    "where's the code",
    'is there code',
    'can i download the data',
    'where can i get it',
    'is it open source',
    'got a link?',
    'link to the repo?',
    'is the dataset public',
    'did they release the model',
    'do they share their code',
    'are the weights out',
    'is there a website',
  ],
}

describe.each(Object.entries(forms) as [Kind, readonly string[]][])('%s', (kind, questions) => {
  test.each(questions)('%s', question => {
    expect(kindsOf(question)[kind]).toBe(true)
  })
})

test('a question of no kind is another', () => {
  expect(kindsOf('green ideas sleep furiously in the quiet folded valve').other).toBe(true)
  expect(kindsOf('').other).toBe(true)
})

test.each([
  ['how many layers does it have', 'how'],
  ['how do they shrink it', 'number'],
  ['what is the size of quillnet', 'define'],
] as const)('%s is not of kind %s', (question, kind) => {
  expect(kindsOf(question)[kind]).toBe(false)
})

test.each([
  ['tl;dr of the harmonic pitch paper', 'limits'],
  ['how does the recommender keep up with changing tastes', 'limits'],
  ['why should i care how big it is', 'limits'],
  ['why would anyone cut weak links out of the map', 'limits'],
  ['where do the photos come from', 'why'],
  ['how does it come up with likely causes', 'why'],
  ['how does the liver fill the gap', 'trouble'],
  ['do mice lacking it gain weight', 'trouble'],
  ['could the link between them be a bias', 'avail'],
  ['how could one predict how good a photo looks', 'howgood'],
  ['how did they see what drugs do to mice', 'howgood'],
] as const)('%s: a word within another one, or in another sense, asks nothing (%s)', (question, kind) => {
  expect(kindsOf(question)[kind]).toBe(false)
})

test.each([
  ['what does PTG stand for in that routing engine', 'PTG'],
  ['what does GA mean when people talk about blood tests', 'GA'],
  ['what is MKP-2 and what does it do?', 'MKP-2'],
  ['what sort of compound is epicatechin', 'epicatechin'],
  ['subgoal labels - what are they exactly', 'subgoal labels'],
  ["what's Bamboo in adversarial defense", 'Bamboo'],
  ['explain the quill gate', 'quill gate'],
  ['EGCG?', 'EGCG?'],
  ['', ''],
])('%s wants %s defined', (question, target) => {
  expect(definedIn(question)).toBe(target)
})

test.each<[text: string, kind: Kind, holds: boolean]>([
  ['what makes bakers rude', 'finds', true],
  ['what makes bakers rude', 'why', false],
  ['what makes baking quillbread so hard', 'why', true],
  ['they use quillbread, what for?', 'use', true],
  ['which ovens can recommend quillbread when nobody rated it', 'limits', false],
  ['what do they recommend to bakers', 'limits', true],
  ['did the policy-based baker win', 'limits', false],
  ['does salt raise the risk of mould', 'limits', false],
  ['do mice eat more of the bread they catch', 'limits', false],
  ['when do bakers get up', 'limits', false],
  ['when does quillbread fail', 'limits', true],
  ['was it baked in a real oven or only in simulation', 'limits', true],
  ['how mature is quillbread', 'limits', true],
  ['how mature is quillbread', 'how', false],
  ['what does quillbread do with the wrong flour', 'how', true],
  ['trick behind quillbread?', 'how', true],
  ['what heuristic did they use to pick the flour', 'how', true],
  ['rising time complexity of quillbread with yeast in tall ovens?', 'number', true],
  ["what's the error rate of quillbread scales", 'define', false],
  ['whats annoying about quillbread', 'trouble', true],
  ['downsides of existing bread training', 'trouble', true],
  ['downsides of existing bread training', 'limits', false],
  ['whats wrong with most sourdough work', 'gain', false],
  ['limitations of quillbread', 'limits', true],
  ['what does ordinary bread lack that quillbread has', 'trouble', true],
  ['does crust matter more for taste or for looks', 'gain', true],
  ['what did the loaves look like without salt', 'finds', true],
  ['crust formation in wooden ovens for rye bread?', 'define', true],
  ['in quillbread, how is the crust made', 'how', true],
  ['fast or slow methods for rye dough fermentation?', 'define', false],
])('%s: %s %s', (text, kind, holds) => {
  expect(kindsOf(text)[kind]).toBe(holds)
})
