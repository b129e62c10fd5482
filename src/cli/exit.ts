/** Exit codes of every command. */
export const exitCodes = { success: 0, failure: 1, wrongUse: 2 } as const;

/** Wrong use of a command. Prints one line to stderr and nothing to stdout; exits with 2. */
export class WrongUse extends Error {
  override readonly name = "WrongUse";
}

/** Expected failure, such as an unknown id or an action that is not possible. Prints one line to stderr; exits with 1. */
export class NotDone extends Error {
  override readonly name = "NotDone";
}
