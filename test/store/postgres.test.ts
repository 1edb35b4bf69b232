import { describe } from 'vitest'
import { contract } from './contract.ts'
import { useStore } from './fixture.ts'
import { skipped } from './postgres.ts'

describe.skipIf(skipped)('Postgres', () => contract(useStore('postgres')))
