import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { comparableLink } from "../../../model/text/comparable-link.ts";
import { TextField } from "../../parts/form-controls.tsx";
import { pageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { FoundLife, FoundList } from "./found-list.tsx";
import { NothingFound } from "./nothing-found.tsx";

/** Maximum number of revisions that the page adds to the index before it answers. */
const maxIndexedRevisions = 1000;

/** « Où est mon aide ? ». Finds an aid by title, publisher's identifier, link or URL on our site, even if it is not in the catalogue. */
export const findRoute = pageRoute("/ou-est-mon-aide", "read", async (visit) => {
  const query = (visit.query.get("q") ?? "").trim().slice(0, 800);
  return {
    title: query === "" ? french`Où est mon aide ?` : french`${query.slice(0, 60)} – Où est mon aide ?`,
    breadcrumb: [],
    menuPath: "/aides",
    content: (
      <>
        <h1>{french`Où est mon aide ?`}</h1>
        <form method="get" action="/ou-est-mon-aide" class="moisson-narrow" role="search">
          <TextField
            name="q"
            label="Ce que vous savez d’elle"
            hint={french`Son titre, ou des mots de son titre ; son identifiant chez le producteur ; un lien, ou son adresse sur le site.`}
            type="search"
            value={query}
            maxlength={800}
          />
          <button type="submit" class="fr-btn">
            Chercher
          </button>
        </form>
        {query !== "" && <div class="fr-mt-4w">{await answerOf(visit, query)}</div>}
      </>
    ),
  };
});

/** Brings the index up to date if that is fast. Returns false after a first import of thousands of aids. */
async function updateIndex({ catalogue: { search } }: Visit): Promise<boolean> {
  const behind = await search.behind();
  if (behind === 0) return true;
  if (behind > maxIndexedRevisions) return false;
  await search.catchUp(maxIndexedRevisions);
  return (await search.behind()) === 0;
}

async function answerOf(visit: Visit, query: string): Promise<Child> {
  const isQuick = !visit.query.has("partout") && (await updateIndex(visit));
  const hits = await visit.catalogue.aidTraces.find(query, undefined, isQuick);
  const [hit] = hits;
  if (hit === undefined) return <NothingFound visit={visit} query={query} isQuick={isQuick} isLink={comparableLink(query) !== null} />;
  return hits.length === 1 ? <FoundLife visit={visit} hit={hit} /> : <FoundList visit={visit} hits={hits} />;
}
