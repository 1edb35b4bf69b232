import zlib from 'node:zlib'
import type { WebSocket } from 'ws'

export type Send = (text: string) => void

/** Frames as text, or as one compressed stream for the whole connection, flushed after each frame. */
export function encoder(socket: WebSocket, compress: string | null): Send {
  if (compress === 'zlib-stream') return stream(socket, zlib.createDeflate(), zlib.constants.Z_SYNC_FLUSH)
  if (compress === 'zstd-stream')
    return stream(socket, zlib.createZstdCompress(), zlib.constants.ZSTD_e_flush)
  return text => socket.send(text)
}

function stream(socket: WebSocket, coder: zlib.Deflate | zlib.ZstdCompress, flush: number): Send {
  let pending: Buffer[] = []
  coder.on('data', (chunk: Buffer) => pending.push(chunk))
  return text => {
    coder.write(text)
    coder.flush(flush, () => {
      const frame = Buffer.concat(pending)
      pending = []
      if (frame.length > 0) socket.send(frame)
    })
  }
}
