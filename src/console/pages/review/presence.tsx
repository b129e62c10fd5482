import type { Child } from "hono/jsx";
import type { ActiveVisitor } from "../../../catalogue/aids/review-queue-repository.ts";
import { capitalize, french } from "../../../french/typography.ts";
import { headersOfPage } from "../../access/headers.ts";
import { findAid } from "../../curation/act-on-aid.ts";
import { actRoute } from "../../route.ts";
import { mayCurate, param, type Visit, visitorOf } from "../../visit.ts";

/** Shows who else has the aid open. A script reports that this page is open, and updates the notice. */
export async function Presence({ aidId, visit }: { readonly aidId: string; readonly visit: Visit }): Promise<Child> {
  const { catalogue, now } = visit;
  const { personId } = visitorOf(visit);
  if (mayCurate(visit)) await catalogue.aidVisits.touch(aidId, personId, now, true);
  const others = await catalogue.aidVisits.others(aidId, personId, now);
  return (
    <p
      class="moisson-presence"
      role="status"
      data-beat={mayCurate(visit) ? `/relecture/${aidId}/presence` : undefined}
      data-beat-token={visit.csrf}
    >
      {presenceMessage(others)}
    </p>
  );
}

/** Receives the script's report every 20 seconds. Answers with the sentence that names the other visitors. */
export const presenceRoute = actRoute("/relecture/:aide/presence", { who: "bizdev", act: null }, async (visit) => {
  const aidId = param(visit, "aide");
  const { catalogue, now } = visit;
  const { personId } = visitorOf(visit);
  await findAid(visit, aidId);
  await catalogue.aidVisits.touch(aidId, personId, now);
  const message = presenceMessage(await catalogue.aidVisits.others(aidId, personId, now));
  return new Response(message, { headers: { ...headersOfPage(visit.console), "content-type": "text/plain; charset=utf-8" } });
});

/** Names the other visitors. Rounds to minutes, because screen readers read a text out each time it changes. */
function presenceMessage(others: readonly ActiveVisitor[]): string {
  return others
    .map(({ name, seconds }) => french`${capitalize(name)} est aussi sur cette aide (page vue ${sinceWords(seconds)}).`)
    .join(" ");
}

function sinceWords(seconds: number): string {
  return seconds < 60 ? french`à l'instant` : french`il y a ${Math.floor(seconds / 60)} min`;
}
