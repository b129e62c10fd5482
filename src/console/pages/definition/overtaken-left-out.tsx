import type { Child } from "hono/jsx";
import { keptRecordsMessage } from "../../../french/rules.ts";
import { sentence } from "../../../french/typography.ts";
import type { Connector } from "../../../kit/definition.ts";
import { type KeepWhen, keepWhenWith, leftOutOf, mergedLeftOut } from "../../../registry/survey/left-out.ts";
import { readLeftOut } from "../../mapping/read-left-out.ts";
import type { Form } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { DefinitionMoved, definitionShown, isOvertaken } from "./definition-moved.tsx";
import type { DefinitionView } from "./definition-of.ts";

/** The boxes again where somebody else was faster: what was ticked over what is saved, and what is said above them. Null where nobody was. */
export async function overtakenLeftOut(
  visit: Visit,
  view: DefinitionView,
  { keepWhen }: Connector,
  form: Form,
): Promise<{ readonly keepWhen: KeepWhen | undefined; readonly moved: Child } | null> {
  if (!isOvertaken(view, form)) return null;
  const shown = await definitionShown(visit, view, form);
  const saved = leftOutOf(keepWhen);
  const { leftOut, both } = mergedLeftOut(shown && leftOutOf(shown.keepWhen), saved, readLeftOut(form, saved));
  const told = both.length === 0 ? [] : [{ label: "Comptent", theirs: sentence(keptRecordsMessage(keepWhen)) }];
  return { keepWhen: keepWhenWith(keepWhen, leftOut), moved: <DefinitionMoved view={view} conflicts={told} /> };
}
