import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts', 'sandbox/test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A forgotten promise is a bug in the code or in the test: never ignored.
    dangerouslyIgnoreUnhandledErrors: false,
  },
})
