import { Failure } from '../errors.ts'
import type { Change, Db } from './db.ts'
import { addSetting, removeSetting, settingIn } from './settings.ts'

/** The setting, of no server, that tells which application's servers and members the database holds. */
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

/** Notes whose the database is, unless that is known. */
export const keepApplication = (change: Change, applicationId: string): Promise<void> =>
  addSetting(change, '', name, applicationId)

export const forgetApplication = (change: Change): Promise<void> => removeSetting(change, '', name)
