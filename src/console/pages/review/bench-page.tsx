import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { french } from "../../../french/typography.ts";
import { findAid } from "../../curation/act-on-aid.ts";
import { AidMoved } from "../../curation/aid-moved.tsx";
import { Alert, Problems } from "../../parts/alert.tsx";
import { Badge } from "../../parts/badge.tsx";
import { formatDay } from "../../parts/time.ts";
import type { Page, PageRoute } from "../../route.ts";
import { mayCurate, param, type Visit } from "../../visit.ts";
import { BenchBar } from "./bench-bar.tsx";
import { BenchForm } from "./bench-form.tsx";
import { BenchSource } from "./bench-source.tsx";
import { Presence } from "./presence.tsx";
import { ProposalAnswers } from "./proposal-answers.tsx";
import { nextPath, queuePath, queues, readQueue } from "./queue-address.ts";
import { type Bench, readBench, type SentForm } from "./read-bench.ts";
import { UndoLast } from "./undo-last.tsx";

/** Renders the workbench: one waiting aid, the fields to fill in and the information to decide from. */
export const benchPage: PageRoute = {
  method: "get",
  path: "/relecture/:aide",
  who: "read",
  answer: async (visit) => benchOf(visit, await findAid(visit, param(visit, "aide")), visit.query),
};

/** Redirects to the next aid after the skipped one (`apres`), or to the first of the queue. */
export const nextAid: PageRoute = {
  method: "get",
  path: "/relecture/suivante",
  who: "read",
  answer: async (visit) => {
    const after = visit.query.get("apres");
    const place = after === null ? null : await visit.catalogue.reviewQueue.position((await findAid(visit, after)).aidId);
    return { to: await nextPath(visit, readQueue(visit.query), place) };
  },
};

/** Renders the workbench. After a refused form, adds the typed values and the problems (422), or the conflict (409). */
export async function benchOf(visit: Visit, aid: CuratedAid, query: URLSearchParams, sent: SentForm = {}): Promise<Page> {
  const bench = await readBench(visit, aid, { requested: readQueue(query), asksAll: query.has("tout") }, sent);
  const { title: queueTitle } = queues.find(({ queue }) => queue === bench.requested.queue) ?? queues[0];
  return {
    title: bench.content.name,
    breadcrumb: [
      { title: "Relecture", href: "/relecture" },
      { title: queueTitle, href: queuePath(bench.requested) },
    ],
    menuPath: "/relecture",
    ...(sent.meanwhile !== undefined ? { status: 409 as const } : sent.problems !== undefined && { status: 422 as const }),
    content: await BenchContent({ bench, visit }),
  };
}

async function BenchContent({ bench, visit }: { readonly bench: Bench; readonly visit: Visit }): Promise<Child> {
  const { aid, content, sent, isNew, proposed } = bench;
  const acts = mayCurate(visit);
  return (
    <>
      <h1 class="fr-h3 fr-mb-1w">{content.name}</h1>
      <Head bench={bench} />
      {await Presence({ aidId: aid.aidId, visit })}
      <UndoLast visit={visit} />
      {sent.meanwhile !== undefined && <AidMoved aid={aid} meanwhile={sent.meanwhile} />}
      <Problems problems={sent.problems ?? {}} />
      {!isNew && proposed.length === 0 && <Settled bench={bench} />}
      <div class="fr-grid-row fr-grid-row--gutters">
        <div class="fr-col-12 fr-col-lg-7">
          {proposed.length > 0 && <ProposalAnswers bench={bench} visit={visit} />}
          {isNew && <BenchForm bench={bench} visit={visit} />}
        </div>
        <aside class="fr-col-12 fr-col-lg-5" aria-label="De quoi décider">
          <BenchSource bench={bench} acts={acts} />
        </aside>
      </div>
      <BenchBar bench={bench} csrf={visit.csrf} acts={acts} />
    </>
  );
}

function Head({ bench: { aid, content, isNew, isExpired } }: { readonly bench: Bench }): Child {
  const { submissionDeadline: deadline } = content;
  return (
    <p>
      {isNew && <Badge tone="new" label="nouvelle" />} {isExpired && <Badge tone="warning" label="échue" />}{" "}
      {deadline === null ? "Sans date de clôture" : french`Clôture le ${formatDay(deadline)}`}
      {" – "}
      <a href={`/connecteurs/${aid.connector}`}>{aid.connector}</a>
      {" – "}
      <a href={`/aides/${aid.aidId}`}>Tout ce qu’on sait de cette aide</a>
    </p>
  );
}

/** Somebody else has decided, or the aid has left its feed. */
function Settled({ bench: { aid, requested } }: { readonly bench: Bench }): Child {
  return (
    <Alert kind="info" title="Rien n’attend ici" level={2}>
      <p>{french`Cette aide n'est plus à relire et n'a pas de proposition en attente. Sa page dit ce qu'elle est devenue, et qui l'a décidé.`}</p>
      <p>
        <a href={`/aides/${aid.aidId}`}>Voir l’histoire de cette aide</a>, ou <a href={queuePath(requested)}>revenir à la file</a>.
      </p>
    </Alert>
  );
}
