import type { UnreadableSchedule } from '../store/schedule-ports.ts'

/** The part of `Dailies` and `Follows` that handles schedules which this version cannot read. */
interface Removable {
  unreadable(ownerId: string): Promise<UnreadableSchedule[]>
  remove(ownerId: string, id: string): Promise<boolean>
}

/** The owner's schedules that an option may name besides those that can be read: removing is all that can be done. */
export const unreadableFor = (
  subcommand: unknown,
  ownerId: string,
  schedules: Removable,
): Promise<UnreadableSchedule[]> =>
  subcommand === 'remove' ? schedules.unreadable(ownerId) : Promise.resolve([])

/** The label of such a schedule among the choices of an option. */
export const unreadableLabel = 'cannot be read'

/** Removes the owner's schedule with that id, readable or not. @returns false when the id is none of theirs */
export const removeById = (
  id: string | undefined,
  ownerId: string,
  schedules: Removable,
): Promise<boolean> => (id === undefined ? Promise.resolve(false) : schedules.remove(ownerId, id))
