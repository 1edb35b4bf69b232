import { defineConfig } from 'vitest/config'

/** Which tests a project holds; `unit` has all the others. */
const parts = {
  /** Suites that every implementation of a port passes, and readers against whatever bytes there are. */
  contract: [
    'test/store/**/*.test.ts',
    'test/corpus/{page,page-saved,read,format}.test.ts',
    'test/corpus/formats/{pump,recognised}.test.ts',
    'test/search/bad-input.test.ts',
    'test/embedding-models/minilm.test.ts',
  ],
  /** The real discord.js client, real processes and threads, real sockets. */
  e2e: [
    'test/{commands,discord,e2e,eval,http}/**/*.test.ts',
    'test/delivery/{clock,crash,scheduler,scheduler-failures}.test.ts',
    'test/sources/{arxiv,http,incidents,kinds}.test.ts',
    'test/pump.test.ts',
    'test/scripts/release.test.ts',
    'test/import/**/*.test.ts',
    'test/sources/{arxiv,http,incidents,kinds,libraries}.test.ts',
    'test/enrich/enrich-cli.test.ts',
    'test/indexing/indexer.test.ts',
    'test/corpus/styled-citation.test.ts',
    'test/zotero/*.test.ts',
    'sandbox/test/*.test.ts',
  ],
  /** A real OpenSearch node, which is installed and started by the first of them. */
  engine: ['test/search-engine/**/*.test.ts'],
  /** Floors of search and answers, the known faults, and thousands of random inputs: heavy, whatever was changed. */
  quality: ['test/{cases,fuzz,quality}/**/*.test.ts'],
  /** A real browser on the sandbox's page. */
  browser: [
    'sandbox/test/page/{accessibility,commands,components,connection,messages,safety,theme}.test.ts',
    'test/browser/*.test.ts',
  ],
}
const tests = ['test/**/*.test.ts', 'sandbox/test/**/*.test.ts']
const others = Object.values(parts).flat()

/**
 * Pure code shares one module graph, which halves the time, and waits for nothing, so it takes every core. A group of
 * its own, because Vitest wants one number of workers in a group.
 */
const pure = { isolate: false, maxWorkers: '100%', sequence: { groupOrder: 1 } }

interface ProjectOptions extends Partial<typeof pure> {
  exclude?: string[]
  testTimeout?: number
  hookTimeout?: number
  globalSetup?: string[]
}

const project = (name: string, include: string[], options: ProjectOptions = {}) => ({
  extends: true as const,
  test: { name, include, ...options },
})

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes late on a busy machine; a poll ends as soon as it is there.
    expect: { poll: { timeout: 20_000 } },
    setupFiles: ['test/fixtures/no-leaks.ts', 'test/fixtures/property-seed.ts'],
    // A forgotten promise is a bug in the code or in the test: never ignored.
    dangerouslyIgnoreUnhandledErrors: false,
    projects: [
      project('unit', tests, { exclude: others, ...pure }),
      project('contract', parts.contract),
      // A whole collection a test: on a busy machine a single one takes a minute.
      project('quality', parts.quality, { ...pure, testTimeout: 120_000 }),
      // Its node starts in seconds on a quiet machine, and is installed in half a minute.
      project('engine', parts.engine, {
        globalSetup: ['test/search-engine/setup.ts'],
        testTimeout: 120_000,
        hookTimeout: 360_000,
      }),
      project('e2e', parts.e2e),
      project('browser', parts.browser),
    ],
  },
})
