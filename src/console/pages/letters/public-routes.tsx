import { french } from "../../../french/typography.ts";
import { clientNetwork } from "../../../platform/client-network.ts";
import { hourMs, isWithinHourlyLimits } from "../../access/attempt-limits.ts";
import { tokenHash } from "../../access/tokens.ts";
import { barePage } from "../../parts/bare-page.tsx";
import { type ActRoute, type Answer, actRoute, type Form, type PageRoute, pageRoute } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { revokedPage } from "./find-letter.tsx";

/** Maximum size of a form on a letter's page. */
const maxFormBytes = 20_000;

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

const tooManyPage = barePage(
  "Trop de réponses à la fois",
  french`Plus de ${maxPerLetter} réponses à cette lettre sont arrivées en une heure. Revenez dans une heure : ce qui est noté le reste.`,
  { status: 429, retryAfter: hourMs / 1000 },
);

/** Finds the letter of the address, active or revoked. */
type FindLetter<Made> = (visit: Visit) => Promise<Made>;
/** A letter with a secret address. */
type Addressed = { readonly revokedAt: Date | null };

/**
 * Returns the route of a page for anybody who knows the secret address of a letter. `place`: below that address, such as `/relecture`.
 * `answer` receives the address.
 */
export function publicLetterPage<Made extends Addressed>(
  place: string,
  find: FindLetter<Made>,
  answer: (visit: Visit, made: Made, path: string) => Promise<Answer> | Answer,
): PageRoute {
  return pageRoute(`/lettre/:jeton${place}`, "public", async (visit) => {
    const made = await find(visit);
    return made.revokedAt === null ? answer(visit, made, `/lettre/${param(visit, "jeton")}`) : revokedPage;
  });
}

/** Returns the route of a form on the page of a letter, which needs no account. See `publicLetterPage`. */
export function publicLetterAct<Made extends Addressed>(
  place: string,
  act: string,
  find: FindLetter<Made>,
  perform: (visit: Visit, made: Made, path: string, form: Form) => ReturnType<ActRoute["perform"]>,
): ActRoute {
  const options = { who: "public", act, maxBytes: maxFormBytes, admit: admitAnswer } as const;
  return actRoute(`/lettre/:jeton${place}`, options, async (visit, form) => {
    const made = await find(visit);
    return made.revokedAt === null ? perform(visit, made, `/lettre/${param(visit, "jeton")}`, form) : revokedPage;
  });
}
