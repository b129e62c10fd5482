import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { fieldNameIfOurs } from "../../../french/fields.ts";
import { issueMessage } from "../../../french/outcomes.ts";
import { counted, french, sentence } from "../../../french/typography.ts";

/** What was met in the record that the aid was last read from. */
export function AidIssues({ aid: { memo } }: { readonly aid: CuratedAid }): Child {
  if (memo.issues.length === 0) return null;
  return (
    <details class="fr-mb-4w">
      <summary>
        {counted(memo.issues.length, "anomalie rencontrée dans son enregistrement", "anomalies rencontrées dans son enregistrement")}
      </summary>
      <ul class="fr-mt-1w">
        {memo.issues.map(({ code, field, value, params }) => (
          <li>
            {sentence(field === null ? issueMessage(code, params) : french`${fieldNameIfOurs(field)} : ${issueMessage(code, params)}`)}
            {value !== null && <span class="moisson-mention">{french` Reçu : « ${String(value).slice(0, 200)} ».`}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
