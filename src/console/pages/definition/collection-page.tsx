import type { Child } from "hono/jsx";
import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import { connectorStateLabel } from "../../../french/connectors.ts";
import type { Connector } from "../../../kit/definition.ts";
import { changeContent, contentNow } from "../../../registry/change-content.ts";
import { mergeForm } from "../../forms/conflict.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm, Select, TextField } from "../../parts/form.tsx";
import type { ActRoute, Form, Page, PageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { DefinitionConflict, definitionShown, isOutdated } from "./definition-conflict.tsx";
import { breadcrumbOf, type DefinitionView, definitionOf, runnable } from "./definition-of.ts";
import { TryButtons } from "./field-page.tsx";
import {
  addressOf,
  readChange,
  readWrittenCollection,
  rhythms,
  states,
  type WrittenCollection,
  type WrongCollection,
  writtenCollection,
} from "./read-collection.ts";
import { tryChange } from "./try-change.ts";
import { BaseField, readWhy, WhyField } from "./why-field.tsx";

const path = "/connecteurs/:connecteur/definition/collecte";

/** Shows the URL, schedule and state of a connector. */
export const collectionPage: PageRoute = {
  method: "get",
  path,
  who: "bizdev",
  async answer(visit) {
    const view = await definitionOf(visit);
    const written = writtenCollection(runnable(view).definition);
    const proposed = states.find((state) => state === visit.query.get("etat"));
    return page(visit, view, runnable(view).definition, { ...written, ...(proposed !== undefined && { etat: proposed }) }, {});
  },
};

/** Changes the URL, schedule or state. A new URL needs a trial; schedule and state take effect at once, because they change no aid. */
export const changeCollection: ActRoute = {
  method: "post",
  path,
  who: "bizdev",
  act: "connector.change-collection",
  async perform(visit, form) {
    const view = await definitionOf(visit);
    const { definition } = runnable(view);
    const written = readWrittenCollection(form);
    const merged = await mergedCollection(visit, view, definition, form);
    if (merged !== null) return page(visit, view, definition, merged.written, {}, merged.alert);
    const { change, ...read } = readChange(written, definition);
    const isHeld = written.etat !== definition.state && written.etat !== "draft" && (await isUnagreed(visit.catalogue, view));
    const problems = isHeld ? { ...read.problems, etat: notBeforeFirstRun } : read.problems;
    const { why, problem } = readWhy(form);
    if (change === null || isHeld || problem !== null)
      return page(visit, view, definition, written, { ...problems, ...(problem !== null && { raison: problem }) });
    const content = changeContent(contentNow(view.ofFile, view.version), view.ofFile?.definition ?? null, change);
    const done = await tryChange(visit, view, { content, why, trial: "feed" in change ? "address" : "none" });
    return "problem" in done ? page(visit, view, definition, written, { raison: done.problem }) : done;
  },
};

const notBeforeFirstRun =
  "Sa première collecte n’est pas encore appliquée : il reste un brouillon jusque-là, et n’est pas collecté de lui-même.";

/** Returns true for a draft connector without an applied run. In another state, its first run would not be held for approval. */
async function isUnagreed({ appliedRuns }: Catalogue, { id, ofFile }: DefinitionView): Promise<boolean> {
  if (ofFile !== null && ofFile.definition.state !== "draft") return false;
  return (await appliedRuns.lastReports(id, 1)).length === 0;
}

/** Returns the page with the form. `moved`: the conflict alert, if somebody else saved first. */
function page(
  visit: Visit,
  view: DefinitionView,
  definition: Connector,
  written: WrittenCollection,
  problems: WrongCollection,
  moved: Child = null,
): Page {
  const found = Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined)) as Record<string, string>;
  const { url, dataset } = definition.feed;
  const isHidden = url !== undefined && addressOf(definition) === "";
  return {
    title: "Collecte",
    breadcrumb: breadcrumbOf(view, { title: "Définition", href: `/connecteurs/${view.id}/definition` }),
    menuPath: "/connecteurs",
    status: moved !== null ? 409 : Object.keys(found).length > 0 ? 422 : 200,
    content: (
      <>
        <h1>La collecte de {view.id}</h1>
        {moved}
        <Problems problems={found} />
        <ActForm action={`/connecteurs/${view.id}/definition/collecte`} csrf={visit.csrf}>
          <BaseField version={view.version?.version ?? 0} />
          {dataset === undefined && (
            <TextField
              name="adresse"
              label="Adresse du flux"
              hint={
                isHidden
                  ? "L’adresse en vigueur contient une clé : elle n’est pas montrée."
                  : "Une autre adresse est d’abord essayée. Vide : elle est gardée ailleurs, ou le fichier est déposé."
              }
              value={written.adresse}
              problem={problems.adresse}
              required={false}
            />
          )}
          <Select
            name="rythme"
            label="Quand ce flux est collecté"
            choices={rhythms}
            value={written.rythme}
            problem={problems.rythme}
            required
          />
          <TextField
            name="heure"
            label="Heure (à Paris)"
            hint="Comme 04:30."
            value={written.heure}
            problem={problems.heure}
            required={false}
          />
          <TextField
            name="jours"
            label="Un fichier est attendu tous les… jours"
            hint="S’il est déposé à la main."
            value={written.jours}
            problem={problems.jours}
            required={false}
          />
          <TextField
            name="regle"
            label="Règle cron"
            hint="Pour une autre règle seulement."
            value={written.regle}
            problem={problems.regle}
            required={false}
          />
          <Select
            name="etat"
            label="État"
            hint="Un brouillon n’est pas collecté de lui-même, et sa première collecte attend l’accord d’une personne."
            choices={states.map((value) => ({ value, label: connectorStateLabel(value) }))}
            value={written.etat}
            problem={problems.etat}
            required
          />
          <TextField
            name="parce"
            label="S’il est suspendu ou fermé, parce que"
            value={written.parce}
            problem={problems.parce}
            required={false}
          />
          <WhyField value={written.raison} problem={problems.raison} />
          <TryButtons back={`/connecteurs/${view.id}/definition`} label="Enregistrer, ou essayer la nouvelle adresse" />
        </ActForm>
      </>
    ),
  };
}

