import type { Child } from "hono/jsx";
import type { Connector } from "../../../kit/definition.ts";
import { connectorAs } from "../../../registry/stored-versions.ts";
import { ConflictAlert, type FieldConflict } from "../../forms/conflict.tsx";
import type { Form } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import type { DefinitionView } from "./definition-of.ts";

/** Returns true if a version was added since the form was shown. */
export function isOutdated(view: DefinitionView, form: Pick<Form, "text">): boolean {
  return form.text("version") !== String(view.version?.version ?? 0);
}

/** Returns the definition that the form was made from, or null if its version is unknown. */
export async function definitionShown(
  { catalogue }: Visit,
  { id, registry, ofFile }: DefinitionView,
  form: Pick<Form, "text">,
): Promise<Connector | null> {
  const number = Number(form.text("version"));
  if (number === 0) return ofFile?.definition ?? null;
  const version = (await catalogue.connectorVersions.list(id)).find((one) => one.version === number);
  const read = version === undefined ? null : await connectorAs(registry, version);
  return read === null || "problems" in read ? null : read.definition;
}

/** The conflict alert of a definition form. */
export function DefinitionConflict({
  view,
  conflicts,
}: {
  readonly view: DefinitionView;
  readonly conflicts: readonly FieldConflict[];
}): Child {
  return <ConflictAlert who={view.version?.by ?? "Quelqu’un d’autre"} conflicts={conflicts} />;
}
