/** The key of this installation, and after it the keys that it had before. */
export type Secrets = readonly [string, ...string[]];

/** Minimum length of a key, in characters. */
export const shortestSecret = 16;

/**
 * Returns `MOISSON_SECRET` and the keys of `MOISSON_OLD_SECRETS`, which are separated by commas or line ends. Old keys can be read with, but
 * nothing new is written under them. Returns null if `MOISSON_SECRET` is unset or too short.
 */
export function readSecrets(environment: Readonly<Record<string, string | undefined>>): Secrets | null {
  const current = environment.MOISSON_SECRET ?? "";
  if (current.length < shortestSecret) return null;
  const old = oldSecrets(environment).filter((secret) => secret.length >= shortestSecret && secret !== current);
  return [current, ...new Set(old)];
}

/** Returns the keys of `MOISSON_OLD_SECRETS`, also those that are too short. */
export function oldSecrets(environment: Readonly<Record<string, string | undefined>>): string[] {
  const written = (environment.MOISSON_OLD_SECRETS ?? "").split(/[,\r\n]/);
  return written.map((secret) => secret.trim()).filter((secret) => secret !== "");
}
