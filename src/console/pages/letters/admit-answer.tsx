import { french } from "../../../french/typography.ts";
import { clientNetwork } from "../../../platform/client-network.ts";
import { hourMs, isWithinHourlyLimits } from "../../access/hourly-limits.ts";
import { tokenHash } from "../../access/tokens.ts";
import type { ActRoute, Page } from "../../route.ts";
import { param } from "../../visit.ts";
import { revokedPage } from "./letter-under-token.tsx";

/** Forms about one letter in an hour, and from one address. */
const mostOfLetter = 30;
const mostOfAddress = 60;

/** Lets a form about a letter in, before it is read: not of a letter whose address is closed, and so many in an hour. */
export const admitAnswer: NonNullable<ActRoute["admit"]> = async (visit, form, work) => {
  const found = await visit.catalogue.letters.atAddress(tokenHash(param(visit, "jeton")));
  if (found !== null && found.revokedAt !== null) return revokedPage;
  const limits: [string, number][] = [[`letter-from:${clientNetwork(visit.client)}`, mostOfAddress]];
  if (found !== null) limits.push([`letter:${found.letterId}`, mostOfLetter]);
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
      <p>{french`Plus de ${mostOfLetter} réponses à cette lettre sont arrivées en une heure. Revenez dans une heure : ce qui est noté le reste.`}</p>
    </>
  ),
};
