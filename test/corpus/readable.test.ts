import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readable } from '../../src/corpus/readable.ts'

const cases = (rows: Readonly<Record<string, string>>) =>
  test.each(Object.entries(rows))('%s', (text, expected) => expect(readable(text)).toBe(expected))

describe('LaTeX that has lost its backslashes and dollar signs', () => {
  cases({
    'star formation rate ({rm SFR}), stellar metallicity (Z_{rm MW})':
      'star formation rate (SFR), stellar metallicity (Z_MW)',
    'the true M_*, {rm SFR}': 'the true M*, SFR',
    'impose a {rm SFR}{>}10^{-1} M_odot/{rm yr} lower bound': 'impose a SFR>10⁻¹ M☉/yr lower bound',
    'a {sim}0.3 dex bias': 'a ∼0.3 dex bias',
    'and t_{rm age, MW} < 8,{rm Gyr} upper': 'and t_(age, MW) < 8 Gyr upper',
    'employing a reward model ({varphi})': 'employing a reward model (φ)',
    'Alignment for Agents (UA^2), which': 'Alignment for Agents (UA²), which',
    'above the 2.5,sigma significance level': 'above the 2.5 σ significance level',
    'an amplitude of 25~muas yr^{-1}.': 'an amplitude of 25 muas yr⁻¹.',
    'we emph{never} use textbf{two}': 'we never use two',
    'for k geq 3': 'for k ≥ 3',
    'an L_{infty} norm': 'an L_∞ norm',
    'Control~(SMEC)': 'Control (SMEC)',
    '{times}3 faster': '×3 faster',
  })
})

describe('LaTeX', () => {
  cases({
    'a \\textit{new} way \\emph{of \\textbf{training}}': 'a new way of training',
    'which we term {\\em gradient masking}': 'which we term gradient masking',
    'runs in $O(n\\log n)$ time': 'runs in O(n log n) time',
    'where $\\epsilon$ is the rate, $B_{opt} \\propto \\epsilon N$': 'where ε is the rate, B_opt ∝ ε N',
    'an $L^2$ Hilbert space and $F_1$ score': 'an L² Hilbert space and F₁ score',
    'at most $\\mathcal{O}\\left(\\log^5(1/\\epsilon)\\right)$': 'at most O(log⁵(1/ε))',
    'up to \\textbf{180$\\times$} smaller': 'up to 180× smaller',
    'about $\\frac{1}{n+1}$ and $\\sqrt{d}$': 'about 1/(n+1) and √d',
    'na\\"{i}ve Bayes by Erd\\H{o}s and Ko\\v{c}isk\\\'y': 'naïve Bayes by Erdős and Kočiský',
    'gains 5\\% \\& more': 'gains 5% & more',
    "``quoted'' text": '“quoted” text',
    'see \\url{https://github.com/a/b_c}.': 'see https://github.com/a/b_c.',
    'as in~\\cite{BDJP17}': 'as in [BDJP17]',
    '$S$, $P$, $L$ and $O(1)$': 'S, P, L and O(1)',
    'display $$x^{2} \\leq 1$$ here': 'display x² ≤ 1 here',
    'round \\(\\alpha\\) brackets': 'round α brackets',
    'a rotation by $90^\\circ$': 'a rotation by 90°',
  })
})

describe('formulas beside letters and digits', () => {
  cases({
    'TiO$_{2}$ in H$_2$O at 10$^{-3}$ m': 'TiO₂ in H₂O at 10⁻³ m',
    'Mg$^{2+}$ and $^{13}$C': 'Mg²⁺ and ¹³C',
    'L$\\beta$ lines, U$(1)$ fields': 'Lβ lines, U(1) fields',
    'about $\\approx$7 of $\\text{CO}_2$': 'about ≈7 of CO₂',
    'm\\textsuperscript{2} of $\\rm{SO_4}$ in ${\\cal O}(n)$': 'm² of SO₄ in O(n)',
    'a \\[x^2\\] display': 'a x² display',
    'from A$5 to A$10, or AU$19.8 million': 'from A$5 to A$10, or AU$19.8 million',
  })
})

