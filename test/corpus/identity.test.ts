import { describe, expect, test } from 'vitest'
import { filedUnder, namingKeys } from '../../src/corpus/identity.ts'
import type { Paper } from '../../src/corpus/paper.ts'

const paper = (more: Partial<Paper>): Paper => ({
  id: 'x1',
  title: 'A title',
  abstract: '',
  authors: [],
  categories: [],
  ...more,
})

const names = (text: string, more: Partial<Paper>): boolean => {
  const filed = new Set(filedUnder(paper(more)))
  return namingKeys(text).some(key => filed.has(key))
}

describe('an address names the paper', () => {
  const arxiv = { arxiv: '2405.19320' }
  const openreview = { url: 'https://openreview.net/forum?id=aBc_123-X' }
  const acl = { url: 'https://aclanthology.org/2023.acl-long.12/' }
  const nips = {
    url: 'https://papers.nips.cc/paper_files/paper/2017/hash/3f5ee243547dee91fbd053c1c4a845aa-Abstract.html',
  }
  test.each<[string, Partial<Paper>]>([
    ['https://arxiv.org/pdf/2405.19320v2.pdf#page=4', arxiv],
    ['https://arxiv.org/abs/2405.19320?context=cs.CL', arxiv],
    ['https://arxiv.org/html/2405.19320v1#S3.F1', arxiv],
    ['https://export.arxiv.org/abs/2405.19320', arxiv],
    ['https://www.alphaxiv.org/overview/2405.19320v3', arxiv],
    ['https://ar5iv.org/html/2405.19320', arxiv],
    ['https://scirate.com/arxiv/2405.19320', arxiv],
    ['https://huggingface.co/papers/2405.19320?ref=x', arxiv],
    ['https://www.semanticscholar.org/arxiv/2405.19320', arxiv],
    ['https://doi.org/10.48550/arXiv.2405.19320', arxiv],
    ['arxiv.org/abs/2405.19320', arxiv],
    ['https://arxiv.org/abs/math.GT/0309136v1', { id: 'math/0309136' }],
    ['https://openreview.net/pdf?id=aBc_123-X', openreview],
    ['https://openreview.net/forum?id=aBc_123-X&noteId=zzz', openreview],
    ['https://openreview.net/attachment?id=aBc_123-X&name=pdf', openreview],
    ['https://openreview.net/forum?id=aBc_123-X', { id: 'aBc_123-X' }],
    [
      'https://ssrn.com/abstract=4000001',
      { url: 'https://papers.ssrn.com/sol3/papers.cfm?abstract_id=4000001' },
    ],
    ['https://doi.org/10.2139/ssrn.4000001', { doi: '10.2139/SSRN.4000001' }],
    ['https://papers.ssrn.com/sol3/papers.cfm?abstract_id=4000001', { doi: '10.2139/ssrn.4000001' }],
    ['https://aclanthology.org/2023.acl-long.12.pdf', acl],
    ['https://www.aclweb.org/anthology/2023.acl-long.12', acl],
    ['2023.acl-long.12', acl],
    ['https://doi.org/10.18653/v1/2023.acl-long.12', { doi: '10.18653/v1/2023.acl-long.12' }],
    ['https://aclanthology.org/P19-1001/', { doi: '10.18653/v1/P19-1001' }],
    ['https://dl.acm.org/doi/pdf/10.1145/1.2', { doi: '10.1145/1.2' }],
    ['https://onlinelibrary.wiley.com/doi/10.1002/a.12/full', { doi: '10.1002/a.12' }],
    ['https://link.springer.com/content/pdf/10.1007/s11-022-1.pdf', { doi: '10.1007/s11-022-1' }],
    [
      'https://www.biorxiv.org/content/10.1101/2020.01.02.123456v2.full.pdf',
      { doi: '10.1101/2020.01.02.123456' },
    ],
    [
      'https://journals.plos.org/plosone/article?id=10.1371/journal.pone.1',
      { doi: '10.1371/journal.pone.1' },
    ],
    ['https://www.nature.com/articles/s41586-021-1.pdf', { doi: '10.1038/s41586-021-1' }],
    ['https://www.sciencedirect.com/x', { url: 'https://sciencedirect.com/x/' }],
    [
      'https://proceedings.neurips.cc/paper_files/paper/2017/file/3f5ee243547dee91fbd053c1c4a845aa-Paper.pdf',
      nips,
    ],
    [
      'https://proceedings.mlr.press/v139/ada21a/ada21a.pdf',
      { url: 'http://proceedings.mlr.press/v139/ada21a.html' },
    ],
    ['https://example.org/a?utm_source=x&p=2', { url: 'https://example.org/a?p=2' }],
    ['https://example.org/a?p=2', { url: 'https://example.org/a' }],
    ['https://Example.org/Papers/Four/', { url: 'https://example.org/papers/four' }],
  ])('%s', (text, more) => expect(names(text, more)).toBe(true))
})

describe('an address of another paper does not', () => {
  test.each<[string, Partial<Paper>]>([
    ['https://openreview.net/forum?id=other', { url: 'https://openreview.net/forum?id=aBc' }],
    ['https://openreview.net/forum?id=ABC', { url: 'https://openreview.net/forum?id=aBc' }],
    ['https://openreview.net/', { url: 'https://openreview.net/forum?id=aBc' }],
    [
      'https://papers.ssrn.com/sol3/papers.cfm?abstract_id=2',
      { url: 'https://papers.ssrn.com/sol3/papers.cfm?abstract_id=1' },
    ],
    [
      'https://papers.ssrn.com/sol3/papers.cfm',
      { url: 'https://papers.ssrn.com/sol3/papers.cfm?abstract_id=1' },
    ],
    ['https://example.org/a', { url: 'https://example.org/a?p=2' }],
    ['https://example.org/a?p=3', { url: 'https://example.org/a?p=2' }],
    ['https://arxiv.org/abs/2405.19321', { arxiv: '2405.19320' }],
    ['https://arxiv.org/', { url: 'https://arxiv.org/abs/2405.19320', arxiv: '2405.19320' }],
    ['1706.0373', { id: '1706.03731' }],
    ['plain words', { id: 'x1' }],
  ])('%s', (text, more) => expect(names(text, more)).toBe(false))
})
