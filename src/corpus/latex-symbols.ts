const pairs = (text: string): [string, string][] =>
  text
    .trim()
    .split(/\s+/)
    .map(pair => pair.split(':') as [string, string])

/** LaTeX commands for single characters. */
export const symbols: ReadonlyMap<string, string> = new Map(
  pairs(`
    alpha:α beta:β gamma:γ delta:δ epsilon:ε varepsilon:ε zeta:ζ eta:η theta:θ vartheta:ϑ iota:ι kappa:κ
    lambda:λ mu:μ nu:ν xi:ξ pi:π varpi:ϖ rho:ρ varrho:ϱ sigma:σ varsigma:ς tau:τ upsilon:υ phi:φ varphi:φ
    chi:χ psi:ψ omega:ω Gamma:Γ Delta:Δ Theta:Θ Lambda:Λ Xi:Ξ Pi:Π Sigma:Σ Upsilon:Υ Phi:Φ Psi:Ψ Omega:Ω
    times:× cdot:· pm:± mp:∓ div:÷ ast:* star:⋆ circ:∘ bullet:• oplus:⊕ otimes:⊗ odot:☉ dagger:†
    leq:≤ le:≤ geq:≥ ge:≥ neq:≠ ne:≠ ll:≪ gg:≫ sim:∼ simeq:≃ approx:≈ cong:≅ equiv:≡ propto:∝ lesssim:≲ gtrsim:≳
    in:∈ notin:∉ ni:∋ subset:⊂ subseteq:⊆ supset:⊃ supseteq:⊇ cup:∪ cap:∩ setminus:∖ emptyset:∅ forall:∀ exists:∃
    neg:¬ wedge:∧ vee:∨ land:∧ lor:∨ perp:⊥ parallel:∥ mid:| vert:| Vert:‖ angle:∠
    to:→ rightarrow:→ longrightarrow:→ leftarrow:← leftrightarrow:↔ Rightarrow:⇒ Leftarrow:⇐ Leftrightarrow:⇔
    mapsto:↦ uparrow:↑ downarrow:↓ implies:⇒ iff:⇔
    infty:∞ partial:∂ nabla:∇ sum:∑ prod:∏ int:∫ ell:ℓ hbar:ℏ aleph:ℵ
    ldots:… dots:… cdots:⋯ langle:⟨ rangle:⟩ lfloor:⌊ rfloor:⌋ lceil:⌈ rceil:⌉
    textdegree:° degree:°
  `),
)

/** The same commands in text mode: without a backslash these are only letters. */
export const letters: ReadonlyMap<string, string> = new Map(
  pairs(
    'ss:ß ae:æ AE:Æ oe:œ OE:Œ o:ø O:Ø l:ł L:Ł aa:å AA:Å i:ı j:ȷ dh:ð DH:Ð th:þ TH:Þ dj:đ DJ:Đ ng:ŋ NG:Ŋ S:§ P:¶ copyright:© pounds:£ euro:€',
  ),
)

/** Names that are not words of any language: recognised even without the backslash. */
export const unmistakable = pairs(`
  leq:≤ geq:≥ varepsilon:ε varphi:φ vartheta:ϑ infty:∞ rightarrow:→ longrightarrow:→ leftarrow:← leftrightarrow:↔
  Rightarrow:⇒ subseteq:⊆ supseteq:⊇ lesssim:≲ gtrsim:≳
`)

/** Names that are also words: without a backslash they are commands only inside `$`. */
export const alsoWords = new Set(
  'in to le ge ne ll gg ni mid sum int star circ ast div times pm mp cap cup dots iff neg land perp angle implies'.split(
    ' ',
  ),
)

/** Combining marks by accent command: `\"o`, `\v{s}`. */
export const accents: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  u: '\u0306',
  '.': '\u0307',
  '"': '\u0308',
  r: '\u030a',
  H: '\u030b',
  v: '\u030c',
  c: '\u0327',
  k: '\u0328',
  b: '\u0331',
  d: '\u0323',
}

const superscripts = new Map(
  Array.from('0123456789+-−()n', (mark, at) => [mark, Array.from('⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ')[at] ?? '']),
)
const subscripts = new Map(
  Array.from('0123456789+-−()', (mark, at) => [mark, Array.from('₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎')[at] ?? '']),
)

/** The text in superscript or subscript characters; undefined when one of them has no such form. */
export function raised(text: string): string | undefined {
  // A star stands high by itself: `K^{*0}`.
  const star = text.startsWith('*') && text !== '*' ? '*' : ''
  const power = mapAll(text.slice(star.length), superscripts)
  return power === undefined ? undefined : star + power
}

export function lowered(text: string): string | undefined {
  return mapAll(text, subscripts)
}

function mapAll(text: string, table: ReadonlyMap<string, string>): string | undefined {
  const marks = Array.from(text, mark => table.get(mark))
  return marks.includes(undefined) || text === '' ? undefined : marks.join('')
}
