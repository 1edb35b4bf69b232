import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'

// Node runs TypeScript, but not under node_modules, where this package is once it is installed.
const own = new URL('./src/', import.meta.url).href

if (own.includes('/node_modules/'))
  registerHooks({
    load(url, context, next) {
      if (!url.startsWith(own) || !url.endsWith('.ts')) return next(url, context)
      const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), {
        loader: 'ts',
        target: 'esnext',
        sourcefile: url,
        sourcemap: 'inline',
        tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
      })
      return { format: 'module', source: code, shortCircuit: true }
    },
  })
