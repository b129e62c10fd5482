import { frenchDay } from "../../../french/dates.ts";
import { french } from "../../../french/typography.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { hasSameContent } from "../../../partners/letters/compare-letters.ts";
import { tokenHash } from "../../access/tokens.ts";
import { ActForm } from "../../parts/form.tsx";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { aboutErrors, anyLetter, letterBreadcrumb, type MadeLetter } from "./find-letter.tsx";
import { mailSettingsOf } from "./letter-mail.ts";

/** Form field with the token of the new letter's address: a form sent twice creates one address only. */
export const tokenField = "adresse";

/** A repeated request within this time returns the existing letter. */
const sameForMs = 10 * 60_000;

/** Returns the start of the period in which an existing letter is reused. */
export function sameSince({ now }: Visit): Date {
  return new Date(now.getTime() - sameForMs);
}

/** Returns the letter that the same person made about the same run in the last ten minutes, or null. Ignores revoked letters. */
export async function sameLetter(visit: Visit, wanted: Readonly<Record<"connector" | "runId" | "by", string>>): Promise<MadeLetter | null> {
  const { letters } = visit.catalogue;
  const same = (await letters.list(wanted.connector, 20)).find(
    ({ kind, runId, by, at, revokedAt }) =>
      kind === "errors" && runId === wanted.runId && by === wanted.by && revokedAt === null && at >= sameSince(visit),
  );
  const found = same === undefined ? null : await letters.find(same.letterId);
  return found === null ? null : aboutErrors(anyLetter(found));
}

/** Returns true if the text has the format of `newToken`. */
export function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** Returns true for a token that no letter uses. A page that was open for a long time may send a used one. */
export async function isFreeToken({ catalogue }: Visit, text: string): Promise<boolean> {
  return isToken(text) && (await catalogue.letters.findByToken(tokenHash(text))) === null;
}

/** Returns the last sent letter of the connector if it has the same content, or null. */
export async function sameSentBefore({ catalogue }: Visit, made: Pick<MadeLetter, "connector" | "letter">): Promise<MadeLetter | null> {
  const last = await catalogue.letters.lastSent(made.connector);
  if (last === null) return null;
  const sent = aboutErrors(anyLetter(last));
  return hasSameContent(sent.letter, made.letter) ? sent : null;
}

/** Name of the button that creates a letter even if it equals the last one. */
export const makeAnywayField = "quand-meme";

/** Says that a new letter would equal `same`, which was sent, and proposes a reminder. No letter was created. `token`: token of the submitted form. */
export function nothingChangedPage(visit: Visit, same: MadeLetter, token: string): Page {
  const { connector, letterId, letter, sentAt, at, revokedAt } = same;
  const path = `/connecteurs/${connector}/courriers`;
  const day = frenchDay(parisDay(sentAt ?? at));
  return {
    title: "Rien n’a changé",
    breadcrumb: letterBreadcrumb({ id: connector, publisher: letter.publisher }),
    menuPath: "/connecteurs",
    content: (
      <div class="moisson-narrow">
        <h1>{french`Rien n'a changé depuis la lettre du ${day}`}</h1>
        <p>
          {french`Les mêmes points, aussi nombreux, et les mêmes mots : une autre lettre dirait la même chose à ${letter.publisher}. Aucune n'a été faite.`}
        </p>
        <p>
          {mailSettingsOf(visit) !== null && revokedAt === null ? (
            <a class="fr-btn" href={`${path}/${letterId}/envoyer`}>
              Envoyer un rappel
            </a>
          ) : (
            <a class="fr-btn" href={`${path}/${letterId}`}>
              {french`Revoir la lettre du ${day}`}
            </a>
          )}
        </p>
        <ActForm action={path} csrf={visit.csrf}>
          <input type="hidden" name={tokenField} value={token} />
          <button class="fr-btn fr-btn--secondary" type="submit" name={makeAnywayField} value="oui">
            Préparer une lettre quand même
          </button>
        </ActForm>
      </div>
    ),
  };
}
