import { describe, expect, it } from 'vitest'
import { sharedAuthors } from '../../../src/corpus/merging/shared-author.ts'

describe('authors whom two records have in common', () => {
  const isShared = (one: string, other: string): boolean => {
    expect(sharedAuthors([one], [other])).toBe(sharedAuthors([other], [one]))
    return sharedAuthors([one], [other]) === 1
  }

  it.each([
    ['Smith, John', 'John Smith'],
    ['Smith J', 'John Smith'],
    ['Smith JA', 'John A. Smith'],
    ['Smith JA', 'Smith, J.-A.'],
    ['Smith, John', 'JOHN SMITH'],
    ['J. Ronald Smith', 'Ronald Smith'],
    ['John Smith Jr.', 'Smith, J.'],
    ['Smith', 'John Smith'],
    ['van Aalst, Q.', 'Q. van Aalst'],
    ['Aalst, Q. van', 'Quinten Van Aalst'],
    ['Le Cun, Y.', 'Yann LeCun'],
    ['Jan De Vries', 'Devries J'],
    ['Smith J.A.', 'John Smith'],
    ['Gabriel García Márquez', 'García Márquez, Gabriel'],
    ['Gabriel García', 'García Márquez, G.'],
    ['Ana da Silva', 'SILVA, A. da'],
    ['Jörg Müller', 'Mueller, J.'],
    ['O’Brien, Flann', "Flann O'Brien"],
    ['Ada Smith-Jones', 'Jones, A.'],
    ['Wei Wang', 'Wang Wei'],
    ['W. Wang', 'Wang Wei'],
    ['Wei LI', 'Li, Wei'],
    ['Xiao-Ming Li', 'Li Xiaoming'],
    ['王伟', '王 伟'],
    ['王 伟', '伟 王'],
    ['Петров И.', 'Иван Петров'],
    ['Петров Иван', 'Иван Петров'],
    ['The ATLAS Collaboration', 'ATLAS'],
    ['Gemma Team, Google DeepMind', 'Gemma Team'],
  ])('are one: %s, %s', (one, other) => {
    expect(isShared(one, other)).toBe(true)
  })

  it.each([
    ['John Smith', 'John Doe'],
    ['Wei Wang', 'Wei Zhang'],
    ['Wei Wang', 'Wei Wu'],
    ['Wang Wei', 'Wang Zhang'],
    ['John Smith', 'Samuel John'],
    ['John Smith', 'Peter Smith'],
    ['Smith J', 'Smith P'],
    ['Q. van Aalst', 'R. van Beek'],
    ['Ana de la Cruz', 'Ana de la Torre'],
    ['Qwen Team', 'DeepSeek Team'],
    ['The ATLAS Collaboration', 'The CMS Collaboration'],
    ['王 伟', '李 伟'],
  ])('are two: %s, %s', (one, other) => {
    expect(isShared(one, other)).toBe(false)
  })

  it('are counted once', () => {
    expect(sharedAuthors(['J. Smith', 'John Smith'], ['Smith, John', 'Bo Doe'])).toBe(1)
    expect(sharedAuthors(['Ada One', 'Bo Two', 'Cy Three'], ['Two, B.', 'One, A.'])).toBe(2)
    expect(sharedAuthors([], ['Ada One'])).toBe(0)
  })
})
