/** The same for every command and output format. */
export const exitStatus = {
  /** Nothing to report. */
  clean: 0,
  /** Differences or errors were found. */
  findings: 1,
  /** Wrong usage, or input that could not be read. */
  unusable: 2,
} as const;

/** The command line or a file it names cannot be used; the message says what to do. */
export class UsageError extends Error {}
