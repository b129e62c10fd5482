import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { french } from "../../french/typography.ts";
import { CannotDo, type Form } from "../route.ts";

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/**
 * Scrypt parameters of the OWASP "Password Storage" cheat sheet: those with 64 MB, which are as strong as those with 128 MB. A hash takes
 * 0.1 s. Each hash stores its own parameters, up to `maxmem`.
 */
const cost = { N: 2 ** 16, r: 8, p: 2, maxmem: 192 * 1024 * 1024 } as const;
const keyBytes = 32;

/** CNIL (2022) and ANSSI recommend 12 characters if no other rule applies. */
export const minPasswordLength = 12;

/** Returns the salted scrypt hash: `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await enqueue(own, () => derive(password.normalize("NFKC"), salt, keyBytes, cost));
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** Returns true if the password matches the hash. Takes the same time if `hash` is null. `origin`: see `originOf`. */
export async function isPassword(password: string, hash: string | null, origin: string): Promise<boolean> {
  const [, n = cost.N, r = cost.r, p = cost.p, salt = "", key = ""] = (hash ?? "").split("$");
  const options = { N: Number(n), r: Number(r), p: Number(p), maxmem: cost.maxmem };
  const derived = await enqueue(origin, () => derive(password.normalize("NFKC"), Buffer.from(salt, "base64url"), keyBytes, options));
  const expected = Buffer.from(key, "base64url");
  return hash !== null && expected.length === derived.length && timingSafeEqual(expected, derived);
}

/** Where a hash is computed for: sign-ins from one origin (see `originOf`) wait for each other, and those of known devices go first. */
const own = "device:own";
/** Maximum number of waiting checks of one origin and of unknown devices. Further ones fail at once, so that a flood blocks nobody. */
const maxPerOrigin = 3;
const maxWaiting = 50;

interface Waiting {
  readonly origin: string;
  readonly begin: () => void;
}

let waiting: readonly Waiting[] = [];
let isBusy = false;

/** Runs one task at a time, because each takes 64 MB or more. Throws `CannotDo` if too many wait. */
async function enqueue<T>(origin: string, work: () => Promise<T>): Promise<T> {
  if (isBusy) {
    const ofOrigin = waiting.filter((other) => other.origin === origin).length;
    const isKnown = origin.startsWith("device:");
    if ((origin !== own && ofOrigin >= maxPerOrigin) || (!isKnown && waiting.length >= maxWaiting))
      throw new CannotDo("Trop de personnes se connectent en ce moment. Recommencez dans une minute.", 503);
    await new Promise<void>((begin) => {
      const one = { origin, begin };
      const isUnknown = (other: Waiting) => !other.origin.startsWith("device:");
      const place = isKnown ? waiting.findIndex(isUnknown) : -1;
      waiting = place === -1 ? [...waiting, one] : waiting.toSpliced(place, 0, one);
    });
  }
  isBusy = true;
  try {
    return await work();
  } finally {
    const [next, ...others] = waiting;
    waiting = others;
    isBusy = next !== undefined;
    next?.begin();
  }
}

/** Hashing takes longer for longer texts. */
const maxPasswordLength = 200;

/** Returns the problems of a new password by field name. The form has it twice: `mot-de-passe` and `encore`. */
export function newPasswordProblems(form: Form): Record<string, string> {
  const password = form.text("mot-de-passe");
  if (password.length < minPasswordLength) return { "mot-de-passe": french`Le mot de passe a ${minPasswordLength} caractères au moins.` };
  if (password.length > maxPasswordLength) return { "mot-de-passe": french`Le mot de passe a ${maxPasswordLength} caractères au plus.` };
  return password === form.text("encore") ? {} : { encore: "Les deux saisies diffèrent." };
}

/** A link to choose a password expires after these days, or when it is used or replaced. */
export const passwordLinkDays = 3;

/** Creates a link to choose a password. `url`: public URL of the console. */
export async function passwordLink({ sessions }: Catalogue, url: string, personId: string, now: Date): Promise<string> {
  const expiresAt = new Date(now.getTime() + passwordLinkDays * 86_400_000);
  return `${url}/mot-de-passe/${await sessions.addLink(personId, "password", expiresAt)}`;
}
