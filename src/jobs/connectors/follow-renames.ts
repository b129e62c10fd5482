import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../../catalogue/plans/plan-reader.ts";
import type { RunOptions } from "../../ingest/run-inputs.ts";
import type { Connector } from "../../kit/definition.ts";
import { type FieldRename, renamesIn } from "../../model/plan/feed-breaks.ts";
import { changeContent, contentNow, withChanges } from "../../registry/change-content.ts";
import type { ReadConnectors } from "../../registry/load-connectors.ts";
import { renamePath } from "../../registry/rename-path.ts";
import { connectorAs } from "../../registry/stored-versions.ts";

/** The new version of the connector, and the options of the run that reads the held feed again. */
export interface Followed {
  readonly connector: string;
  readonly version: number;
  readonly renames: readonly FieldRename[];
  readonly options: RunOptions;
}

/**
 * Why no rename was followed: the plan found none, a function of the connector reads `path`, the changed definition is refused, or somebody
 * else changed the connector meanwhile.
 */
export type NotFollowed =
  | { readonly refused: "no-rename" | "conflict" }
  | { readonly refused: "code-reads"; readonly path: string }
  | { readonly refused: "definition"; readonly problem: string };

/**
 * Reads the renamed fields of a held plan under their new names: saves a new version of the connector, and closes the plan as replaced. The
 * caller then starts the run.
 */
export async function followRenames(
  catalogue: Catalogue,
  registry: ReadConnectors,
  plan: PlanRecord,
  { by, now }: { readonly by: string; readonly now: Date },
): Promise<Followed | NotFollowed> {
  const renames = renamesIn(plan.guards);
  const { connector: id } = plan;
  const loaded = registry.connectors.find(({ definition }) => definition.id === id);
  if (id === null || loaded === undefined || renames.length === 0) return { refused: "no-rename" };
  const ofFile = (registry.ofFiles ?? registry.connectors).find(({ definition, file }) => definition.id === id && file !== null) ?? null;
  const [newest = null] = await catalogue.connectorVersions.list(id);
  let content = contentNow(ofFile, newest);
  let definition: Connector = loaded.definition;
  for (const { from, to } of renames) {
    const change = renamePath(definition, from, to);
    if (change === null) return { refused: "code-reads", path: from };
    definition = withChanges(definition, change) as unknown as Connector;
    content = changeContent(content, ofFile?.definition ?? null, change);
  }
  const why = renames.map(({ from, to }) => `« ${from} » s’appelle désormais « ${to} »`).join(", ");
  const after = newest?.version ?? 0;
  const made = { connector: id, ...content, why: `Dans le flux, ${why}.`, by, at: now };
  const read = await connectorAs(registry, { ...made, version: after + 1 });
  if (read === null || "problems" in read) {
    const [first] = read?.problems ?? [];
    return { refused: "definition", problem: first === undefined ? id : `${first.key ?? "?"}: ${first.message}` };
  }
  const version = await catalogue.connectorVersions.add(made, after);
  if (version === null) return { refused: "conflict" };
  await catalogue.plans.close(plan.planId, "overtaken", { now, by, note: made.why });
  const run = plan.runId === null ? null : await catalogue.runs.find(plan.runId);
  const snapshot = run?.snapshotHash ?? null;
  const isStored = snapshot !== null && (await catalogue.snapshots.has(snapshot));
  return { connector: id, version, renames, options: { force: true, ...(isStored && { snapshot }) } };
}
