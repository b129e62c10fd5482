import type { Child } from "hono/jsx";
import { z } from "zod";
import { conditionMessage, excludedCountMessage, keptRecordsMessage } from "../../../french/rules.ts";
import { counted, french, sentence } from "../../../french/typography.ts";
import { foldTerm } from "../../../kit/values/text/fold-term.ts";
import { offeredStates, type StateField, type StateValue } from "../../../survey/profile/state-fields.ts";
import {
  type KeepWhen,
  keepWhenWith,
  type LeftOut,
  leftOutOf,
  mergedLeftOut,
  richerConditions,
} from "../../../survey/propose/keep-when.ts";
import { ConflictAlert, formStatus, readWhy } from "../../forms/form.tsx";
import { AidText } from "../../parts/aid-text.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm } from "../../parts/form-controls.tsx";
import { ButtonLink } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import type { Form, Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { ignoredAfter } from "./changed-rules.ts";
import { type EditedDefinition, isOutdated } from "./edited-definition.ts";
import type { EditorPage } from "./editor-routes.ts";
import { BaseField, FormEnd, whyOf } from "./form-page.tsx";

interface Shown {
  readonly keepWhen: KeepWhen | undefined;
  readonly why: string;
  readonly problems: Readonly<Record<string, string>>;
  /** The conflict alert. */
  readonly moved?: Child;
}

/** The records of the feed that are excluded. */
export const leftOutPage: EditorPage<EditedDefinition> = {
  path: "fiches",
  act: "change-left-out",
  show: (visit, edited) => page(visit, edited, { keepWhen: edited.connector.definition.keepWhen, why: "", problems: {} }),
  async change(visit, edited, form) {
    const { definition } = edited.connector;
    const overtaken = await mergedLeftOutForm(edited, form);
    if (overtaken !== null) return page(visit, edited, { ...overtaken, why: readWhy(form).why, problems: {} });
    const { why, problem } = whyOf(edited, form);
    const keepWhen = keepWhenWith(definition.keepWhen, readLeftOut(form, leftOutOf(definition.keepWhen)));
    const again = (problems: Shown["problems"]) => page(visit, edited, { keepWhen, why, problems });
    const look = await edited.analyse({ keepWhen });
    if ("content" in look) return look;
    const { kept, expect } = look.proposal;
    if (kept.of > 0 && kept.records === 0) return again({ fiches: "Plus aucune fiche ne serait gardée : cochez au moins une valeur." });
    if (form.has("compter")) return again({});
    if (keepWhen === definition.keepWhen) return again({ fiches: "Rien ne change : cochez ou décochez une valeur." });
    if (problem !== null) return again({ raison: problem });
    const after = { ...definition, keepWhen };
    const change = {
      keepWhen: keepWhen ?? null,
      ignored: ignoredAfter(definition, after, edited.ignoredInOrder),
      // A person has chosen the expected number of aids of a live connector.
      ...(edited.isDraft && { expect: { ...definition.expect, atLeast: expect.atLeast } }),
    };
    const done = await edited.save({ change, why, back: "/lecture#fiches", trial: "snapshot" });
    return done !== null && "problem" in done ? again({ fiches: done.problem }) : done;
  },
};

async function page(visit: Visit, edited: EditedDefinition, shown: Shown): Promise<Page> {
  const { keepWhen, why, problems, moved = null } = shown;
  const { definition } = edited.connector;
  const look = await edited.analyse({ keepWhen });
  if ("content" in look) return look;
  const { kept } = look.proposal;
  // Keep the values that were unticked before in the form.
  const states = offeredStates(offeredStates(look.survey.states, definition.keepWhen), keepWhen);
  const back = `${edited.base}${edited.isDraft ? "/lecture#fiches" : ""}`;
  return edited.page({
    path: "fiches",
    title: "Fiches à laisser de côté",
    heading: "Fiches à laisser de côté",
    status: formStatus(problems, moved !== null),
    content: (
      <>
        {moved}
        <Problems problems={problems} />
        <p>
          Une fiche est un enregistrement du flux. Décochez ce qui n’est pas une aide à montrer : les appels clos, les brouillons, ce qui
          est archivé.
          {!edited.isDraft &&
            ` Une aide du catalogue dont la fiche est laissée de côté est absente du flux : elle est retirée comme toute aide absente, après ${definition.absence.runs} collectes au moins.`}
        </p>
        <LaterValues />
        <p class="fr-text--bold" role="status">
          {kept.of === 0 ? "Aucun flux n’est gardé : ses valeurs ne sont pas connues." : excludedCountMessage(kept)}
        </p>
        <RicherConditions keepWhen={keepWhen} />
        {states.length === 0 ? (
          <>
            <p>Aucun champ du dernier flux ne ressemble à un état dont ces cases pourraient décider.</p>
            <p>
              <ButtonLink href={back} label="Revenir" />
            </p>
          </>
        ) : (
          <ActForm action={`${edited.base}/fiches`} csrf={visit.csrf}>
            <BaseField version={edited.revision} />
            <StateBoxes states={states} leftOut={leftOutOf(keepWhen)} />
            <p>
              <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit" name="compter" value="1" formnovalidate>
                Compter d’abord
              </button>
            </p>
            <FormEnd edited={edited} why={why} problem={problems.raison} back={back} />
          </ActForm>
        )}
      </>
    ),
  });
}

/** Returns the merged form and the conflict alert if somebody else saved first, or null. */
async function mergedLeftOutForm(
  edited: EditedDefinition,
  form: Form,
): Promise<{ readonly keepWhen: KeepWhen | undefined; readonly moved: Child } | null> {
  if (!isOutdated(edited, form)) return null;
  const { keepWhen } = edited.connector.definition;
  const shown = await edited.definitionAt(Number(form.text("version")));
  const saved = leftOutOf(keepWhen);
  const { leftOut, both } = mergedLeftOut(shown && leftOutOf(shown.keepWhen), saved, readLeftOut(form, saved));
  const named = both.length === 0 ? [] : [{ label: "Comptent", theirs: sentence(keptRecordsMessage(keepWhen)) }];
  return { keepWhen: keepWhenWith(keepWhen, leftOut), moved: <ConflictAlert who={edited.changedBy} conflicts={named} /> };
}

/** Checkboxes for the values of fields that tell the state of a record. Records with a ticked value are kept. */
function StateBoxes({ states, leftOut }: { readonly states: readonly StateField[]; readonly leftOut: readonly LeftOut[] }): Child {
  const boxes = (wanted: boolean) =>
    states.map((state, index) =>
      state.isState === wanted ? (
        <Boxes state={state} id={`fiches-${index}`} leftOut={leftOut.find(({ field }) => field === state.field)} />
      ) : null,
    );
  const others = states.filter(({ isState }) => !isState).length;
  return (
    <div id="champ-fiches">
      {boxes(true)}
      {others > 0 && (
        <details class="fr-mb-3w" open={others === states.length}>
          <summary>{counted(others, "autre champ qui a peu de valeurs", "autres champs qui ont peu de valeurs")}</summary>
          {boxes(false)}
        </details>
      )}
    </div>
  );
}

function Boxes(given: { readonly state: StateField; readonly id: string; readonly leftOut: LeftOut | undefined }): Child {
  const { state, id, leftOut } = given;
  return (
    <fieldset class="fr-fieldset" id={id} aria-labelledby={`${id}-legende`}>
      <legend class="fr-fieldset__legend fr-fieldset__legend--regular" id={`${id}-legende`}>
        {french`Garder les fiches dont « ${state.field} » vaut`}
      </legend>
      {state.values.map((one, index) => (
        <Box field={state.field} one={one} id={`${id}-${index}`} isKept={!isLeftOut(leftOut, one)} />
      ))}
    </fieldset>
  );
}

function Box(given: { readonly field: string; readonly one: StateValue; readonly id: string; readonly isKept: boolean }): Child {
  const { field, one, id, isKept } = given;
  const value = JSON.stringify([field, one.value]);
  return (
    <div class="fr-fieldset__element">
      <input type="hidden" name="offert" value={value} />
      <div class="fr-checkbox-group fr-checkbox-group--sm">
        <input type="checkbox" id={id} name="garde" value={value} checked={isKept} />
        <label class="fr-label" for={id}>
          {one.value === null ? "(rien : le champ est vide)" : <AidText text={one.value} />}
          <span class="fr-hint-text">{counted(one.count, "fiche")}</span>
        </label>
      </div>
    </div>
  );
}

function isLeftOut(leftOut: LeftOut | undefined, { value }: StateValue): boolean {
  if (leftOut === undefined) return false;
  return value === null ? leftOut.isBlank : leftOut.values.some((text) => foldTerm(text) === foldTerm(value));
}

/** Explains what happens to values that appear later. */
function LaterValues(): Child {
  return (
    <p>
      Une valeur que personne n’a encore vue, dans un flux à venir, est <strong>gardée</strong> : ses fiches entrent comme les autres, et
      peuvent être laissées de côté ensuite.
    </p>
  );
}

/** Lists the conditions of a definition that checkboxes cannot express. They stay unchanged. */
function RicherConditions({ keepWhen }: { readonly keepWhen: KeepWhen | undefined }): Child {
  const richer = richerConditions(keepWhen);
  if (richer.length === 0) return null;
  return (
    <>
      <p class="fr-mb-1v">Le connecteur demande aussi ceci, que ces cases ne savent pas dire, et qui reste tel quel :</p>
      <List items={richer.map((when) => sentence(conditionMessage(when)))} />
    </>
  );
}

const Offered = z.tuple([z.string().min(1), z.string().min(1).nullable()]);
/** Our forms have fewer values. */
const maxOffered = 2000;

/** Returns the excluded values after a form: the values that it offered without a tick. Other values in `before` stay excluded. */
function readLeftOut(form: Form, before: readonly LeftOut[]): readonly LeftOut[] {
  const offered = form.all("offert").slice(0, maxOffered).flatMap(readOne);
  const ticked = new Set(form.all("garde").flatMap(readOne).map(keyOf));
  const offeredKeys = new Set(offered.map(keyOf));
  const unticked = offered.filter((one) => !ticked.has(keyOf(one)));
  const untouched = before.flatMap(valuesOf).filter((one) => !offeredKeys.has(keyOf(one)));
  const fields = new Map<string, LeftOut>();
  for (const [field, value] of [...untouched, ...unticked]) {
    const { values, isBlank } = fields.get(field) ?? { values: [], isBlank: false };
    fields.set(field, value === null ? { field, values, isBlank: true } : { field, values: [...values, value], isBlank });
  }
  return [...fields.values()];
}

type One = z.infer<typeof Offered>;

function readOne(written: string): One[] {
  try {
    const read = Offered.safeParse(JSON.parse(written));
    return read.success ? [read.data] : [];
  } catch {
    return [];
  }
}

function valuesOf({ field, values, isBlank }: LeftOut): One[] {
  return [...values.map((value): One => [field, value]), ...(isBlank ? [[field, null] as One] : [])];
}

function keyOf([field, value]: One): string {
  return JSON.stringify([field, value === null ? null : foldTerm(value)]);
}
