import { defineConfig } from 'vitest/config'

/** Which tests a project holds; `unit` has all the others. */
const parts = {
  /** Suites that every implementation of a port passes, and readers against whatever bytes there are. */
  contract: [
    'test/store/**/*.test.ts',
    'test/corpus/{page,read,format}.test.ts',
    'test/search/bad-input.test.ts',
    'test/embedding-models/minilm.test.ts',
  ],
  /** The real discord.js client, real processes, real sockets. */
  e2e: [
    'test/{commands,discord,e2e,eval}/**/*.test.ts',
    'test/delivery/{crash,scheduler,scheduler-failures}.test.ts',
    'test/pump.test.ts',
    'sandbox/test/*.test.ts',
  ],
  /** A real browser on the sandbox's page. */
  browser: ['sandbox/test/page/{commands,components,connection,messages,safety}.test.ts'],
}
const tests = ['test/**/*.test.ts', 'sandbox/test/**/*.test.ts']
const others = Object.values(parts).flat()

const project = (name: string, include: string[], exclude: string[] = [], isolate = true) => ({
  extends: true as const,
  test: { name, include, exclude, isolate },
})

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A forgotten promise is a bug in the code or in the test: never ignored.
    dangerouslyIgnoreUnhandledErrors: false,
    projects: [
      // Pure code shares one module graph: half the time.
      project('unit', tests, others, false),
      project('contract', parts.contract),
      project('e2e', parts.e2e),
      project('browser', parts.browser),
    ],
  },
})
