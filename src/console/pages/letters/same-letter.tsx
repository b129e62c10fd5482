import { frenchDay } from "../../../french/dates.ts";
import { french } from "../../../french/typography.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { MadeLetter } from "../../../partners/correspondence/stored-letter.ts";
import { mailServerOf } from "../../mail-sender.ts";
import { ActForm } from "../../parts/form-controls.tsx";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { letterBreadcrumb } from "./find-letter.tsx";

/** Form field with the token of the new letter's address: a form sent twice creates one address only. */
export const tokenField = "adresse";

/** Returns true if the text has the format of `newToken`. */
export function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
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
          {mailServerOf(visit) !== null && revokedAt === null ? (
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
