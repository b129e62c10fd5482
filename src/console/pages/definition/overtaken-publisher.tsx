import type { Child } from "hono/jsx";
import { publisherKindWord } from "../../../french/publishers.ts";
import { type Connector, publisherKinds } from "../../../kit/definition.ts";
import { labelOf } from "../../../model/vocabularies.ts";
import { mergeForm } from "../../merge-form.ts";
import type { Form } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { DefinitionMoved, definitionShown, isOvertaken } from "./definition-moved.tsx";
import type { DefinitionView } from "./definition-of.ts";
import { readWrittenPublisher, type WrittenPublisher, writtenPublisher } from "./read-publisher.ts";

const labels: Readonly<Record<keyof WrittenPublisher, string>> = {
  nom: "Nom",
  siren: "SIREN",
  nature: "Nature",
  territoire: "Territoire",
  licence: "Licence",
  accord: "Accord particulier",
  site: "Site",
  raison: "Pourquoi",
};

/** What is saved of a field, as people read it. */
function savedWords(name: keyof WrittenPublisher, saved: WrittenPublisher): string {
  const value = saved[name];
  const kind = publisherKinds.find((known) => known === value);
  if (name === "nature" && kind !== undefined) return publisherKindWord(kind);
  if (name === "licence") return labelOf("importShareLicence", value);
  return value === "" ? "rien" : value;
}

/** The form again where somebody else was faster: what was typed over what is saved, and what is said above it. Null where nobody was. */
export async function overtakenPublisher(
  visit: Visit,
  view: DefinitionView,
  publisher: Connector["publisher"],
  form: Form,
): Promise<{ readonly written: WrittenPublisher; readonly said: Child } | null> {
  if (!isOvertaken(view, form)) return null;
  const shown = await definitionShown(visit, view, form);
  const saved = writtenPublisher(publisher);
  const { written, conflicts } = mergeForm(shown && writtenPublisher(shown.publisher), saved, readWrittenPublisher(form));
  const told = conflicts.filter((name) => name !== "raison").map((name) => ({ label: labels[name], theirs: savedWords(name, saved) }));
  return { written, said: <DefinitionMoved view={view} conflicts={told} /> };
}
