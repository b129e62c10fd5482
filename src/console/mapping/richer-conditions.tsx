import type { Child } from "hono/jsx";
import { conditionMessage } from "../../french/rules.ts";
import { sentence } from "../../french/typography.ts";
import { type KeepWhen, richerConditions } from "../../registry/survey/left-out.ts";

/** What a definition asks of a record beside single values, which boxes cannot say: shown, and left as it is. */
export function RicherConditions({ keepWhen }: { readonly keepWhen: KeepWhen | undefined }): Child {
  const richer = richerConditions(keepWhen);
  if (richer.length === 0) return null;
  return (
    <>
      <p class="fr-mb-1v">Le connecteur demande aussi ceci, que ces cases ne savent pas dire, et qui reste tel quel :</p>
      <ul>
        {richer.map((when) => (
          <li>{sentence(conditionMessage(when))}</li>
        ))}
      </ul>
    </>
  );
}
