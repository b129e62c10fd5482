import type { Child } from "hono/jsx";
import { guardLimitsMessage } from "../../../french/guards.ts";
import { sentence } from "../../../french/typography.ts";
import type { Connector } from "../../../kit/definition.ts";
import { mergeForm } from "../../merge-form.ts";
import type { Form } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { DefinitionMoved, definitionShown, isOvertaken } from "./definition-moved.tsx";
import type { DefinitionView } from "./definition-of.ts";
import { type WrittenGuards, writtenGuards } from "./read-guards.ts";

/** The limits again where somebody else was faster: what was typed over what is saved, and what is said above them. Null where nobody was. */
export async function overtakenGuards(
  visit: Visit,
  view: DefinitionView,
  definition: Connector,
  form: Form,
  typed: WrittenGuards,
): Promise<{ readonly written: WrittenGuards; readonly said: Child } | null> {
  if (!isOvertaken(view, form)) return null;
  const shown = await definitionShown(visit, view, form);
  const empty = Object.fromEntries(Object.keys(typed).map((name) => [name, ""]));
  const saved = { ...empty, ...writtenGuards(definition) };
  const { written, conflicts } = mergeForm(shown && { ...empty, ...writtenGuards(shown) }, saved, typed);
  const limits = guardLimitsMessage(definition);
  const theirs = limits === "" ? "Les limites habituelles." : sentence(limits);
  const told = conflicts.some((name) => name !== "raison") ? [{ label: "Garde-fous", theirs }] : [];
  return { written, said: <DefinitionMoved view={view} conflicts={told} /> };
}
