import { FeedRefused } from "../../model/run/run-error.ts";

/** Values of environment variables, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The secret in a variable, without the blanks around it: files of secrets end with a line break. Throws `FeedRefused` (`missing-secret`) by its name. */
export function readSecret(variable: string, environment: Environment): string {
  const secret = environment[variable]?.trim();
  if (secret === undefined || secret === "") throw new FeedRefused("missing-secret", { variable });
  return secret;
}

/** The same, to be sent in a header as it is. Throws where it cannot be. */
export function readHeaderSecret(variable: string, environment: Environment): string {
  const secret = readSecret(variable, environment);
  if (/[^\t\x20-\x7e\x80-\xff]/.test(secret)) throw new FeedRefused("missing-secret", { variable, reason: "not a header value" });
  return secret;
}

/** Secrets that go into headers: name of the header in lower case -> its value. */
export function readHeaderSecrets(headersFrom: Readonly<Record<string, string>>, environment: Environment): Record<string, string> {
  const read = Object.entries(headersFrom).map(([name, variable]) => [name.toLowerCase(), readHeaderSecret(variable, environment)]);
  return Object.fromEntries(read) as Record<string, string>;
}

/** Value of the header `Authorization` for a name and a password (RFC 7617, in UTF-8). */
export function basicAuthorization(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
