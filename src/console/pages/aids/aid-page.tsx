import type { Child } from "hono/jsx";
import { AidName } from "../../parts/aid-text.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { pageRoute } from "../../route.ts";
import { mayCurate, param, type Visit } from "../../visit.ts";
import { AidFields } from "./aid-fields.tsx";
import { AidLife } from "./aid-life.tsx";
import { AidProposals } from "./aid-proposals.tsx";
import { AidFacts, AidIssues, AidStatus } from "./aid-status.tsx";
import { LikelyDuplicates } from "./merge-aid.tsx";
import { aidPath } from "./perform-aid-act.ts";
import { type AidView, readAidView } from "./read-aid-view.ts";
import { AidActsBar } from "./status-acts.tsx";

/** Events of the history shown by default. */
const eventsShown = 20;

/** Renders an aid: why it is or is not online, all its fields with both values, its history. */
export const aidPage = pageRoute("/aides/:aide", "read", async (visit) => {
  const view = await readAidView(visit, param(visit, "aide"));
  const { aid, title, duplicates, life } = view;
  const isWholeLife = visit.query.has("histoire") || life.length <= eventsShown + 1;
  return {
    title,
    language: aid.imported.language,
    breadcrumb: [{ title: "Catalogue", href: "/aides" }],
    content: (
      <>
        <h1>
          <AidName aid={aid} />
        </h1>
        <UndoOffer visit={visit} view={view} />
        <AidStatus visit={visit} view={view} />
        <AidFacts visit={visit} view={view} />
        {mayCurate(visit) && <AidActsBar visit={visit} view={view} />}
        <AidProposals visit={visit} view={view} />
        {duplicates.length > 0 && (
          <section class="fr-mb-4w">
            <h2>Sans doute la même qu’une autre</h2>
            <LikelyDuplicates visit={visit} connector={aid.connector} duplicates={duplicates} href={aidPath} />
          </section>
        )}
        <AidFields visit={visit} view={view} />
        <AidIssues aid={aid} />
        <section id="histoire">
          <h2>Son histoire</h2>
          <AidLife
            language={aid.imported.language}
            life={isWholeLife ? life : life.slice(0, eventsShown)}
            more={isWholeLife ? null : `/aides/${aid.aidId}?histoire=toute#histoire`}
          />
        </section>
      </>
    ),
  };
});

/** Offers to undo the action just done, with one button. */
function UndoOffer({ visit, view: { aid, life } }: { readonly visit: Visit; readonly view: AidView }): Child {
  const done = visit.query.get("fait");
  const last = life.find((event) => event.what === "changed");
  if (done === null || last?.what !== "changed" || last.revision.planId !== done || last.revision.origin !== "curator") return null;
  return (
    <div class="fr-mb-2w">
      <ActButton
        action={`/aides/${aid.aidId}/annuler`}
        csrf={visit.csrf}
        label="Annuler ce qui vient d’être fait"
        fields={{ plan: done }}
        icon="fr-icon-arrow-go-back-line"
      />
    </div>
  );
}
