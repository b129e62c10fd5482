import type { Child } from "hono/jsx";
import { matchReasonName } from "../../../french/changes.ts";
import { french } from "../../../french/typography.ts";
import type { LikelyDuplicateOf } from "../../curation/likely-duplicates-of.ts";

/** Aids that are likely the same as one, each with how sure it is and why. `href`: where its title leads; `act`: what for, where it is not its page. */
export function LikelyDuplicates(given: {
  readonly duplicates: readonly LikelyDuplicateOf[];
  readonly href: (aidId: string) => string;
  readonly act?: string;
}): Child {
  return (
    <ul>
      {given.duplicates.map(({ aid, match }) => (
        <li>
          <a href={given.href(aid.aidId)}>
            {given.act !== undefined && <span class="fr-sr-only">{given.act} </span>}
            {aid.name}
          </a>
          <span class="moisson-mention">
            {french` – ${aid.connector}, sûr à ${Math.round(match.certainty * 100)} % : ${match.reasons.map(matchReasonName).join(", ")}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
