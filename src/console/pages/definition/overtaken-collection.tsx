import type { Child } from "hono/jsx";
import { connectorStateLabel } from "../../../french/connectors.ts";
import type { Connector } from "../../../kit/definition.ts";
import { mergeForm } from "../../merge-form.ts";
import type { Form } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { DefinitionMoved, definitionShown, isOvertaken } from "./definition-moved.tsx";
import type { DefinitionView } from "./definition-of.ts";
import { readWrittenCollection, states, type WrittenCollection, writtenCollection } from "./read-collection.ts";
import { rhythms } from "./read-schedule.ts";

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

/** What is saved of a field, as people read it. */
function savedWords(name: keyof WrittenCollection, saved: WrittenCollection): string {
  const value = saved[name];
  const state = states.find((known) => known === value);
  if (name === "etat" && state !== undefined) return connectorStateLabel(state);
  if (name === "rythme") return rhythms.find((rhythm) => rhythm.value === value)?.label ?? value;
  return value === "" ? "rien" : value;
}

/** The form again where somebody else was faster: what was typed over what is saved, and what is said above it. Null where nobody was. */
export async function overtakenCollection(
  visit: Visit,
  view: DefinitionView,
  definition: Connector,
  form: Form,
): Promise<{ readonly written: WrittenCollection; readonly said: Child } | null> {
  if (!isOvertaken(view, form)) return null;
  const shown = await definitionShown(visit, view, form);
  const saved = writtenCollection(definition);
  const { written, conflicts } = mergeForm(shown && writtenCollection(shown), saved, readWrittenCollection(form));
  const told = conflicts.filter((name) => name !== "raison").map((name) => ({ label: labels[name], theirs: savedWords(name, saved) }));
  return { written, said: <DefinitionMoved view={view} conflicts={told} /> };
}
