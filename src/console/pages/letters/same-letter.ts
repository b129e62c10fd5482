import { tokenHash } from "../../access/tokens.ts";
import type { Visit } from "../../visit.ts";
import { type MadeLetter, madeLetter } from "./find-letter.tsx";

/** Form field with the token of the new letter's address: a form sent twice creates one address only. */
export const tokenField = "adresse";

/** A request this soon after the first returns the existing letter. */
const sameForMs = 10 * 60_000;

/** Returns the start of the period in which an existing letter is reused. */
export function sameSince({ now }: Visit): Date {
  return new Date(now.getTime() - sameForMs);
}

/** Returns the letter of the same run that the same person created a moment ago, if it is not revoked, or null. */
export async function sameLetter(visit: Visit, wanted: Readonly<Record<"connector" | "runId" | "by", string>>): Promise<MadeLetter | null> {
  const { letters } = visit.catalogue;
  const same = (await letters.list(wanted.connector, 20)).find(
    ({ runId, by, at, revokedAt }) => runId === wanted.runId && by === wanted.by && revokedAt === null && at >= sameSince(visit),
  );
  const found = same === undefined ? null : await letters.find(same.letterId);
  return found === null ? null : madeLetter(found);
}

/** Returns true if the text has the format of `newToken`. */
export function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** Returns true for a token that no letter uses. A page that was open for long may send a used one. */
export async function isFreeToken({ catalogue }: Visit, text: string): Promise<boolean> {
  return isToken(text) && (await catalogue.letters.findByToken(tokenHash(text))) === null;
}
