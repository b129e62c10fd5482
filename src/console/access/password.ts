import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { french } from "../../french/typography.ts";
import { CannotDo, type Form } from "../route.ts";
import { newToken, tokenHash } from "./tokens.ts";

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** OWASP's "Password Storage" cheat sheet for scrypt: N=2^17, r=8, p=1: 128 MB and a tenth of a second each. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 192 * 1024 * 1024 } as const;
const keyBytes = 32;

/** Shortest password (CNIL, recommendation of 2022, and ANSSI: 12 characters and more where nothing else is asked). */
export const minPasswordLength = 12;

/** Salted and hashed with scrypt: `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await one(() => derive(password.normalize("NFKC"), salt, keyBytes, cost));
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** True where it is the password; false, after the same time, where there is no hash to compare it with. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, n = cost.N, r = cost.r, p = cost.p, salt = "", key = ""] = (hash ?? "").split("$");
  const options = { N: Number(n), r: Number(r), p: Number(p), maxmem: cost.maxmem };
  const derived = await one(() => derive(password.normalize("NFKC"), Buffer.from(salt, "base64url"), keyBytes, options));
  const expected = Buffer.from(key, "base64url");
  return hash !== null && expected.length === derived.length && timingSafeEqual(expected, derived);
}

let last: Promise<unknown> = Promise.resolve();
let waiting = 0;
/** Who comes later is told so: a crowd must not make those wait for minutes who came in good faith. */
const longestQueue = 50;

/** One after the other: many at once would take a gigabyte. @throws CannotDo where too many wait */
function one<T>(work: () => Promise<T>): Promise<T> {
  if (waiting >= longestQueue) throw new CannotDo("Trop de personnes se connectent en ce moment. Recommencez dans une minute.", 503);
  waiting += 1;
  const next = last.then(work, work).finally(() => {
    waiting -= 1;
  });
  last = next.catch(() => undefined);
  return next;
}

/** Longest password that is looked at: hashing takes longer for longer ones. */
const longestPassword = 200;

/** What is wrong in a new password, which a form sends twice (`mot-de-passe`, `encore`), by name of the field. */
export function newPasswordProblems(form: Form): Record<string, string> {
  const password = form.text("mot-de-passe");
  if (password.length < minPasswordLength) return { "mot-de-passe": french`Le mot de passe a ${minPasswordLength} caractères au moins.` };
  if (password.length > longestPassword) return { "mot-de-passe": french`Le mot de passe a ${longestPassword} caractères au plus.` };
  return password === form.text("encore") ? {} : { encore: "Les deux saisies diffèrent." };
}

/** For how long a link to choose a password is good, unless it is used, or another one is made. */
export const passwordLinkDays = 3;

/** A link under which a person chooses a password; `url`: address of the console. It is told here and nowhere else: its hash alone is kept. */
export async function passwordLink({ sessions }: Catalogue, url: string, personId: string, now: Date): Promise<string> {
  const token = newToken();
  const expiresAt = new Date(now.getTime() + passwordLinkDays * 86_400_000);
  await sessions.addLink(personId, { tokenHash: tokenHash(token), purpose: "password", expiresAt });
  return `${url}/mot-de-passe/${token}`;
}
