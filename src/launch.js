#!/usr/bin/env node
// Plain JavaScript on purpose: this file must still run on the Node that is too old to go on.
// Usage: node src/launch.js [FILE [ARGUMENT...]], FILE from the project's folder; without one it only checks the runtime.
import * as module from 'node:module'
import { fileURLToPath } from 'node:url'

// The first with Temporal, which schedules reckon with; a build can leave it out.
const oldest = 26
const found = process.versions.node
const hasTemporal = typeof Temporal !== 'undefined'

if (Number(found.split('.')[0]) < oldest || !hasTemporal) {
  process.stderr.write(
    `Lectern needs Node ${oldest} or newer, with Temporal; this is Node ${found}${hasTemporal ? '' : ' without it'}. A plain \`npm ci\` brings the right one along; with --omit=optional, update Node itself.\n`,
  )
  process.exit(1)
}

const file = process.argv[2]
if (file) {
  // Reading and compiling some thousand files takes half of a start. Where nothing can be written, that stays so.
  module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/lectern', import.meta.url)))
  setTimeout(() => module.flushCompileCache(), 30_000).unref()
  const entry = new URL(`../${file}`, import.meta.url)
  process.argv.splice(1, 2, file)
  await import(entry.href)
}
