import { describe, expect, test } from 'vitest'
import { arxivIdIn, doiIn } from '../../src/corpus/mentioned-ids.ts'

describe('arXiv identifiers in fields for something else', () => {
  test.each([
    ['arXiv preprint arXiv:1810.04805', '1810.04805'],
    ['arXiv preprint math/0503123', 'math/0503123'],
    ['arXiv:2401.12345v2 [cs.CL], 2024', '2401.12345'],
    ['CoRR abs/2005.14165', '2005.14165'],
    ['arXiv [cs.LG] 2005.14165', '2005.14165'],
    ['Published as arXiv preprint 2301.00001', '2301.00001'],
    [String.raw`\url{https://arxiv.org/abs/2301.00001}`, '2301.00001'],
    ['Available at https://arxiv.org/abs/2301.00001', '2301.00001'],
    ['arXiv:2301.00001 (arXiv:2301.00001v2)', '2301.00001'],
  ])('%s', (text, id) => expect(arxivIdIn(text)).toBe(id))

  test.each([
    'Journal of Bees 2301.00001',
    'Comment on arXiv:2301.00001',
    'Extends arXiv:2301.00001',
    'arXiv:2301.00001 and arXiv:2301.00002',
    'arXiv preprint',
    `arXiv ${'x'.repeat(400)} 2301.00001`,
  ])('%s names none', text => expect(arxivIdIn(text)).toBeUndefined())
})

describe('DOIs in fields for something else', () => {
  test.each([
    ['doi: 10.1000/abc', '10.1000/abc'],
    ['Cell. 2010;140(1):1-10. doi: 10.1016/j.cell.2010.01.001.', '10.1016/j.cell.2010.01.001'],
    ['Available at https://doi.org/10.1000/abc, in print', '10.1000/abc'],
    ['https://dl.acm.org/doi/pdf/10.1145/3292500.3330701', '10.1145/3292500.3330701'],
    ['https://link.springer.com/article/10.1007/s1-2-3', '10.1007/s1-2-3'],
  ])('%s', (text, doi) => expect(doiIn(text)).toBe(doi))

  test.each([
    'doi:10.1000/a replaces doi:10.1000/b',
    'page 10.1000/abc of it',
    'https://example.org/10.1000/abc',
  ])('%s names none', text => expect(doiIn(text)).toBeUndefined())
})
