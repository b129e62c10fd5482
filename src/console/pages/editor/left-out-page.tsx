import type { Child } from "hono/jsx";
import { excludedCountMessage, keptRecordsMessage } from "../../../french/rules.ts";
import { sentence } from "../../../french/typography.ts";
import { offeredStates } from "../../../survey/profile/state-fields.ts";
import { type KeepWhen, keepWhenWith, leftOutOf, mergedLeftOut } from "../../../survey/propose/keep-when.ts";
import { ConflictAlert } from "../../forms/conflict.tsx";
import { formStatus } from "../../forms/form.tsx";
import { readWhy } from "../../forms/why-field.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm } from "../../parts/form-controls.tsx";
import type { Form, Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { type EditedDefinition, isOutdated } from "./edited-definition.ts";
import type { EditorPage } from "./editor-routes.ts";
import { BaseField, FormEnd, whyOf } from "./form-parts.tsx";
import { ignoredAfter } from "./ignored-after.ts";
import { LaterValues, RicherConditions, readLeftOut, StateBoxes } from "./left-out-boxes.tsx";

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
              <a class="fr-btn" href={back}>
                Revenir
              </a>
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
