import { french } from "../../../french/typography.ts";
import { clientNetwork } from "../../../platform/client-network.ts";
import { hourMs, isWithinHourlyLimits } from "../../access/attempt-limits.ts";
import { tokenHash } from "../../access/tokens.ts";
import type { ActRoute, Page } from "../../route.ts";
import { param } from "../../visit.ts";
import { revokedPage } from "./find-letter.tsx";

/** Maximum size of a form on a letter's page. */
export const maxFormBytes = 20_000;

/** Maximum number of forms per hour, for one letter and for one client network. */
const maxPerLetter = 30;
const maxPerClient = 60;

/** Checks a form before its body is read. Throws for a revoked letter, and for a client above the hourly limit. */
export const admitAnswer: NonNullable<ActRoute["admit"]> = async (visit, form, work) => {
  const found = await visit.catalogue.letters.findByToken(tokenHash(param(visit, "jeton")));
  if (found !== null && found.revokedAt !== null) return revokedPage;
  const limits: [string, number][] = [[`letter-from:${clientNetwork(visit.client)}`, maxPerClient]];
  if (found !== null) limits.push([`letter:${found.letterId}`, maxPerLetter]);
  return (await isWithinHourlyLimits(visit, limits)) ? work(form) : tooManyPage;
};

const tooManyPage: Page = {
  title: "Trop de réponses à la fois",
  status: 429,
  retryAfter: hourMs / 1000,
  isBare: true,
  content: (
    <>
      <h1>Trop de réponses à la fois</h1>
      <p>{french`Plus de ${maxPerLetter} réponses à cette lettre sont arrivées en une heure. Revenez dans une heure : ce qui est noté le reste.`}</p>
    </>
  ),
};
