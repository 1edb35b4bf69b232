import { describe } from 'vitest'
import { contract } from './contract.ts'
import { useStore } from './setting.ts'

describe('SQLite', () => contract(useStore('sqlite')))
