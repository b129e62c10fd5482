import type { Child } from "hono/jsx";
import { mergeForm } from "../../../curation/merge-form.ts";
import { connectorStateLabel } from "../../../french/connectors.ts";
import { controlsOf, formStatus } from "../../forms/form.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm, Select, TextField } from "../../parts/form.tsx";
import type { Form, Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { definitionShown, type EditedDefinition, editedBack, isOutdated } from "./edited-definition.ts";
import type { EditorPage } from "./editor-routes.ts";
import { BaseField, EditConflict, FormEnd, whyOf } from "./form-parts.tsx";
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

/**
 * The URL, schedule and state. A new URL needs a trial; schedule and state take effect at once, because they change no aid. A draft has only
 * a schedule here: its URL is read before it is saved, and it stays a draft.
 */
export const collectionPage: EditorPage<EditedDefinition> = {
  path: "collecte",
  act: "change-collection",
  show(visit, edited) {
    const written = writtenCollection(edited.connector.definition);
    const proposed = states.find((state) => state === visit.query.get("etat"));
    return page(visit, edited, { ...written, ...(proposed !== undefined && { etat: proposed }) }, {});
  },
  async change(visit, edited, form) {
    const { definition } = edited.connector;
    const { adresse, etat, parce } = writtenCollection(definition);
    const written = { ...readWrittenCollection(form), ...(edited.isDraft && { adresse, etat, parce }) };
    const merged = await mergedCollection(edited, form, written);
    if (merged !== null) return page(visit, edited, merged.written, {}, merged.alert);
    const { change, ...read } = readChange(written, definition);
    const isHeld = written.etat !== definition.state && written.etat !== "draft" && !(await edited.mayLeaveDraft());
    const problems = isHeld ? { ...read.problems, etat: notBeforeFirstRun } : read.problems;
    const { why, problem } = whyOf(edited, form);
    if (change === null || isHeld || problem !== null)
      return page(visit, edited, written, { ...problems, ...(problem !== null && { raison: problem }) });
    const trial = "feed" in change ? "address" : "none";
    const done = await edited.save({ change, why, back: editedBack(edited), trial });
    return done !== null && "problem" in done ? page(visit, edited, written, { raison: done.problem }) : done;
  },
};

const notBeforeFirstRun =
  "Sa première collecte n’est pas encore appliquée : il reste un brouillon jusque-là, et n’est pas collecté de lui-même.";

/** Returns the page with the form. `moved`: the conflict alert, if somebody else saved first. */
function page(visit: Visit, edited: EditedDefinition, written: WrittenCollection, problems: WrongCollection, moved: Child = null): Page {
  const { definition } = edited.connector;
  const found = Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined)) as Record<string, string>;
  const control = controlsOf<keyof WrittenCollection>(written, found);
  const { url, dataset } = definition.feed;
  const isHidden = url !== undefined && addressOf(definition) === "";
  return edited.page({
    path: "collecte",
    title: "Collecte",
    heading: `La collecte de ${edited.name}`,
    status: formStatus(found, moved !== null),
    content: (
      <>
        {moved}
        <Problems problems={found} />
        <ActForm action={`${edited.base}/collecte`} csrf={visit.csrf}>
          <BaseField version={edited.revision} />
          {dataset === undefined && !edited.isDraft && (
            <TextField
              {...control("adresse")}
              label="Adresse du flux"
              hint={
                isHidden
                  ? "L’adresse en vigueur contient une clé : elle n’est pas montrée."
                  : "Une autre adresse est d’abord essayée. Vide : elle est gardée ailleurs, ou le fichier est déposé."
              }
              required={false}
            />
          )}
          <Select {...control("rythme")} label="Quand ce flux est collecté" choices={rhythms} required />
          <TextField {...control("heure")} label="Heure (à Paris)" hint="Comme 04:30." required={false} />
          <TextField
            {...control("jours")}
            label="Un fichier est attendu tous les… jours"
            hint="S’il est déposé à la main."
            required={false}
          />
          <TextField {...control("regle")} label="Règle cron" hint="Pour une autre règle seulement." required={false} />
          {!edited.isDraft && (
            <>
              <Select
                {...control("etat")}
                label="État"
                hint="Un brouillon n’est pas collecté de lui-même, et sa première collecte attend l’accord d’une personne."
                choices={states.map((value) => ({ value, label: connectorStateLabel(value) }))}
                required
              />
              <TextField {...control("parce")} label="S’il est suspendu ou fermé, parce que" required={false} />
            </>
          )}
          <FormEnd
            edited={edited}
            why={written.raison}
            problem={problems.raison}
            back={`${edited.base}${editedBack(edited)}`}
            label="Enregistrer, ou essayer la nouvelle adresse"
          />
        </ActForm>
      </>
    ),
  });
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
  edited: EditedDefinition,
  form: Form,
  typed: WrittenCollection,
): Promise<{ readonly written: WrittenCollection; readonly alert: Child } | null> {
  if (!isOutdated(edited, form)) return null;
  const shown = await definitionShown(edited, form);
  const saved = writtenCollection(edited.connector.definition);
  const { written, conflicts } = mergeForm(shown && writtenCollection(shown), saved, typed);
  const named = conflicts.filter((name) => name !== "raison").map((name) => ({ label: labels[name], theirs: savedWords(name, saved) }));
  return { written, alert: <EditConflict edited={edited} conflicts={named} /> };
}
