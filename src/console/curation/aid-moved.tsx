import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { AidRevision } from "../../catalogue/aids/history-repository.ts";
import { fieldName } from "../../french/fields.ts";
import { capitalize, french } from "../../french/typography.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { shownValue } from "../../model/aid/shown-value.ts";
import { Alert } from "../parts/alert.tsx";
import { FieldValue } from "../parts/field-value.tsx";
import { revisionInWords } from "./last-act.ts";
import type { ReadAidForm } from "./read-aid-form.ts";

/** Changes by others since the form was shown. */
export interface Meanwhile {
  /** Oldest first. */
  readonly since: readonly AidRevision[];
  /** Fields that both others and this person changed. */
  readonly both: readonly AidField[];
}

/** Returns the changes by others since the form was shown. `history`: oldest first. */
export function whatHappenedMeanwhile(history: readonly AidRevision[], read: ReadAidForm): Meanwhile {
  const since = history.filter(({ revision }) => revision > read.revision);
  const both = (Object.keys(read.typed) as AidField[]).filter((field) => since.some(({ fields }) => field in fields));
  return { since, both };
}

/** The alert above a form if somebody else changed the aid: who, when, and the stored values of fields that both changed. */
export function AidMoved({ aid, meanwhile }: { readonly aid: CuratedAid; readonly meanwhile: Meanwhile }): Child {
  const last = meanwhile.since.at(-1);
  return (
    <Alert kind="warning" title="Cette aide a changé entre-temps" isAnnounced level={2}>
      <p>
        {last === undefined ? french`Quelqu'un d'autre l'a modifiée.` : french`Dernier changement : ${revisionInWords(last)}.`}{" "}
        {french`Rien n'a été enregistré, et rien de ce que vous avez écrit n'est perdu : relisez, puis enregistrez à nouveau.`}
      </p>
      {meanwhile.both.length > 0 && (
        <>
          <p>Vous avez tous deux changé ces champs. Voici ce que le catalogue contient maintenant ; votre saisie est dans le formulaire.</p>
          <dl>
            {meanwhile.both.map((field) => (
              <>
                <dt>
                  <strong>{capitalize(fieldName(field))}</strong>
                </dt>
                <dd>
                  <FieldValue field={field} value={shownValue(aid, field)} isShort language={aid.imported.language} />
                </dd>
              </>
            ))}
          </dl>
        </>
      )}
    </Alert>
  );
}
