import type { Child } from "hono/jsx";
import type { RunReport } from "../../../model/run/run-report.ts";
import { guardMessage } from "../../../texts/fr.ts";
import { sentence } from "../../../texts/fr-digest-lines.ts";

/** What guards saw that does not hold the plan. */
export function RunWarnings({ report: { warnings } }: { readonly report: RunReport }): Child {
  if (warnings.length === 0) return null;
  return (
    <>
      <h2 class="fr-mt-4w">Points d’attention</h2>
      <ul>
        {warnings.map((finding) => (
          <li>{sentence(guardMessage(finding))}</li>
        ))}
      </ul>
    </>
  );
}
