import './strip-types.js'

export const { page } = await import('./src/page/serve.ts')
