import type { Child } from "hono/jsx";
import { guardMessage } from "../../../french/outcomes.ts";
import { sentence } from "../../../jobs/digest/french/lines.ts";
import type { RunReport } from "../../../model/run/run-report.ts";

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
