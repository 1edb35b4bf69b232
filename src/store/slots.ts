import type { Db } from './db.ts'
import { parsePicks, readable, scheduleOf, slotOf } from './rows.ts'
import type { Slots } from './schedule-ports.ts'
import { noProblem } from './schedules.ts'
import { claim, nextAt, sendingSince } from './slot-claim.ts'
import { expire } from './slot-expiry.ts'
import { plansOf } from './slot-plan.ts'
import { repair } from './slot-repair.ts'
import { choose, clear, release, sending, settle, stop, unchoose } from './slot-steps.ts'

export const slotsOf = (db: Db): Slots => ({
  ...plansOf(db),
  ...historyOf(db),
  ...problemsOf(db),
  claim: (owner, now, until, limit) => claim(db, owner, now, until, limit),
  choose: (held, picks, now, reason) => choose(db, held, picks, now, reason),
  unchoose: (held, now) => unchoose(db, held, now),
  clear: (held, now) => clear(db, held, now),
  sending: (held, now, until, since = now) => sending(db, held, { now, until, since }),
  release: (held, retryAt, now, options) => release(db, held, retryAt, now, options),
  stop: (held, problem, now) => stop(db, held, problem, now),
  settle: (held, settlement) => settle(db, held, settlement),
  expire: now => expire(db, now),
  repair: (now, discordNow = now) => repair(db, now, discordNow),
  forget: before => forget(db, before),
  nextAt: () => db.read(nextAt),
  sendingSince: () => db.read(sendingSince),
})

async function forget(db: Db, before: number): Promise<number> {
  return db.write(async change => {
    const { numDeletedRows } = await change
      .deleteFrom('slots')
      .where('settled_at', '<', before)
      .executeTakeFirst()
    return Number(numDeletedRows)
  })
}

const problemsOf = (db: Db): Pick<Slots, 'withProblem' | 'clearProblem'> => ({
  withProblem: limit =>
    db.read(async rows => {
      const found = await rows
        .selectFrom('schedules')
        .selectAll()
        .where('problem', 'in', ['permission', 'gone'])
        .where('paused_at', 'is', null)
        .orderBy('problem_at')
        .limit(limit)
        .execute()
      return readable(found, scheduleOf, row => db.unreadable('schedules', row.schedule_id))
    }),

  clearProblem: scheduleId =>
    db.write(async change => {
      await change.updateTable('schedules').set(noProblem).where('schedule_id', '=', scheduleId).execute()
      await change
        .deleteFrom('notices')
        .where('schedule_id', '=', scheduleId)
        .where('kind', '=', 'stopped')
        .execute()
    }),
})

const historyOf = (db: Db): Pick<Slots, 'dates' | 'history' | 'recentPicks'> => ({
  dates: (scheduleId, since) =>
    db.read(async rows => {
      const found = await rows
        .selectFrom('slots')
        .select('date')
        .where('schedule_id', '=', scheduleId)
        .where('date', '>=', since)
        .where('date', 'not like', '%+%')
        .execute()
      return new Set(found.map(row => row.date))
    }),

  history: (scheduleId, limit) =>
    db.read(async rows => {
      const found = await rows
        .selectFrom('slots')
        .selectAll()
        .where('schedule_id', '=', scheduleId)
        .orderBy('slot_at', 'desc')
        .orderBy('date', 'desc')
        .limit(limit)
        .execute()
      return readable(found, slotOf, row => db.unreadable('slots', row.schedule_id))
    }),

  recentPicks: (scheduleId, limit) =>
    db.read(async rows => {
      const found = await rows
        .selectFrom('slots')
        .select('picks')
        .where('schedule_id', '=', scheduleId)
        .where('state', 'in', ['posted', 'unknown', 'sending'])
        .where('picks', '!=', '[]')
        .orderBy('slot_at', 'desc')
        .limit(limit)
        .execute()
      const picks = readable(
        found,
        row => parsePicks(row.picks),
        () => db.unreadable('slots', scheduleId),
      )
      return picks
        .flat()
        .map(pick => pick.paperId)
        .slice(0, limit)
    }),
})
