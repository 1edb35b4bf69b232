const letters = 'abcdefghijklmnopqrstuvwxyz'

/** Every text one edit away with the same first letter: transposition, deletion, insertion or substitution. */
export function* oneEdit(word: string): Generator<string> {
  for (let i = 1; i < word.length; i++) {
    const before = word.slice(0, i)
    const after = word.slice(i + 1)
    yield before + after
    if (i + 1 < word.length) yield before + word[i + 1] + word[i] + word.slice(i + 2)
    for (const letter of letters) {
      yield before + letter + after
      yield before + letter + word.slice(i)
    }
  }
}
