import type { Child } from "hono/jsx";
import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import { feedKindName } from "../../../../french/site-pages.ts";
import { counted, french } from "../../../../french/typography.ts";
import type { PageFeed } from "../../../../model/survey/page-feed.ts";
import type { ShownSurvey } from "../../../../survey/sample/sample-request.ts";
import type { OfferedList } from "../../../../survey/site/found-site.ts";
import { ActButton } from "../../../parts/form-controls.tsx";
import { truncate } from "../../../parts/time.ts";

interface Given {
  readonly draft: Pick<Draft, "draftId" | "revision">;
  readonly csrf: string;
}

/** Kinds whose page is not a file, but links to files. */
const pagesOfFiles: ReadonlySet<PageFeed["kind"]> = new Set(["dataGouv", "openApi"]);

/** Offers the feeds that a web page names. A feed says more than pages, and changes less. */
export function OfferedFeeds({ draft, csrf, feeds }: Given & { readonly feeds: readonly PageFeed[] }): Child {
  if (feeds.length === 0) return null;
  return (
    <section aria-labelledby="flux-du-site" class="fr-mb-4w">
      <h3 id="flux-du-site">Ce site a aussi des données</h3>
      <p>Un fichier ou un flux vaut mieux que des pages : il change moins, et dit davantage. Regardez s’il contient les aides.</p>
      <ul class="moisson-offers">
        {feeds.map(({ kind, address, title }) => (
          <li>
            {`${feedKindName(kind)}${title === "" ? "" : french` « ${title} »`} : ${truncate(address, 100)}`}
            {pagesOfFiles.has(kind) ? (
              <p class="moisson-mention">Ouvrez cette page, et donnez l’adresse du fichier qu’elle propose.</p>
            ) : (
              <ActButton
                action={`/brouillons/${draft.draftId}/flux`}
                csrf={csrf}
                label="Lire ces données à la place"
                about={`: ${feedKindName(kind)} ${title}`}
                fields={{ version: String(draft.revision), adresse: address }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Shows which list of a site is read, and offers its other lists and its feeds. `address`: of the page with the list. */
export function SiteSection({
  draft,
  csrf,
  site,
  address,
}: Given & { readonly site: ShownSurvey["site"]; readonly address: string | null }): Child {
  if (site === null || address === null) return null;
  return (
    <>
      <OfferedLists draft={draft} csrf={csrf} lists={site.lists} address={address} />
      <OfferedFeeds draft={draft} csrf={csrf} feeds={site.feeds} />
    </>
  );
}

function OfferedLists({
  draft,
  csrf,
  lists,
  address,
}: Given & { readonly lists: readonly OfferedList[]; readonly address: string }): Child {
  const [chosen, ...others] = lists;
  if (chosen === undefined) return null;
  return (
    <section aria-labelledby="liste-du-site" class="fr-mb-4w">
      <h3 id="liste-du-site">La liste des aides</h3>
      <p>{french`${counted(chosen.count, "lien", "liens")} sur cette page, par exemple : ${samplesOf(chosen)}.`}</p>
      {others.length > 0 && (
        <details class="fr-mb-2w">
          <summary>{`Ce n’est pas la bonne liste ? La page en a ${counted(others.length, "autre", "autres")}`}</summary>
          <ul class="moisson-offers fr-mt-2w">
            {others.map((list) => (
              <li>
                {french`${counted(list.count, "lien", "liens")}, par exemple : ${samplesOf(list)}`}
                <ActButton
                  action={`/brouillons/${draft.draftId}/flux`}
                  csrf={csrf}
                  label="Prendre cette liste"
                  about={`: ${list.samples[0] ?? ""}`}
                  fields={{ version: String(draft.revision), adresse: address, liste: list.records }}
                />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function samplesOf({ samples }: OfferedList): string {
  return samples.map((sample) => french`« ${truncate(sample, 70)} »`).join(", ");
}
