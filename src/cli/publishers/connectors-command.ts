import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { connectorNames, sharedNameProblems } from "../../registry/connector-names.ts";
import type { FixtureProblem } from "../../survey/write/check-fixtures.ts";
import { checkFixtures } from "../../survey/write/check-fixtures.ts";
import type { CommandContext } from "../context.ts";
import { lossMessage } from "../english/losses.ts";
import { runErrorMessage } from "../english/runs.ts";
import { exitCodes } from "../exit.ts";
import { inert } from "../printable.ts";

/** Lists the connectors. */
export async function listConnectors({ terminal, connectors }: CommandContext, flags: { json?: true }): Promise<void> {
  const { connectors: all, problems } = await connectors();
  if (flags.json) terminal.out(JSON.stringify(all.map(connectorJson), null, 2));
  else {
    const names = connectorNames(all);
    for (const { definition } of all) {
      const { id, state, decode, feed } = definition;
      const { url, urlFrom, dataset } = feed;
      const from = url ?? (dataset === undefined ? `address in ${urlFrom}` : `dataset ${dataset.id} of ${dataset.api}`);
      terminal.out(`${id.padEnd(36)} ${state.padEnd(8)} ${decode.format.padEnd(6)} ${names.get(id) ?? id}`);
      terminal.out(`${" ".repeat(37)}${terminal.colors.dim(from)}`);
    }
    if (all.length === 0) terminal.out("no connectors");
  }
  process.exitCode = problems.length > 0 ? exitCodes.failure : exitCodes.success;
}

function connectorJson({ definition: { id, publisher, state, because, schedule, feed, decode } }: LoadedConnector): unknown {
  return {
    id,
    state,
    because: because ?? null,
    publisher,
    schedule: schedule ?? null,
    feed: { url: feed.url ?? null, urlFrom: feed.urlFrom ?? null, dataset: feed.dataset ?? null },
    format: decode.format,
  };
}

/** Checks the files of every connector; exits with 1 if one has a problem. Lists what the aids of fixtures lack, which is no problem. */
export async function checkConnectors({ terminal, connectorsOfFiles }: CommandContext): Promise<void> {
  const { connectors: all, problems } = await connectorsOfFiles();
  const shared = sharedNameProblems(all);
  let count = problems.length + shared.length;
  for (const problem of shared) terminal.err(problem);
  for (const [done, connector] of all.entries()) {
    terminal.progress({ title: "checking", done, total: all.length, unit: "connectors" });
    const { problems: found, losses, aids, publishable, fullyDescribed, missing } = await checkFixtures(connector);
    const { id } = connector.definition;
    count += found.length;
    for (const problem of found) terminal.err(`${id}: ${fixtureProblemMessage(problem, id)}`);
    const lacking = [...missing].map(([field, lacks]) => `${field} ${lacks}`).join(", ");
    terminal.out(
      `${id}: ${publishable} of ${aids} aids publishable, ${fullyDescribed} fully described${lacking === "" ? "" : `, missing: ${lacking}`}`,
    );
    for (const { file, group } of losses) terminal.out(`${id}: the aids lack, from ${inert(`${file}: ${lossMessage(group)}`)}`);
  }
  terminal.progress(null);
  terminal.out(`${all.length} connectors checked, ${count === 0 ? "all sound" : `${count} ${count === 1 ? "problem" : "problems"}`}`);
  process.exitCode = count === 0 ? exitCodes.success : exitCodes.failure;
}

/** Describes a problem of a connector's fixtures, and what to do. */
export function fixtureProblemMessage(problem: FixtureProblem, connector: string): string {
  switch (problem.code) {
    case "no-fixture":
      return `no fixture: put a small feed into fixtures/${connector}/`;
    case "no-feed":
      return `${problem.file} has no feed of the same name`;
    case "no-expected-result":
      return `${problem.file} is missing; npm run golden:update writes it`;
    case "unread-fields":
      return `${problem.file}: fields that are neither read nor ignored: ${problem.fields.join(", ")}`;
    case "other-result":
      return `${problem.file} does not give the result in ${problem.expected}; if you intended this change, run npm run golden:update ${connector} and read the difference`;
    case "unreadable":
      return `${problem.file}: ${runErrorMessage(problem.error, problem.params)}`;
  }
}
