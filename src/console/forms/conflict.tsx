import type { Child } from "hono/jsx";
import { french } from "../../french/typography.ts";
import { Alert } from "../parts/alert.tsx";

/** Something that two persons wrote: what it is called, and what the other one wrote. */
export interface FieldConflict {
  readonly label: string;
  readonly theirs: Child;
}

/** Above a form that is given again because somebody saved meanwhile: who, and what they wrote where both did. What was typed is in the form. */
export function ConflictAlert({ who, conflicts }: { readonly who: string; readonly conflicts: readonly FieldConflict[] }): Child {
  return (
    <Alert kind="warning" title={french`${who} a enregistré pendant que vous écriviez`} isAnnounced level={2}>
      <p>
        {french`Rien de votre saisie n'a été enregistré, et rien n'en est perdu : elle est dans le formulaire, avec ce qui a changé ailleurs. Relisez, puis enregistrez à nouveau.`}
      </p>
      {conflicts.length > 0 && (
        <>
          <p>Vous avez tous deux changé ceci. Voici ce qui est enregistré ; votre saisie est dans le formulaire.</p>
          <dl>
            {conflicts.map(({ label, theirs }) => (
              <>
                <dt>
                  <strong>{label}</strong>
                </dt>
                <dd>{theirs}</dd>
              </>
            ))}
          </dl>
        </>
      )}
    </Alert>
  );
}

/** What a form comes to whose page was overtaken. */
interface MergedForm<Name extends string> {
  /** What is typed, and where nothing was, what is saved. */
  readonly written: Readonly<Record<Name, string>>;
  /** Fields that both changed, and differently. */
  readonly conflicts: readonly Name[];
}

/** Brings together what was shown (null: that is not known), what is saved, and what was typed: what a person did not touch is as it is saved. */
export function mergeForm<Name extends string>(
  shown: Readonly<Record<Name, string>> | null,
  saved: Readonly<Record<Name, string>>,
  typed: Readonly<Record<Name, string>>,
): MergedForm<Name> {
  const names = Object.keys(typed) as Name[];
  const isTouched = (name: Name) => shown === null || typed[name] !== shown[name];
  const isChanged = (name: Name) => typed[name] !== saved[name] && (shown === null || saved[name] !== shown[name]);
  const written = Object.fromEntries(names.map((name) => [name, (isTouched(name) ? typed : saved)[name]]));
  return { written: written as Record<Name, string>, conflicts: names.filter((name) => isTouched(name) && isChanged(name)) };
}
