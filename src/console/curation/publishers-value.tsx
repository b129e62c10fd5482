import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import { french } from "../../french/typography.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { sameValue } from "../../model/aid/same-value.ts";
import { shownValue } from "../../model/aid/shown-value.ts";
import { FieldValue } from "../parts/field-value.tsx";

/** The publisher's value of a field, if it differs from the value shown. */
export function PublishersValue({ aid, field }: { readonly aid: CuratedAid; readonly field: AidField }): Child {
  const said = aid.imported[field];
  if (sameValue(field, said, shownValue(aid, field))) return null;
  return (
    <div class="moisson-beside">
      <p class="moisson-mention fr-mb-1v">
        {aid.proposals[field] === undefined ? french`Le producteur dit :` : french`Le producteur propose :`}
      </p>
      <FieldValue field={field} value={said} isShort />
    </div>
  );
}
