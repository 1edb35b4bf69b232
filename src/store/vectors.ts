import { chunked } from './chunk.ts'
import type { Db } from './db.ts'
import type { Vectors } from './vector-ports.ts'

/** Bound values of a vector that count for a chunk's size: a row holds some 400 bytes. */
const columns = 20

export const vectorsOf = (db: Db): Vectors => ({
  async get(model, hashes, day) {
    const found = new Map<string, Uint8Array>()
    for (const chunk of chunked([...new Set(hashes)], columns)) {
      const rows = await db.read(all =>
        all
          .selectFrom('vectors')
          .select(['content_hash', 'vector', 'used_on'])
          .where('model', '=', model)
          .where('content_hash', 'in', chunk)
          .execute(),
      )
      for (const { content_hash, vector } of rows) found.set(content_hash, new Uint8Array(vector))
      const old = rows.filter(({ used_on }) => used_on < day).map(({ content_hash }) => content_hash)
      if (old.length > 0)
        await db.write(change =>
          change
            .updateTable('vectors')
            .set({ used_on: day })
            .where('model', '=', model)
            .where('content_hash', 'in', old)
            .execute(),
        )
    }
    return found
  },

  async put(model, vectors, day) {
    const rows = new Map(
      vectors.map(({ hash, bytes }) => [
        hash,
        { model, content_hash: hash, vector: Buffer.from(bytes), used_on: day },
      ]),
    )
    for (const chunk of chunked([...rows.values()], columns))
      await db.write(change =>
        change
          .insertInto('vectors')
          .values(chunk)
          .onConflict(conflict =>
            conflict.columns(['model', 'content_hash']).doUpdateSet(({ ref }) => ({
              vector: ref('excluded.vector'),
              used_on: ref('excluded.used_on'),
            })),
          )
          .execute(),
      )
  },

  forget: before =>
    db.write(async change => {
      const { numDeletedRows } = await change
        .deleteFrom('vectors')
        .where('used_on', '<', before)
        .executeTakeFirst()
      return Number(numDeletedRows)
    }),
})
