import { expect, test } from 'vitest'
import { isClaim } from '../../../src/answer/question/claim.ts'
import { kindsOf } from '../../../src/answer/question/kinds.ts'

test.each([
  'Vitamin D lowers the risk of falls.',
  'larger batches increase the variance of the estimate',
  'Mice that lack the receptor do not develop plaques.',
  'Neurons die when energy runs out.',
  'In older adults, haplogroup I raises blood pressure.',
])('%s states something', text => {
  expect(isClaim(text)).toBe(true)
  expect(kindsOf(text)).toMatchObject({ claim: true, define: false, other: false })
})

test.each([
  'does vitamin D lower the risk of falls?',
  'vitamin D lowers the risk of falls?',
  'how vitamin D lowers the risk of falls.',
  'in which trials was vitamin D given.',
  'summarize the vitamin D paper.',
  'thanks, that is great.',
  'you are great.',
  'vitamin D',
  'papers that use vitamin D',
  'vitamin D and falls in older adults',
  '',
])('%s states nothing', text => {
  expect(isClaim(text)).toBe(false)
  expect(kindsOf(text).claim).toBe(false)
})
