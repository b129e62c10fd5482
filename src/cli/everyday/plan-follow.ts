import { followRenames, type NotFollowed } from "../../jobs/connectors/follow-renames.ts";
import type { OpenContext } from "../context.ts";
import { NotDone } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { openPlanNamed } from "./plan-named.ts";
import { runConnectors } from "./run-command.ts";

/** Saves a version of the connector that reads the renamed fields of a held plan, and runs it on the held feed. */
export async function followPlan(open: OpenContext, named: string, flags: CuratorFlags & { json?: true }): Promise<void> {
  const { withCatalogue, connectors, environment, terminal } = await open();
  const { connector, options, version, renames } = await withCatalogue(async (catalogue, { clock }) => {
    const plan = await openPlanNamed(catalogue, named);
    const followed = await followRenames(catalogue, await connectors(), plan, curatorOf(flags, environment, clock.now()));
    if ("refused" in followed) throw new NotDone(whyNot(followed, plan.planId.slice(0, 8)));
    return followed;
  });
  const words = renames.map(({ from, to }) => `"${from}" as "${to}"`).join(", ");
  terminal.err(
    `version ${version} of ${connector} reads ${words}; running it on ${options.snapshot === undefined ? "today's feed" : "the held feed"}`,
  );
  const { snapshot } = options;
  // Another context, because this one has read the connector before the change.
  await runConnectors(await open(), [connector], {
    force: true,
    ...(snapshot !== undefined && { snapshot }),
    ...(flags.json && { json: true }),
  });
}

function whyNot(refused: NotFollowed, plan: string): string {
  switch (refused.refused) {
    case "no-rename":
      return `plan ${plan} found no renamed field: see \`moisson plan show ${plan}\``;
    case "code-reads":
      return `a function of the connector reads "${refused.path}": change its file`;
    case "definition":
      return `the changed definition is refused: ${refused.problem}`;
    case "conflict":
      return "somebody changed the connector meanwhile: try again";
  }
}
