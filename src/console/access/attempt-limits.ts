import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { clientNetwork } from "../../platform/client-network.ts";
import type { Visit } from "../visit.ts";

const signInWindowMs = 15 * 60_000;
/** Failed sign-ins per account and per network within the window. */
const maxPerAccount = 8;
const maxPerNetwork = 40;

/** A sign-in attempt: email in lower case, and IP address. */
export interface Attempt {
  readonly email: string;
  readonly client: string;
  readonly now: Date;
}

/** Records a sign-in attempt. Returns false if there were too many: the password is then not checked. */
export async function isAttemptAllowed({ sessions }: Catalogue, { email, client, now }: Attempt): Promise<boolean> {
  return isWithinLimits(sessions, now, signInWindowMs, [
    [accountKey(email), maxPerAccount],
    [networkKey(client), maxPerNetwork],
  ]);
}

/** Clears the failures of the account and one failure of the network, after a successful sign-in. */
export async function clearAttempts({ sessions }: Catalogue, { email, client, now }: Attempt): Promise<void> {
  await sessions.forgetTries([accountKey(email)]);
  await sessions.forgetTry(networkKey(client), now);
}

function accountKey(email: string): string {
  return `email:${email}`;
}

function networkKey(client: string): string {
  return `address:${clientNetwork(client)}`;
}

/** An hour, in milliseconds. */
export const hourMs = 3_600_000;

type Limits = readonly (readonly [key: string, max: number])[];

/** Records an act under each key (`letter:…`, `check:…`). Returns false if a key exceeds its maximum per hour. */
export async function isWithinHourlyLimits({ catalogue, now }: Pick<Visit, "catalogue" | "now">, limits: Limits): Promise<boolean> {
  return isWithinLimits(catalogue.sessions, now, hourMs, limits);
}

/**
 * Records an act under each key, unless one of them has already reached its maximum. All processes share the count in the database.
 * The act is recorded before the second count, so that parallel acts cannot pass together.
 */
async function isWithinLimits(sessions: Catalogue["sessions"], now: Date, windowMs: number, limits: Limits): Promise<boolean> {
  const since = new Date(now.getTime() - windowMs);
  // Refused acts are not recorded, so they do not extend the wait.
  for (const [key, max] of limits) if ((await sessions.countTries([key], since)) >= max) return false;
  await sessions.addTry(
    limits.map(([key]) => key),
    now,
  );
  for (const [key, max] of limits) if ((await sessions.countTries([key], since)) > max) return false;
  return true;
}
