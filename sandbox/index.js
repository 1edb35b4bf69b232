import './strip-types.js'

export const { SandboxError, startSandbox, validateModal } = await import('./src/index.ts')
