import { describe } from 'vitest'
import { contract } from './contract.ts'
import { useStore } from './fixture.ts'

describe('SQLite', () => contract(useStore('sqlite')))
