import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { AidRevision } from "../../catalogue/aids/history-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { fieldName } from "../../french/fields.ts";
import { changeKindName } from "../../french/plans.ts";
import { capitalize, french } from "../../french/typography.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { shownValue } from "../../model/aid/shown-value.ts";
import { combineKind } from "../../model/plan/plan.ts";
import { Alert } from "../parts/alert.tsx";
import { Facts } from "../parts/facts.tsx";
import { FieldValue } from "../parts/field-value.tsx";
import { formatDateTime } from "../parts/time.ts";
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
          <Facts
            class={null}
            facts={meanwhile.both.map((field) => ({
              name: <strong>{capitalize(fieldName(field))}</strong>,
              value: <FieldValue field={field} value={shownValue(aid, field)} isShort language={aid.imported.language} />,
            }))}
          />
        </>
      )}
    </Alert>
  );
}

/** Returns the last change of an aid, without capital or full stop: « publication par Paul, le 30 novembre à 10:12 ». */
export async function lastActOn({ history }: Pick<Catalogue, "history">, aidId: string): Promise<string | null> {
  const last = (await history.list(aidId)).at(-1);
  return last === undefined ? null : revisionInWords(last);
}

/** Returns a change of an aid, its author and its time, without capital or full stop. */
function revisionInWords({ kind, by, at, isUndo }: Pick<AidRevision, "kind" | "by" | "at" | "isUndo">): string {
  const what = kind === combineKind ? "reprise d’une autre source" : changeKindName(kind);
  const who = by === null || by === "run" ? "une collecte" : by;
  return french`${isUndo ? "annulation" : what} par ${who}, le ${formatDateTime(new Date(at))}`;
}
