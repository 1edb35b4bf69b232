import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

export interface Bundle {
  readonly script: string
  readonly style: string
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Puts the browser's side together in memory. @throws esbuild's BuildFailure, which names file and line */
export async function bundle(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: { page: here('./browser/main.ts'), style: here('./browser/css/page.css') },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2024',
    outdir: here('./nowhere'),
    conditions: ['production'],
    // As in tsconfig.json, which esbuild does not read under node_modules.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'silent',
  })
  const find = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? ''
  return { script: find('.js'), style: find('style.css') }
}
