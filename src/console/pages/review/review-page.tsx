import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { isUuid } from "../../../catalogue/store.ts";
import { french } from "../../../french/typography.ts";
import { findAid } from "../../curation/act-on-aid.ts";
import { AidMoved } from "../../curation/aid-moved.tsx";
import { ConnectorLink } from "../../lists/connector-column.tsx";
import { AidText } from "../../parts/aid-text.tsx";
import { Alert, Problems } from "../../parts/alert.tsx";
import { Badge } from "../../parts/badge.tsx";
import { formatDay } from "../../parts/time.ts";
import { type Page, pageRoute } from "../../route.ts";
import { mayCurate, param, type Visit } from "../../visit.ts";
import { ActionBar } from "./action-bar.tsx";
import { Presence } from "./presence.tsx";
import { ProposalAnswers } from "./proposal-answers.tsx";
import { nextPath, placeOf, queuePath, queues, readQueue } from "./queue-address.ts";
import { type AidReview, readAidReview, type SentForm } from "./read-aid-review.ts";
import { ReviewForm } from "./review-form.tsx";
import { SourcePanel } from "./source-panel.tsx";

/** The review page: one waiting aid, the fields to fill in, and the information that a curator needs. */
export const reviewPage = pageRoute("/relecture/:aide", "read", async (visit) =>
  reviewPageOf(visit, await findAid(visit, param(visit, "aide")), visit.query),
);

/** Redirects to the next item after the skipped one (`apres`), or to the first of the queue. */
export const nextAid = pageRoute("/relecture/suivante", "read", async (visit) => {
  const after = visit.query.get("apres");
  const requested = readQueue(visit.query);
  if (after === null) return { to: await nextPath(visit, requested, null) };
  const isChange = requested.queue === "proposals" && !isUuid(after);
  const item = isChange ? after : (await findAid(visit, after)).aidId;
  return { to: await nextPath(visit, requested, await placeOf(visit, requested, item)) };
});

/** Renders the review page. After a refused form, adds the typed values and the problems (422), or the conflict (409). */
export async function reviewPageOf(visit: Visit, aid: CuratedAid, query: URLSearchParams, sent: SentForm = {}): Promise<Page> {
  const review = await readAidReview(visit, aid, readQueue(query), sent);
  const { title: queueTitle } = queues.find(({ queue }) => queue === review.requested.queue) ?? queues[0];
  return {
    title: review.content.name,
    language: aid.imported.language,
    breadcrumb: [
      { title: "Relecture", href: "/relecture" },
      { title: queueTitle, href: queuePath(review.requested) },
    ],
    menuPath: "/relecture",
    ...(sent.meanwhile !== undefined ? { status: 409 as const } : sent.problems !== undefined && { status: 422 as const }),
    content: await ReviewContent({ review, visit }),
  };
}

async function ReviewContent({ review, visit }: { readonly review: AidReview; readonly visit: Visit }): Promise<Child> {
  const { aid, content, sent, isNew, proposed } = review;
  const acts = mayCurate(visit);
  return (
    <>
      <h1 class="fr-h3 fr-mb-1w">
        <AidText text={content.name} language={aid.imported.language} />
      </h1>
      <Head visit={visit} review={review} />
      {await Presence({ aidId: aid.aidId, visit })}
      {sent.meanwhile !== undefined && <AidMoved aid={aid} meanwhile={sent.meanwhile} />}
      <Problems problems={sent.problems ?? {}} />
      {!isNew && proposed.length === 0 && <Settled review={review} />}
      <div class="fr-grid-row fr-grid-row--gutters">
        <div class="fr-col-12 fr-col-lg-7">
          {proposed.length > 0 && <ProposalAnswers review={review} visit={visit} />}
          {isNew && <ReviewForm review={review} visit={visit} />}
        </div>
        <aside class="fr-col-12 fr-col-lg-5" aria-label="De quoi décider">
          <SourcePanel visit={visit} review={review} acts={acts} />
        </aside>
      </div>
      <ActionBar review={review} visit={visit} />
    </>
  );
}

function Head({ visit, review }: { readonly visit: Visit; readonly review: AidReview }): Child {
  const { aid, content, isNew, isExpired } = review;
  const { submissionDeadline: deadline } = content;
  return (
    <p>
      {isNew && <Badge tone="new" label="nouvelle" />} {isExpired && <Badge tone="warning" label="échue" />}{" "}
      {deadline === null ? "Sans date de clôture" : french`Clôture le ${formatDay(deadline)}`}
      {" – "}
      <ConnectorLink visit={visit} connector={aid.connector} />
      {" – "}
      <a href={`/aides/${aid.aidId}`}>Tout ce qu’on sait de cette aide</a>
    </p>
  );
}

/** Says that the aid no longer waits for review: somebody else has reviewed it, or its feed no longer contains it. */
function Settled({ review: { aid, requested } }: { readonly review: AidReview }): Child {
  return (
    <Alert kind="info" title="Rien n’attend ici" level={2}>
      <p>{french`Cette aide n'est plus à relire et n'a pas de proposition en attente. Sa page dit ce qu'elle est devenue, et qui l'a décidé.`}</p>
      <p>
        <a href={`/aides/${aid.aidId}`}>Voir l’histoire de cette aide</a>, ou <a href={queuePath(requested)}>revenir à la file</a>.
      </p>
    </Alert>
  );
}
