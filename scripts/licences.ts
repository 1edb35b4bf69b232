import { readFileSync } from 'node:fs'

/** Licences under which a package may be used here, as SPDX names them. */
const allowed: ReadonlySet<string> = new Set([
  ...[
    'MIT',
    'ISC',
    '0BSD',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'MPL-2.0',
    'CC0-1.0',
  ],
])
/** What packages say that name theirs in other words. */
const otherNames: Readonly<Record<string, string>> = { 'Apache License': 'Apache-2.0' }

interface Package {
  readonly license?: string
  readonly link?: boolean
}

/** An SPDX expression of alternatives: one of them is enough; all parts of an alternative have to be allowed. */
export const isAllowed = (licence: string): boolean =>
  licence
    .replaceAll(/[()]/gu, '')
    .split(' OR ')
    .some(choice => choice.split(' AND ').every(name => allowed.has(otherNames[name] ?? name)))

/** Packages of a lock file whose licence is not on the list, or not stated. */
export function forbidden(lock: { readonly packages: Readonly<Record<string, Package>> }): string[] {
  return Object.entries(lock.packages)
    .filter(([path, { link }]) => path.startsWith('node_modules/') && link !== true)
    .filter(([, { license }]) => license === undefined || !isAllowed(license))
    .map(
      ([path, { license }]) => `${path.replace(/^node_modules\//u, '')}: ${license ?? 'no licence stated'}`,
    )
}

if (import.meta.main) {
  const wrong = forbidden(JSON.parse(readFileSync('package-lock.json', 'utf8')))
  for (const line of wrong) process.stderr.write(`${line}\n`)
  if (wrong.length > 0) process.stderr.write('These licences are not on the list in scripts/licences.ts.\n')
  process.exitCode = wrong.length > 0 ? 1 : 0
}
