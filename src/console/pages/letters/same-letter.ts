import { tokenHash } from "../../access/tokens.ts";
import type { Visit } from "../../visit.ts";
import { type MadeLetter, madeLetter } from "./find-letter.tsx";

/** Field of the form that makes a letter: the token of its address, so that a form that is sent twice has one address. */
export const tokenField = "adresse";

/** Whoever asks again so soon means the letter that is there. */
const sameForMs = 10 * 60_000;

/** Since when a letter counts as the one that is meant. */
export function sameSince({ now }: Visit): Date {
  return new Date(now.getTime() - sameForMs);
}

/** The letter of the same run that the same person made a moment ago and did not revoke; null where there is none. */
export async function sameLetter(visit: Visit, asked: Readonly<Record<"connector" | "runId" | "by", string>>): Promise<MadeLetter | null> {
  const { letters } = visit.catalogue;
  const same = (await letters.ofConnector(asked.connector, 20)).find(
    ({ runId, by, at, revokedAt }) => runId === asked.runId && by === asked.by && revokedAt === null && at >= sameSince(visit),
  );
  const found = same === undefined ? null : await letters.find(same.letterId);
  return found === null ? null : madeLetter(found);
}

/** True for what `newToken` makes. */
export function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** True for a token that no letter has: a page that stood open for long may send one that has. */
export async function isFreeToken({ catalogue }: Visit, text: string): Promise<boolean> {
  return isToken(text) && (await catalogue.letters.atAddress(tokenHash(text))) === null;
}
