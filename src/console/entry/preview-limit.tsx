import type { Child } from "hono/jsx";
import { french } from "../../french/typography.ts";
import { isWithinHourlyLimits } from "../access/attempt-limits.ts";
import { Alert } from "../parts/alert.tsx";
import type { Visit } from "../visit.ts";

/** Maximum number of previews of a person in an hour. The script of the form asks for one at each pause in typing. */
const maxPreviewsPerHour = 1000;

/** Counts a preview of the visitor's entry. Returns false if there were too many. */
export function isPreviewAllowed(visit: Visit): Promise<boolean> {
  const person = visit.publisherVisitor?.accountId ?? visit.visitor?.personId;
  return isWithinHourlyLimits(visit, [[`preview-of:${person}`, maxPreviewsPerHour]]);
}

/** Says that there is no preview because there were too many. */
export function NoPreview(): Child {
  return (
    <Alert kind="warning" title="Trop d’aperçus à la fois" level={2} isAnnounced>
      <p>{french`Plus de ${maxPreviewsPerHour} aperçus en une heure : l'aperçu revient plus tard. Vos réponses sont là, et peuvent être envoyées.`}</p>
    </Alert>
  );
}
