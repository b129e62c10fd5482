import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { clientNetwork } from "../../platform/client-network.ts";
import type { Visit } from "../visit.ts";

const windowMs = 15 * 60_000;
/** Failed tries of one account, and from one address, before both wait for the window to pass. */
const mostOfAccount = 8;
const mostOfAddress = 40;

/** Who tried: by the address they gave, lower case, and the one they came from. */
export interface Attempt {
  readonly email: string;
  readonly client: string;
  readonly now: Date;
}

/**
 * Notes a try, of an account and from an address, in the database: all processes count together. False where there were too many: then the password is not
 * even looked at. It is noted before, so that many at once are not all let through; one that goes well is taken back (`forgetTries`).
 */
export async function isAttemptAllowed({ sessions }: Catalogue, { email, client, now }: Attempt): Promise<boolean> {
  const [ofAccount, ofAddress] = [accountName(email), `address:${clientNetwork(client)}`];
  const since = new Date(now.getTime() - windowMs);
  const areFew = async (accountLimit: number, addressLimit: number) =>
    (await sessions.countTries([ofAccount], since)) <= accountLimit && (await sessions.countTries([ofAddress], since)) <= addressLimit;
  // Who is told to wait does not wait longer for trying.
  if (!(await areFew(mostOfAccount - 1, mostOfAddress - 1))) return false;
  await sessions.addTry([ofAccount, ofAddress], now);
  return areFew(mostOfAccount, mostOfAddress);
}

/** A try that went well: the account begins anew, and its address has one failure less. */
export async function clearAttempts({ sessions }: Catalogue, { email, client, now }: Attempt): Promise<void> {
  await sessions.forgetTries([accountName(email)]);
  await sessions.forgetTry(`address:${clientNetwork(client)}`, now);
}

function accountName(email: string): string {
  return `email:${email}`;
}

/** The hour in which it is counted, in milliseconds. */
export const hourMs = 3_600_000;

/**
 * Notes that something is done by each of these (`letter:…`, `check:…`), and says whether each has done it no oftener than that in the last hour. Counted in the
 * database, so that all processes count together; noted before it is counted, so that many at once are not all let in.
 */
export async function isWithinHourlyLimits(
  { catalogue: { sessions }, now }: Pick<Visit, "catalogue" | "now">,
  limits: readonly (readonly [who: string, most: number])[],
): Promise<boolean> {
  const since = new Date(now.getTime() - hourMs);
  // Who is told to wait does not wait longer for trying.
  for (const [who, most] of limits) if ((await sessions.countTries([who], since)) >= most) return false;
  await sessions.addTry(
    limits.map(([who]) => who),
    now,
  );
  for (const [who, most] of limits) if ((await sessions.countTries([who], since)) > most) return false;
  return true;
}