describe('letters by command', () => {
  cases({
    "Erd{\\H o}s--R\\'enyi": 'Erdős–Rényi',
    '\\O degaard, stra{\\ss}e, na{\\"\\i}ve, \\\'{\\i}, \\d{S}': 'Ødegaard, straße, naïve, í, Ṣ',
  })
})

describe('braces that keep capitals', () => {
  cases({
    '{LSTM}: {A} {S}earch {O}dyssey': 'LSTM: A Search Odyssey',
    '{{Deep} Learning of {mRNA}}': 'Deep Learning of mRNA',
    'a set {A, B} and {x : x > 0}': 'a set {A, B} and {x : x > 0}',
  })
})

describe('HTML', () => {
  cases({
    '&eacute;t&eacute; &ndash; 3 &le; &alpha; &ldquo;x&rdquo;': 'été – 3 ≤ α “x”',
    '&lt;i&gt;E. coli&lt;/i&gt; R&D; AT&amp;T': 'E. coli R&D; AT&T',
    'Two<br />lines, <p>one.</p><p>Two.</p>': 'Two lines, one. Two.',
    '<jats:title>Abstract</jats:title><jats:sec><jats:title>Aims</jats:title><jats:p>We aim.</jats:p></jats:sec>':
      'Aims: We aim.',
    '<mml:math xmlns:mml="x"><mml:msub><mml:mi>H</mml:mi><mml:mn>2</mml:mn></mml:msub></mml:math> gas':
      'H₂ gas',
    '<tex-math>$x$</tex-math><mml:math><mml:mi>x</mml:mi></mml:math> twice': 'x twice',
    '<a href="https://x.org">a link</a> and <title>A</title>': 'a link and A:',
    'V<sc>is</sc>T<xref ref-type="fn">1</xref>': 'VisT1',
    'a <mask> and a <code> token, a<b and b>c': 'a <mask> and a <code> token, a<b and b>c',
    'http://x.org/?a=1&amp;b=2 &amp; more': 'http://x.org/?a=1&b=2 & more',
    'Food &amp; Drug': 'Food & Drug',
    'This&nbsp;paper, p &lt; 0.05': 'This paper, p < 0.05',
    'top-<em>N</em> and H<sub>2</sub>O': 'top-N and H₂O',
    'na&#239;ve': 'naïve',
    'Caf&eacute; M&uuml;ller, &alpha;-helix &le; 5 &#x3bc;m': 'Café Müller, α-helix ≤ 5 μm',
    'escaped &amp;amp;lt; twice, R&amp;D': 'escaped < twice, R&D',
    'pages 5&#150;9 of Microsoft': 'pages 5–9 of Microsoft',
    'a line&#10;break, a bell&#7;, half&#xD800; a pair': 'a line break, a bell , half\ufffd a pair',
    'no entity: AT&T; and &bogus; and &#9999999;': 'no entity: AT&T; and &bogus; and \ufffd',
  })
})

describe('what nobody sees', () => {
  cases({
    ' two\n lines\t here ': 'two lines here',
    'zero\u200bwidth\ufeff soft\u00adhyphen': 'zerowidth softhyphen',
    'turned \u202eevil\u202c text': 'turned evil text',
    'a\u0000b\u0007c': 'a b c',
    'tag\u{e0041}s': 'tags',
    'half \ud83d pair': 'half \ufffd pair',
  })

  test('joiners stay where a script or an emoji needs them', () => {
    for (const text of ['👩‍🔬 science', 'می‌خواهم', 'क्‍ष']) expect(readable(text)).toBe(text)
    expect(readable('la\u200dtin')).toBe('latin')
  })
})

describe('what stays as it is', () => {
  test.each([
    '"What is the value of {templates}?" Rethinking Document Information Extraction Datasets for LLMs',
    'the template "What is the value for the {key}?".',
    'from 85.79% to 98.95% for Retro*, and reducing',
    'https://huggingface.co/corbyrosset/axiomatic_preference_model',
    'see http://www.x.edu/~user/a_{b',
    'costs rose from US$19.8 billion to US$25.0 billion',
    'between $5 and $10, or $1,000-$2,000',
    'ICERs of $81,000/QALY and $140,000/QALY',
    'two to the times of war in the land, alpha and beta',
    'a response time of 3 times the average, TNF-alpha and IL-1beta',
    'snake_case_name and __init__ and model_2',
    'a ~4M budget, 10~20 items',
    'interactions -- like the Huber loss -- they are',
    'C:\\beta\\in',
    'x < y and y > z',
    'VOL 5. NO 3. 209^221 doi:10.1093/bfgp/ell028',
    'Hj\\orland (2007) critiqued',
    'd(a, b) = |a - b|',
    '{"json": [1, 2]}',
    '深度学习 및 машинное обучение',
    'varphi.js and /usr/share/infty/x',
    '',
  ])('%s', text => expect(readable(text)).toBe(text))
})

