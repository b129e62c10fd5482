import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { fieldName } from "../../../french/fields.ts";
import { capital, french } from "../../../french/typography.ts";
import type { AidContent } from "../../../model/aid/aid.ts";
import { missingForPublication } from "../../../model/aid/publishable.ts";
import { shownContent } from "../../../model/aid/shown-value.ts";
import { titleRule } from "../../../model/aid/title-rule.ts";
import { inputName, type ReadAidForm } from "../../curation/read-aid-form.ts";

/** What stands in the way of publishing the aid as a form would make it, by the name of each field's control. `isAsItIs`: its title is meant to have no verb. */
export function whyUnpublishable(aid: CuratedAid, { values }: ReadAidForm, isAsItIs: boolean): Readonly<Record<string, string>> {
  const content = { ...shownContent(aid), ...values } as AidContent;
  const problems: Record<string, string> = {};
  for (const field of missingForPublication(content))
    problems[inputName(field)] = french`${capital(fieldName(field))} : à remplir ou à corriger pour publier.`;
  const { isShort, beginsWithVerb } = titleRule(content.name);
  if (!isShort) problems[inputName("name")] = french`Titre : trop long pour publier.`;
  if (isShort && !beginsWithVerb && !isAsItIs) {
    problems[inputName("name")] =
      french`Titre : il ne commence pas par un verbe à l'infinitif. Corrigez-le, ou cochez « Publier malgré ce titre ».`;
  }
  return problems;
}
