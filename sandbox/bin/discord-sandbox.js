#!/usr/bin/env node
// Plain JavaScript on purpose: this file must still run on the Node that is too old to go on.
const oldest = 24
const found = process.versions.node

if (Number(found.split('.')[0]) < oldest) {
  process.stderr.write(`discord-sandbox needs Node ${oldest} or newer and this is Node ${found}.\n`)
  process.exit(1)
}
await import('../strip-types.js')
await import('../src/cli.ts')
