const letters = 'abcdefghijklmnopqrstuvwxyz'

/** Every text one edit away that begins with the same letter: two letters swapped, one left out, added or mistaken. */
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