const fragment = fc.constantFrom(
  ..."{ } $ $$ ^ _ ~ \\ \\\\ & ; ` `` '' * , . ( ) [ ] < > | # % / : -".split(' '),
  ...'rm bf em cal sim times alpha varphi odot infty circ hat frac sqrt text textbf mathcal left url href cite amp lt nbsp'.split(
    ' ',
  ),
  ...'\\alpha \\frac \\emph{ \\textit{ \\" \\v{ \\left( \\, \\% <i> </i> <sub> &amp; &lt; &#62; &eacute; &NotEqualTilde; &#8203; &#7; https:// www. a b M n x 1 10 2.5'.split(
    ' ',
  ),
  ' ',
  '\t',
  '\u200b',
  '\u202e',
  '\ud800',
  'é',
  '深',
)
const latexLike = fc.array(fragment, { maxLength: 40 }).map(parts => parts.join(''))

describe('for any text', () => {
  test('once is enough', () => {
    fc.assert(
      fc.property(fc.oneof(latexLike, fc.string({ unit: 'binary' })), text => {
        const once = readable(text)
        expect(readable(once)).toBe(once)
      }),
      { numRuns: 3000 },
    )
  })

  test('it never grows, and holds nothing unseen', () => {
    fc.assert(
      fc.property(fc.oneof(latexLike, fc.string({ unit: 'binary' })), text => {
        const shown = readable(text)
        expect(shown.length).toBeLessThanOrEqual(text.length)
        expect(shown).toBe(shown.trim())
        expect(shown).not.toMatch(/[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069]|\s\s/u)
        expect(shown.isWellFormed()).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('words and sentences stay what they are', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9]{1,9}$/)
    const sentence = fc.array(fc.tuple(word, fc.constantFrom('', ',', '.', '?', ' -', ')')), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(sentence, words => {
        const text = words.map(parts => parts.join('')).join(' ')
        fc.pre(!/\b(?:leq|geq)\b/.test(text))
        expect(readable(text)).toBe(text)
      }),
    )
  })

  test.each([
    ['nested braces', '{rm '.repeat(5000) + '}'.repeat(5000)],
    ['open braces', '{'.repeat(20_000)],
    ['dollars', '$a'.repeat(10_000)],
    ['entities', `&${'amp;'.repeat(5000)}`],
    ['carets', 'a^{'.repeat(7000)],
    ['backslashes', '\\'.repeat(20_000)],
    ['quotes', '``'.repeat(10_000)],
    ['white space', ' '.repeat(20_000)],
    ['fractions', '\\frac{'.repeat(4000)],
    ['tags', '<p>'.repeat(8000)],
    ['open tags', '<a '.repeat(8000)],
    ['open titles', '<title>'.repeat(4000)],
    ['open formulas', '<mml:math><mml:msub>'.repeat(1500)],
  ])('%s by the thousand are no burden', (_, text) => {
    const shown = readable(text)
    expect(shown.length).toBeLessThanOrEqual(text.length)
  })
})

describe('headings of structured abstracts', () => {
  cases({
    '<h4>Background</h4>Bees avoid phones. <h4>Results</h4>All of them.':
      'Background: Bees avoid phones. Results: All of them.',
    '<h2>Abstract</h2>\n<p>Bees avoid phones.</p>': 'Bees avoid phones.',
    '<h3 class="title">Aims.</h3><p>Bees avoid phones.</p>': 'Aims. Bees avoid phones.',
    '<span class="paragraphSection"><div class="boxTitle">Abstract</div><div class="boxTitle">Aims</div>Bees.</span>':
      'Aims: Bees.',
  })
})
