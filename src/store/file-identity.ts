import {
  type BigIntStats,
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
} from 'node:fs'
import { basename, dirname } from 'node:path'
import { Failure } from '../errors.ts'
import { texts } from './database-errors.ts'

/** Identifies the file itself rather than its name: a file that replaces it has another identity. */
export interface FileIdentity {
  readonly device: bigint
  readonly inode: bigint
}

const identityOf = ({ dev, ino }: BigIntStats): FileIdentity => ({ device: dev, inode: ino })

/** @returns undefined when there is none */
function identityAt(file: string): FileIdentity | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found && identityOf(found)
}

const same = (a: FileIdentity, b: FileIdentity) => a.device === b.device && a.inode === b.inode

/** Detects whether a SQLite database's files have been replaced. */
export interface FileGuard {
  /** Before a connection opens the file: creates it when it is missing, readable by its owner alone. */
  prepare(): void
  /** @throws Failure `storage` when the file that was prepared, or its write-ahead log, is gone or is another one */
  check(): void
}

export function guardFile(file: string): FileGuard {
  let known: FileIdentity | undefined
  let knownLog: FileIdentity | undefined
  const demand = (path: string, expected: FileIdentity): void => {
    const found = identityAt(path)
    if (found === undefined) throw new Failure('storage', texts.gone)
    if (!same(found, expected)) throw new Failure('storage', texts.replaced)
  }
  return {
    prepare() {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      if (known !== undefined) demand(file, known)
      else createFile(file)
      known ??= identityAt(file)
      for (const path of [file, `${file}-wal`, `${file}-shm`]) closeToOthers(path, 0o600)
      tightenFolder(file)
    },
    check() {
      if (known === undefined) return
      demand(file, known)
      const log = `${file}-wal`
      if (knownLog === undefined) knownLog = identityAt(log)
      else demand(log, knownLog)
    },
  }
}

/** Never opens an existing one: closing it would release this process's locks on it. */
function createFile(file: string): void {
  if (existsSync(file)) return
  try {
    closeSync(openSync(file, 'ax', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function closeToOthers(path: string, mode: number): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined || (found.mode & 0o777) === mode) return
  try {
    chmodSync(path, mode)
  } catch (error) {
    // Another account's: whoever made it decides who reads it.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error
  }
}

const ours = /\.(?:sqlite|db)(?:-wal|-shm|-journal)?$/u

/** Only a folder that contains nothing but databases is closed to others; any other folder keeps its mode. */
function tightenFolder(file: string): void {
  const folder = dirname(file)
  if (readdirSync(folder).every(name => name === basename(file) || ours.test(name)))
    closeToOthers(folder, 0o700)
}
