import type { TestProject } from 'vitest/node'
import { install, lacking, startNode } from './node.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of a real OpenSearch node; empty: there is none. */
    searchUrl: string
  }
}

/** One node for all files of the project; each uses a prefix of its own. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['TEST_SEARCH_URL']
  const reason = lacking() ?? (given === undefined ? notInstalled() : undefined)
  if (reason !== undefined) console.warn(`\n*** SKIPPED: nothing runs on OpenSearch, since ${reason} ***\n`)
  if (reason !== undefined || given !== undefined) {
    project.provide('searchUrl', reason === undefined ? (given ?? '') : '')
    return undefined
  }
  const node = await startNode()
  project.provide('searchUrl', node.url)
  return () => node.stop()
}

/** Why it could not be fetched, on a machine without a network. */
function notInstalled(): string | undefined {
  try {
    install()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