const labels: Readonly<Record<keyof WrittenCollection, string>> = {
  adresse: "Adresse du flux",
  rythme: "Quand ce flux est collecté",
  heure: "Heure",
  jours: "Jours entre deux fichiers",
  regle: "Règle cron",
  etat: "État",
  parce: "Parce que",
  raison: "Pourquoi",
};

/** Returns the saved value of a field in words. */
function savedWords(name: keyof WrittenCollection, saved: WrittenCollection): string {
  const value = saved[name];
  const state = states.find((known) => known === value);
  if (name === "etat" && state !== undefined) return connectorStateLabel(state);
  if (name === "rythme") return rhythms.find((rhythm) => rhythm.value === value)?.label ?? value;
  return value === "" ? "rien" : value;
}

/** Returns the merged form and the conflict alert if somebody else saved first, or null. */
async function mergedCollection(
  visit: Visit,
  view: DefinitionView,
  definition: Connector,
  form: Form,
): Promise<{ readonly written: WrittenCollection; readonly alert: Child } | null> {
  if (!isOutdated(view, form)) return null;
  const shown = await definitionShown(visit, view, form);
  const saved = writtenCollection(definition);
  const { written, conflicts } = mergeForm(shown && writtenCollection(shown), saved, readWrittenCollection(form));
  const named = conflicts.filter((name) => name !== "raison").map((name) => ({ label: labels[name], theirs: savedWords(name, saved) }));
  return { written, alert: <DefinitionConflict view={view} conflicts={named} /> };
}
