/** A Discord id, whole. */
export const snowflake = /^\d{17,20}$/u
