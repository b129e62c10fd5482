import { rm } from "node:fs/promises";
import type { Child } from "hono/jsx";
import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import { issueMessage } from "../../../../french/issues.ts";
import { runErrorMessage } from "../../../../french/runs.ts";
import { feedKindNames } from "../../../../french/site-pages.ts";
import { counted, french, sentence } from "../../../../french/typography.ts";
import { sampleMorePages } from "../../../../ingest/sample-site.ts";
import { RunError } from "../../../../model/run/run-error.ts";
import type { PageFeed } from "../../../../model/survey/page-feed.ts";
import { makeSpoolFolder } from "../../../../platform/spool-folder.ts";
import type { ShownSurvey } from "../../../../survey/sample/sample-request.ts";
import type { OfferedList } from "../../../../survey/site/found-site.ts";
import { keepSample } from "../../../forms/keep-upload.ts";
import { ActButton } from "../../../parts/form-controls.tsx";
import { List } from "../../../parts/list.tsx";
import { truncate } from "../../../parts/time.ts";
import { actRoute, CannotDo } from "../../../route.ts";
import type { Visit } from "../../../visit.ts";
import { definitionOfDraft, proposeDraft } from "./analyse-draft.ts";
import { answersOf } from "./draft-steps.ts";
import { editedDraft, kept } from "./edited-draft.tsx";

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
            {`${feedKindNames[kind]}${title === "" ? "" : french` « ${title} »`} : ${truncate(address, 100)}`}
            {pagesOfFiles.has(kind) ? (
              <p class="moisson-mention">Ouvrez cette page, et donnez l’adresse du fichier qu’elle propose.</p>
            ) : (
              <ActButton
                action={`/brouillons/${draft.draftId}/flux`}
                csrf={csrf}
                label="Lire ces données à la place"
                about={`: ${feedKindNames[kind]} ${title}`}
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

/** Says how many pages of a site were read, and why others were not. Offers to read more. */
export function PagesRead(given: {
  readonly draft: Pick<Draft, "draftId" | "revision">;
  readonly csrf: string;
  readonly site: ShownSurvey["site"];
}): Child {
  const { draft, csrf, site } = given;
  if (site === null) return null;
  const { read, listed, unread } = site;
  const tried = unread.filter(({ example: { code } }) => code !== "page-waiting");
  return (
    <section aria-labelledby="pages" class="fr-mb-4w">
      <h3 id="pages">Les pages du site</h3>
      <p>{`${counted(read, "page lue", "pages lues")} sur ${listed}. ${read < listed ? "Les champs et l’aide ci-dessous viennent de ces pages." : ""}`}</p>
      <List
        items={tried.map(
          ({ example, count }) =>
            french`${counted(count, "page")} : ${issueMessage(example.code, example.params)}${example.value === null ? "" : french` (par exemple ${String(example.value)})`}`,
        )}
      />
      {unread.some(({ example: { code } }) => code !== "page-gone") && (
        <>
          <ActButton action={`/brouillons/${draft.draftId}/pages`} csrf={csrf} label="Essayer sur toutes les pages" size="md" />
          <p class="moisson-mention">
            Nous lisons une page à la fois, avec une pause, pendant une demi-minute au plus. Recommencez pour continuer ; la collecte lira
            le reste.
          </p>
        </>
      )}
    </section>
  );
}

/** Reads more pages of a site into the sample of a draft. */
export const readPagesAct = actRoute("/brouillons/:brouillon/pages", { who: "bizdev", act: "draft.read-pages" }, async (visit) => {
  const { draft, keep } = await editedDraft(visit);
  const upload = await readMore(visit, draft);
  return kept(await keep({ answers: await proposeDraft(visit, { ...draft, upload }), upload }, "/champs#pages"));
});

async function readMore(visit: Visit, draft: Draft): Promise<string> {
  const { catalogue, console, now } = visit;
  const connector = definitionOfDraft(answersOf(draft));
  const { details } = connector ?? {};
  const file = draft.upload === null ? null : await console.samples.spooled.fileOf(catalogue, draft.upload);
  if (connector === null || details === undefined || file === null) throw new CannotDo("Ce brouillon ne lit pas les pages d’un site.");
  const folder = await makeSpoolFolder();
  try {
    const { environment, allowHosts } = console.jobs.services;
    const request = { connector, environment, allowHosts, spoolFolder: async () => folder };
    const [part] = (await sampleMorePages(request, details, file.path, now)).parts;
    if (part === undefined) throw new CannotDo("Ce site ne donne rien.");
    return await keepSample(visit, { name: part.name, contentType: part.contentType, url: part.url ?? null, open: () => part.open() });
  } catch (error) {
    if (error instanceof RunError) throw new CannotDo(sentence(runErrorMessage(error.code, error.params)));
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
