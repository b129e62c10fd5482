import { clientNetwork } from "../../../platform/client-network.ts";
import { french } from "../../../texts/fr-typography.ts";
import { tokenHash } from "../../access/tokens.ts";
import type { ActRoute, Page } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { revokedPage } from "./letter-under-token.tsx";

const windowMs = 3_600_000;
/** Forms about one letter in an hour, and from one address. */
const mostOfLetter = 30;
const mostOfAddress = 60;

/** Lets a form about a letter in, before it is read: not of a letter whose address is closed, and so many in an hour. */
export const admitAnswer: NonNullable<ActRoute["admit"]> = async (visit, work) => {
  const found = await visit.catalogue.letters.atAddress(tokenHash(param(visit, "jeton")));
  if (found !== null && found.revokedAt !== null) return revokedPage;
  const limits: [string, number][] = [[`letter-from:${clientNetwork(visit.client)}`, mostOfAddress]];
  if (found !== null) limits.push([`letter:${found.letterId}`, mostOfLetter]);
  return (await areFew(visit, limits)) ? work() : tooManyPage;
};

/** Counted in the database, so that all processes count together; noted before it is counted, so that many at once are not all let in. */
async function areFew({ catalogue: { sessions }, now }: Visit, limits: readonly [string, number][]): Promise<boolean> {
  const since = new Date(now.getTime() - windowMs);
  // Who is told to wait does not wait longer for trying.
  for (const [who, most] of limits) if ((await sessions.countTries([who], since)) >= most) return false;
  await sessions.addTry(
    limits.map(([who]) => who),
    now,
  );
  for (const [who, most] of limits) if ((await sessions.countTries([who], since)) > most) return false;
  return true;
}

const tooManyPage: Page = {
  title: "Trop de réponses à la fois",
  status: 429,
  retryAfter: windowMs / 1000,
  isBare: true,
  content: (
    <>
      <h1>Trop de réponses à la fois</h1>
      <p>{french`Plus de ${mostOfLetter} réponses à cette lettre sont arrivées en une heure. Revenez dans une heure : ce qui est noté le reste.`}</p>
    </>
  ),
};
