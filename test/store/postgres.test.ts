import { describe } from 'vitest'
import { contract } from './contract.ts'
import { skipped } from './postgres.ts'
import { useStore } from './setting.ts'

describe.skipIf(skipped)('Postgres', () => contract(useStore('postgres')))
