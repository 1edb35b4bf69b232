import { Failure } from '../errors.ts'
import type { Change, Db } from './db.ts'
import { addSetting, removeSetting, settingIn } from './settings.ts'

/** Name of the global setting with the id of the Discord application that the database belongs to. */
const name = 'application'

const text =
  'This database belongs to another Discord application. Nothing was changed. Use the token of that application, or another DATABASE_URL or DATA_DIR; a backup restored into an empty database starts anew with any application.'

/** See `Store.belongTo`. */
export const belongTo = (db: Db, applicationId: string): Promise<void> =>
  db.write(async change => {
    await keepApplication(change, applicationId)
    if ((await applicationOf(change)) !== applicationId) throw new Failure('storage', text)
  })

/** @returns undefined: no application has used the database yet */
export const applicationOf = (change: Change): Promise<string | undefined> => settingIn(change, '', name)

/** Records which application the database belongs to, unless one is recorded already. */
export const keepApplication = (change: Change, applicationId: string): Promise<void> =>
  addSetting(change, '', name, applicationId)

export const forgetApplication = (change: Change): Promise<void> => removeSetting(change, '', name)
