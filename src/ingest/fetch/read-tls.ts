import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext, rootCertificates, type SecureContextOptions } from "node:tls";
import { FeedRefused } from "../../model/run/run-error.ts";
import type { ClientTls } from "../../platform/address-guard.ts";
import type { FeedAddress } from "./feed-address.ts";
import type { FetchRequest } from "./fetched-feed.ts";
import { type Environment, readSecret } from "./read-secret.ts";

/**
 * Reads the certificates of a feed from the environment. Returns undefined if the feed needs none. Trusts the feed's own authority in
 * addition to the default authorities, which `authorities` (PEM) replaces. Our client certificate is sent only to the origins of the feed
 * and its tokens. Throws `FeedRefused` (`missing-secret`).
 */
export async function readTls(
  { connector, ...secrets }: Pick<FetchRequest, "connector" | "environment" | "storedSecrets">,
  { url, token }: FeedAddress,
  authorities: string | undefined,
): Promise<ClientTls | undefined> {
  const { caFrom, certificateFrom, keyFrom, passphraseFrom } = connector.feed.tls ?? {};
  if (connector.feed.tls === undefined && authorities === undefined) return undefined;
  const ca = authorities === undefined ? await defaultAuthorities(secrets.environment) : [authorities];
  if (caFrom !== undefined) ca.push(await readCertificates(caFrom, secrets));
  const trusting = createSecureContext({ ca });
  if (certificateFrom === undefined || keyFrom === undefined) return { trusting };

  const cert = await readCertificates(certificateFrom, secrets);
  const key = await readPem(keyFrom, secrets);
  const passphrase = passphraseFrom === undefined ? {} : { passphrase: readSecret(passphraseFrom, secrets.environment) };
  const context = clientContext({ ca, cert, key, ...passphrase }, keyFrom);
  return { trusting, identified: { origins: new Set([url.origin, token?.url.origin ?? url.origin]), context } };
}

/** Returns Node's authorities and those of `NODE_EXTRA_CA_CERTS`. Node ignores that variable if `ca` is set. */
async function defaultAuthorities({ NODE_EXTRA_CA_CERTS: file }: Environment): Promise<string[]> {
  const extra = file === undefined ? "" : await readFile(file, "utf8").catch(() => ""); // Node ignores a missing file too
  return [...rootCertificates, ...(extra === "" ? [] : [extra])];
}

function clientContext(options: SecureContextOptions, variable: string) {
  try {
    return createSecureContext(options);
  } catch {
    throw new FeedRefused("missing-secret", { variable, reason: "no key of this certificate" });
  }
}

async function readCertificates(variable: string, secrets: Secrets): Promise<string> {
  const pem = await readPem(variable, secrets);
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0 || !blocks.every(isCertificate)) throw new FeedRefused("missing-secret", { variable, reason: "no certificate" });
  return blocks.join("\n");
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}

type Secrets = Pick<FetchRequest, "environment" | "storedSecrets">;

/**
 * Reads PEM from a variable that contains the text (line breaks may be written as `\n`) or the path of a file. A secret entered in the
 * console is never a path: its error would tell which files exist here.
 */
async function readPem(variable: string, { environment, storedSecrets = [] }: Secrets): Promise<string> {
  const value = readSecret(variable, environment);
  if (value.includes("-----BEGIN ")) return value.replaceAll("\\n", "\n");
  if (storedSecrets.includes(variable)) throw new FeedRefused("missing-secret", { variable, reason: "not PEM" });
  try {
    return await readFile(value, "utf8");
  } catch {
    throw new FeedRefused("missing-secret", { variable, reason: "neither PEM nor the path of its file" });
  }
}
