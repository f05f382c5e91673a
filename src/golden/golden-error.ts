/** A folder of golden cases that cannot be used; the message says what to do. */
export class GoldenError extends Error {}
