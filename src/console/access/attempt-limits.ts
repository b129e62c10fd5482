import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { clientNetwork } from "../../platform/client-network.ts";
import type { Visit } from "../visit.ts";

const windowMs = 15 * 60_000;
/** Failed attempts per account and per network before further ones are refused until the window has passed. */
const maxPerAccount = 8;
const maxPerNetwork = 40;

/** A sign-in attempt: email in lower case, and IP address. */
export interface Attempt {
  readonly email: string;
  readonly client: string;
  readonly now: Date;
}

/**
 * Records an attempt and returns false if there were too many; the password is then not checked. All processes share the count in the database.
 * The attempt is recorded before it is counted, so that parallel attempts cannot pass together. `clearAttempts` removes it after success.
 */
export async function isAttemptAllowed({ sessions }: Catalogue, { email, client, now }: Attempt): Promise<boolean> {
  const [ofAccount, ofAddress] = [accountName(email), `address:${clientNetwork(client)}`];
  const since = new Date(now.getTime() - windowMs);
  const areFew = async (accountLimit: number, addressLimit: number) =>
    (await sessions.countTries([ofAccount], since)) <= accountLimit && (await sessions.countTries([ofAddress], since)) <= addressLimit;
  // A refused attempt does not extend the wait.
  if (!(await areFew(maxPerAccount - 1, maxPerNetwork - 1))) return false;
  await sessions.addTry([ofAccount, ofAddress], now);
  return areFew(maxPerAccount, maxPerNetwork);
}

/** Clears the failures of the account and one failure of the network, after a successful sign-in. */
export async function clearAttempts({ sessions }: Catalogue, { email, client, now }: Attempt): Promise<void> {
  await sessions.forgetTries([accountName(email)]);
  await sessions.forgetTry(`address:${clientNetwork(client)}`, now);
}

function accountName(email: string): string {
  return `email:${email}`;
}

/** Length of the window, in milliseconds. */
export const hourMs = 3_600_000;

/**
 * Records an act of each key (`letter:…`, `check:…`) and returns false if one of them exceeds its hourly limit. All processes share the count in
 * the database. The act is recorded before it is counted, so that parallel acts cannot pass together.
 */
export async function isWithinHourlyLimits(
  { catalogue: { sessions }, now }: Pick<Visit, "catalogue" | "now">,
  limits: readonly (readonly [who: string, most: number])[],
): Promise<boolean> {
  const since = new Date(now.getTime() - hourMs);
  // A refused attempt does not extend the wait.
  for (const [who, most] of limits) if ((await sessions.countTries([who], since)) >= most) return false;
  await sessions.addTry(
    limits.map(([who]) => who),
    now,
  );
  for (const [who, most] of limits) if ((await sessions.countTries([who], since)) > most) return false;
  return true;
}
