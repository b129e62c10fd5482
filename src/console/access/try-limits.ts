import type { Catalogue } from "../../catalogue/open-catalogue.ts";

const windowMs = 15 * 60_000;
/** Failed tries of one account, and from one address, before both wait for the window to pass. */
const mostOfAccount = 8;
const mostOfAddress = 40;

/** Counts failed tries to sign in, by account and by address, in the database: all processes count together. */
export async function mustWait({ sessions }: Catalogue, { email, client, now }: Tried): Promise<boolean> {
  const since = new Date(now.getTime() - windowMs);
  const ofAccount = await sessions.countTries([`email:${email}`], since);
  const ofAddress = await sessions.countTries([`address:${client}`], since);
  return ofAccount >= mostOfAccount || ofAddress >= mostOfAddress;
}

/** Who tried: by the address they gave, lower case, and the one they came from. */
export interface Tried {
  readonly email: string;
  readonly client: string;
  readonly now: Date;
}

/** Notes a try that failed. */
export async function noteFailure({ sessions }: Catalogue, { email, client, now }: Tried): Promise<void> {
  await sessions.addTry([`email:${email}`, `address:${client}`], now);
}
