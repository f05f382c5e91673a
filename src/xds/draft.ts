/** A message that is being put together: fields are set in the order in which they are printed, absent ones are not set. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };
