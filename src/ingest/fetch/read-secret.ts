import { FeedRefused } from "../../model/run/run-error.ts";

/** Values of environment variables, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns the secret in a variable. Trims it, because files of secrets end with a line break. Throws `FeedRefused` (`missing-secret`) with
 * the variable.
 */
export function readSecret(variable: string, environment: Environment): string {
  const secret = environment[variable]?.trim();
  if (secret === undefined || secret === "") throw new FeedRefused("missing-secret", { variable });
  return secret;
}

/** Returns a secret for a header. Throws `FeedRefused` (`missing-secret`) if a header cannot contain it. */
export function readHeaderSecret(variable: string, environment: Environment): string {
  const secret = readSecret(variable, environment);
  if (/[^\t\x20-\x7e\x80-\xff]/.test(secret)) throw new FeedRefused("missing-secret", { variable, reason: "not a header value" });
  return secret;
}

/** Returns header names in lower case with their secrets. */
export function readHeaderSecrets(headersFrom: Readonly<Record<string, string>>, environment: Environment): Record<string, string> {
  const read = Object.entries(headersFrom).map(([name, variable]) => [name.toLowerCase(), readHeaderSecret(variable, environment)]);
  return Object.fromEntries(read) as Record<string, string>;
}

/** Returns the `Authorization` header for a name and a password (RFC 7617, UTF-8). */
export function basicAuthorization(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
