import type { ReadConnectors } from "../../../registry/load-connectors.ts";
import { describeProblem } from "../../../registry/registry-error.ts";
import { type Finding, fault, fine } from "./finding.ts";

/** Names the connectors whose definition this version refuses, in a file or in the catalogue. They do not run. */
export function checkDefinitions({ connectors, problems }: Pick<ReadConnectors, "connectors" | "problems">): Finding[] {
  if (problems.length === 0) return [fine("connectors", `${connectors.length} definitions are valid`)];
  return problems.map((problem) =>
    fault(
      "connectors",
      describeProblem(problem),
      problem.version === undefined
        ? "correct the file, then: moisson connectors check"
        : `take back an earlier version on the console's page /connecteurs/${problem.version.connector}/versions, or define it in a file`,
    ),
  );
}
