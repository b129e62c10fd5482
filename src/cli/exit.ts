/** Exit codes of every command. */
export const exitCodes = { fine: 0, notWell: 1, wrongUse: 2 } as const;

/** The command was called in a way that makes no sense: said in one line on stderr, nothing on stdout, exit 2. */
export class WrongUse extends Error {
  override readonly name = "WrongUse";
}

/** What was asked for does not exist or is refused: said in one line on stderr, exit 1. */
export class NotDone extends Error {
  override readonly name = "NotDone";
}
