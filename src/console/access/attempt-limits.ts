import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { clientNetwork } from "../../platform/client-network.ts";
import type { Visit } from "../visit.ts";
import { readCookie } from "./cookies.ts";
import { knownDevice } from "./tokens.ts";

const signInWindowMs = 15 * 60_000;
/** Failed sign-ins within the window, after which a further one must wait: on an account from one device or network, and from a network. */
const maxPerAccount = 8;
const maxPerNetwork = 40;
/**
 * Then one attempt is possible in this time, so that nobody can keep the right password out. Attackers at other networks have no effect on
 * it, and those at the same network none on a known device.
 */
export const pauseSeconds = 5;

/** A sign-in attempt. `email`: in lower case; `client`: IP address; `device`: id of the account's known device, or null. */
export interface Attempt {
  readonly email: string;
  readonly client: string;
  readonly device: string | null;
  readonly now: Date;
}

/** Returns the attempt that a request makes on an account. `passwordHash`: of the account; null without an account or a password. */
export function attemptOn(
  email: string,
  passwordHash: string | null,
  visit: Pick<Visit, "console" | "headers" | "client" | "now">,
): Attempt {
  const { client, now, headers } = visit;
  return { email, client, now, device: knownDevice(readCookie(visit.console, headers, "device"), passwordHash) };
}

/** Records a sign-in attempt. Returns false if there were too many: the password is then not checked. */
export async function isAttemptAllowed({ attempts }: Catalogue, attempt: Attempt): Promise<boolean> {
  const limits = new Map(keysOf(attempt).map((key) => [key, key.startsWith("address:") ? maxPerNetwork : maxPerAccount]));
  const { now } = attempt;
  return attempts.add(limits, { at: now, since: before(now, signInWindowMs), pacedSince: before(now, pauseSeconds * 1000) });
}

/** Clears the failures of the account and one failure of the network, after a successful sign-in. */
export async function clearAttempts({ attempts }: Catalogue, attempt: Attempt): Promise<void> {
  for (const key of keysOf(attempt)) {
    if (key.startsWith("address:")) await attempts.forgetOne(key, attempt.now);
    else await attempts.forgetAll(key);
  }
}

/** Returns where attempts come from: a known device, or a network. Each one waits only for itself. */
export function originOf({ device, client }: Pick<Attempt, "device" | "client">): string {
  return device === null ? `address:${clientNetwork(client)}` : `device:${device}`;
}

function keysOf(attempt: Attempt): readonly string[] {
  const origin = originOf(attempt);
  return attempt.device === null ? [origin, `email:${attempt.email} ${origin}`] : [origin];
}

function before(now: Date, ms: number): Date {
  return new Date(now.getTime() - ms);
}

/** An hour, in milliseconds. */
export const hourMs = 3_600_000;

/** Records an act under each key (`letter:…`, `check:…`). Returns false if a key has reached its maximum per hour. */
export async function isWithinHourlyLimits(
  { catalogue, now }: Pick<Visit, "catalogue" | "now">,
  limits: readonly (readonly [key: string, max: number])[],
): Promise<boolean> {
  const since = before(now, hourMs);
  return catalogue.attempts.add(new Map(limits), { at: now, since, pacedSince: since });
}
