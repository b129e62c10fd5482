import type { Child } from "hono/jsx";
import { counted, french } from "../../../french/typography.ts";
import { limits } from "../../../model/aid/aid.ts";
import { titleRule } from "../../../model/aid/title-rule.ts";

/** Name of the box that publishes a title without a verb all the same. */
export const asItIs = "titre-tel-quel";

/** What the rule says of a title, and the publisher's own beside it. A title is written by a person: none is proposed. */
export function TitleAdvice({ title, publishers }: { readonly title: string; readonly publishers: string }): Child {
  const { characters, isShort, beginsWithVerb } = titleRule(title);
  const length = french`${counted(characters, "caractère")} sur ${limits.nameToPublish}`;
  return (
    <div class="moisson-advice">
      <p class="fr-mb-1w">{french`Titre du producteur : « ${publishers} »`}</p>
      <p class={`fr-mb-1w fr-message ${isShort ? "fr-message--info" : "fr-message--error"}`}>
        <span data-counts="champ-aide-name" data-counts-most={String(limits.nameToPublish)}>
          {length}
        </span>
        {!isShort && french` : trop long pour publier`}
      </p>
      {beginsWithVerb ? (
        <p class="fr-mb-1w fr-message fr-message--valid">Le titre commence par un verbe à l’infinitif.</p>
      ) : (
        <>
          <p class="fr-mb-1w fr-message fr-message--warning">{french`Le titre ne commence pas par un verbe à l'infinitif, comme « Rénover une école ».`}</p>
          <div class="fr-checkbox-group fr-checkbox-group--sm fr-mb-2w">
            <input type="checkbox" id={asItIs} name={asItIs} value="1" />
            <label class="fr-label" for={asItIs}>
              Publier malgré ce titre
            </label>
          </div>
        </>
      )}
    </div>
  );
}
