import type { Child } from "hono/jsx";
import { excludedCountMessage, keptRecordsMessage } from "../../../french/rules.ts";
import { sentence } from "../../../french/typography.ts";
import { readFields } from "../../../ingest/map/account-fields.ts";
import type { Connector } from "../../../kit/definition.ts";
import { pathsOfCondition } from "../../../kit/expressions/expression-paths.ts";
import { changeContent, contentNow } from "../../../registry/change-content.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import { countKept } from "../../../registry/survey/expected.ts";
import { conditionsOf, type KeepWhen, keepWhenWith, leftOutOf, mergedLeftOut } from "../../../registry/survey/left-out.ts";
import { offeredStates, stateFields } from "../../../registry/survey/state-fields.ts";
import type { Reading, Values } from "../../../registry/survey/survey.ts";
import { surveyRecords } from "../../../registry/survey/survey-feed.ts";
import { LaterValues, RicherConditions, readLeftOut, StateBoxes } from "../../mapping/left-out.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm } from "../../parts/form.tsx";
import type { ActRoute, Form, Page, PageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { DefinitionConflict, definitionShown, isOutdated } from "./definition-conflict.tsx";
import { breadcrumbOf, type DefinitionView, definitionOf, runnable } from "./definition-of.ts";
import { TryButtons } from "./field-page.tsx";
import { readLastRecords } from "./read-sample.ts";
import { tryChange } from "./try-change.ts";
import { BaseField, readWhy, WhyField } from "./why-field.tsx";

const path = "/connecteurs/:connecteur/definition/fiches";
/** Max records read: enough to find states that appear late in a feed. */
const recordsLooked = 2000;

interface Shown {
  readonly keepWhen: KeepWhen | undefined;
  readonly why: string;
  readonly problems: Readonly<Record<string, string>>;
  /** The conflict alert. */
  readonly moved?: Child;
}

/** Shows which records of a feed are excluded. */
export const leftOutPage: PageRoute = {
  method: "get",
  path,
  who: "bizdev",
  async answer(visit) {
    const view = await definitionOf(visit);
    const connector = runnable(view);
    const records = await readLastRecords(visit, connector.definition, recordsLooked);
    return page(visit, view, connector, records, { keepWhen: connector.definition.keepWhen, why: "", problems: {} });
  },
};

/** Starts a trial that changes which records are excluded. */
export const changeLeftOut: ActRoute = {
  method: "post",
  path,
  who: "bizdev",
  act: "connector.change-left-out",
  async perform(visit, form) {
    const view = await definitionOf(visit);
    const connector = runnable(view);
    const { definition } = connector;
    const records = await readLastRecords(visit, definition, recordsLooked);
    const { why, problem } = readWhy(form);
    const overtaken = await mergedLeftOutForm(visit, view, definition, form);
    if (overtaken !== null) return page(visit, view, connector, records, { ...overtaken, why, problems: {} });
    const keepWhen = keepWhenWith(definition.keepWhen, readLeftOut(form, leftOutOf(definition.keepWhen)));
    const again = (problems: Shown["problems"]) => page(visit, view, connector, records, { keepWhen, why, problems });
    if (records.length > 0 && countKept(records, keepWhen) === 0)
      return again({ fiches: "Plus aucune fiche ne serait gardée : cochez au moins une valeur." });
    if (form.has("compter")) return again({});
    if (keepWhen === definition.keepWhen) return again({ fiches: "Rien ne change : cochez ou décochez une valeur." });
    if (problem !== null) return again({ raison: problem });
    const ofFile = view.ofFile?.definition ?? null;
    const change = { keepWhen: keepWhen ?? null, ignored: ignoredWith(definition, keepWhen, ofFile?.ignored ?? []) };
    const content = changeContent(contentNow(view.ofFile, view.version), ofFile, change);
    const done = await tryChange(visit, view, { content, why, trial: "snapshot" });
    return "problem" in done ? again({ fiches: done.problem }) : done;
  },
};

function page(visit: Visit, view: DefinitionView, { definition }: LoadedConnector, records: readonly Values[], shown: Shown): Page {
  const { keepWhen, why, problems, moved = null } = shown;
  const survey = surveyRecords(records, definition.decode as Reading, definition.timeZone);
  // Keep the values that were unticked before in the form.
  const states = offeredStates(offeredStates(stateFields(survey), definition.keepWhen), keepWhen);
  return {
    title: "Fiches à laisser de côté",
    breadcrumb: breadcrumbOf(view, { title: "Définition", href: `/connecteurs/${view.id}/definition` }),
    menuPath: "/connecteurs",
    status: moved !== null ? 409 : Object.keys(problems).length > 0 ? 422 : 200,
    content: (
      <>
        <h1>Fiches à laisser de côté</h1>
        {moved}
        <Problems problems={problems} />
        <p>
          Une fiche est un enregistrement du flux. Décochez ce qui n’est pas une aide à montrer : les appels clos, les brouillons, ce qui
          est archivé. Une aide du catalogue dont la fiche est laissée de côté est absente du flux : elle est retirée comme toute aide
          absente, après {definition.absence.runs} collectes au moins.
        </p>
        <LaterValues />
        <p class="fr-text--bold" role="status">
          {records.length === 0
            ? "Aucun flux n’est gardé : ses valeurs ne sont pas connues."
            : excludedCountMessage({
                records: countKept(records, keepWhen),
                of: records.length,
                isBeginning: records.length === recordsLooked,
              })}
        </p>
        <RicherConditions keepWhen={keepWhen} />
        {states.length === 0 ? (
          <p>Aucun champ du dernier flux ne ressemble à un état dont ces cases pourraient décider.</p>
        ) : (
          <ActForm action={`/connecteurs/${view.id}/definition/fiches`} csrf={visit.csrf}>
            <BaseField version={view.version?.version ?? 0} />
            <StateBoxes states={states} leftOut={leftOutOf(keepWhen)} />
            <p>
              <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit" name="compter" value="1" formnovalidate>
                Compter d’abord
              </button>
            </p>
            <WhyField value={why} problem={problems.raison} />
            <TryButtons back={`/connecteurs/${view.id}/definition`} />
          </ActForm>
        )}
      </>
    ),
  };
}

/** Returns the merged form and the conflict alert if somebody else saved first, or null. */
async function mergedLeftOutForm(
  visit: Visit,
  view: DefinitionView,
  { keepWhen }: Connector,
  form: Form,
): Promise<{ readonly keepWhen: KeepWhen | undefined; readonly moved: Child } | null> {
  if (!isOutdated(view, form)) return null;
  const shown = await definitionShown(visit, view, form);
  const saved = leftOutOf(keepWhen);
  const { leftOut, both } = mergedLeftOut(shown && leftOutOf(shown.keepWhen), saved, readLeftOut(form, saved));
  const named = both.length === 0 ? [] : [{ label: "Comptent", theirs: sentence(keptRecordsMessage(keepWhen)) }];
  return { keepWhen: keepWhenWith(keepWhen, leftOut), moved: <DefinitionConflict view={view} conflicts={named} /> };
}

/**
 * Returns the ignored fields after a change of `keepWhen`. Fields that the new condition reads are no longer ignored; fields that only the
 * old condition read become ignored.
 * @param ofFile ignored fields of the connector's file, whose order is kept, so that undoing a change restores the file's list
 */
function ignoredWith(definition: Connector, keepWhen: KeepWhen | undefined, ofFile: readonly string[]): string[] {
  const { keepWhen: before, ...others } = definition;
  const read = readFields(keepWhen === undefined ? others : { ...others, keepWhen });
  const inCondition = conditionsOf(keepWhen).flatMap(pathsOfCondition);
  const freed = conditionsOf(before)
    .flatMap(pathsOfCondition)
    .filter((path) => !/[.[]/.test(path) && !read.has(path));
  const back = ofFile.filter((field) => !read.has(field));
  const wanted = new Set([...definition.ignored.filter((field) => !inCondition.includes(field)), ...freed]);
  return [...new Set([...back.filter((field) => wanted.has(field)), ...wanted])];
}
