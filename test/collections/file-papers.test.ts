import { expect, test } from 'vitest'
import { FilePapers } from '../../src/collections/file-papers.ts'
import { paper } from '../fixtures/paper.ts'

const plain = [paper('a', 'Attention sinks in streaming language models'), paper('b', 'Notes')]
const named = [
  paper('c', 'Caches', { arxiv: '2405.19320', authors: ['Ada Lovelace'] }),
  paper('d', 'Attention sinks in streaming language models', { doi: '10.1145/1.2' }),
]

test('a record is of the paper with its title, where that says enough', async () => {
  const files = await FilePapers.over(plain)
  expect(files.same(paper('x', 'Attention Sinks in streaming language-models.'))).toBe(plain[0])
  expect(files.same(paper('x', 'Notes', { abstract: 'Others.' }))).toBeUndefined()
  expect(files.same(paper('b', 'Notes', { abstract: 'Others.' }))).toBe(plain[1])
  expect(files.same(paper('x', 'Attention sinks'))).toBeUndefined()
})

test('identifiers decide before titles', async () => {
  const files = await FilePapers.over([...plain, ...named])
  expect(files.same(paper('x', 'Another name', { url: 'https://arxiv.org/abs/2405.19320v2' }))).toBe(named[0])
  expect(files.same(paper('x', 'Whatever', { doi: '10.1145/1.2' }))).toBe(named[1])
  expect(files.same(paper('x', 'Caches', { arxiv: '2405.00001', authors: ['Ada Lovelace'] }))).toBeUndefined()
})

test('no files hold no record', async () => {
  expect((await FilePapers.over([])).same(paper('x', 'Caches'))).toBeUndefined()
})
