import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import { runErrorMessage } from "../../../../french/runs.ts";
import { siteAdvices } from "../../../../french/site-pages.ts";
import type { FetchedPart, FetchRequest } from "../../../../ingest/fetch/fetched-feed.ts";
import { fetchAddress, namedSitemaps, sampleSite } from "../../../../ingest/sample-site.ts";
import { RunError } from "../../../../model/run/run-error.ts";
import type { PageFeed } from "../../../../model/survey/page-feed.ts";
import { shownAddress } from "../../../../platform/shown-address.ts";
import { makeSpoolFolder } from "../../../../platform/spool-folder.ts";
import { placeholderConnector } from "../../../../registry/check-connector.ts";
import type { PageLook } from "../../../../survey/site/look-at-page.ts";
import type { Reading } from "../../../../survey/survey.ts";
import { keepSample, keepUpload, maxUploadBytes } from "../../../forms/keep-upload.ts";
import { FileField } from "../../../parts/form-controls.tsx";
import type { Visit } from "../../../visit.ts";
import { formPage } from "../form-page.tsx";
import { proposeDraft } from "./analyse-draft.ts";
import { type DraftAnswers, doneWith, nextAfter } from "./draft-steps.ts";
import type { EditedDraft } from "./edited-draft.tsx";
import { OfferedFeeds } from "./site-section.tsx";

const maxSelectorLength = 500;

const fields = {
  adresse: {
    label: "Ou une adresse",
    hint: "Celle où le producteur met ses données (un fichier, une API, un export), ou la page de son site qui liste les aides. Elle sera relue chaque nuit.",
    type: "url",
    maxLength: 2000,
    isUnmarked: true,
  },
} as const;

/** Step for the feed: stores an uploaded file, or fetches a URL with the protections of a run. A URL may be the page of a site with a list. */
export const feedPage = formPage({
  path: "flux",
  act: "feed",
  maxBytes: maxUploadBytes,
  hasFiles: true,
  fields: (_: EditedDraft) => fields,
  texts: ({ answers: { feed, leadAddress } }) => ({ adresse: feed?.address ?? leadAddress ?? "" }),
  theirs: ({ answers: { feed } }) => ({ label: "Le fichier ou l’adresse", theirs: feed?.address ?? feed?.name ?? "rien" }),
  above: ({ answers: { feed } }) =>
    feed !== undefined && (
      <p>
        {feed.way === "file" ? `Fichier donné : ${feed.name}. ` : `Adresse donnée : ${feed.address ?? ""}. `}
        Un autre fichier ou une autre adresse prend sa place ; ce qui a été choisi reste, là où les champs existent encore.
      </p>
    ),
  content: ({ problems, controls }) => (
    <>
      <FileField
        name="fichier"
        label="Un fichier"
        hint="CSV, JSON, XML ou YAML, seuls ou dans un .zip, Excel (.xlsx, .xls) ou OpenDocument (.ods) ; 100 Mo au plus."
        accept=".csv,.tsv,.txt,.xlsx,.xls,.ods,.json,.jsonl,.xml,.yaml,.yml,.zip,.gz"
        problem={problems.fichier}
      />
      {controls(fields)}
    </>
  ),
  label: ({ answers: { feed } }) => (feed === undefined ? "Regarder" : "Continuer"),
  back: () => null,
  async save(edited, { adresse: address }, _, { visit, form }) {
    const { draft, answers, keep } = edited;
    const file = form.file("fichier");
    if (file !== null) {
      const upload = await keepUpload(visit, file);
      const feed = { way: "file", address: null, name: file.name.slice(0, 200) } as const;
      return keep({ answers: await reread(visit, edited, feed, upload), upload }, nextAfter("flux"));
    }
    if (address === "") {
      return draft.upload !== null && answers.feed !== undefined
        ? keep({ answers: doneWith(answers, "flux") }, nextAfter("flux"))
        : { problems: { fichier: "Choisissez un fichier, ou écrivez une adresse." } };
    }
    if (!/^https?:\/\//i.test(address) || !URL.canParse(address))
      return { problems: { adresse: "Une adresse commence par http:// ou https://." } };
    const fetched = await fetchSample(visit, address, form.has("liste") ? form.text("liste").slice(0, maxSelectorLength) : null);
    if ("problem" in fetched) {
      const { problem, feeds = [] } = fetched;
      return { problems: { adresse: problem }, above: <OfferedFeeds draft={draft} csrf={visit.csrf} feeds={feeds} /> };
    }
    const { upload, name, reading = null } = fetched;
    const feed = { way: "address", address: fetched.address, name } as const;
    return keep({ answers: await reread(visit, edited, feed, upload, reading), upload }, nextAfter("flux"));
  },
});

/** Returns the answers with the feed, and the definition that it proposes. A new feed resets the corrected format. `chosen`: list of a site. */
function reread(
  visit: Visit,
  { draft, answers }: EditedDraft,
  feed: NonNullable<DraftAnswers["feed"]>,
  upload: string,
  chosen: Reading | null = null,
): Promise<DraftAnswers> {
  const reading = chosen as DraftAnswers["reading"];
  const told = { ...doneWith(answers, "flux"), feed, ...((draft.upload !== upload || chosen !== null) && { reading }) };
  return proposeDraft(visit, { answers: told as Draft["answers"], upload });
}

/**
 * The content of an address, stored as a sample; or the problem that prevented it. `reading`: how to read the list that a person chose.
 * `feeds`: other data that the page offers.
 */
type FetchedSample =
  | { readonly upload: string; readonly address: string; readonly name: string; readonly reading?: Reading }
  | { readonly problem: string; readonly feeds?: readonly PageFeed[] };

/**
 * Fetches an address with the protections of a run. Of a web page, also fetches a few pages of its list. `list`: the records of the list to
 * take; null for the likeliest. An index of sitemaps is read with all of them.
 */
async function fetchSample(visit: Visit, address: string, list: string | null): Promise<FetchedSample> {
  const url = new URL(address);
  url.hash = "";
  if (shownAddress(address) !== url.href)
    return {
      problem: "Cette adresse contient un mot de passe ou une clé : retirez-les. Les clés se donnent ensuite, sur la page du connecteur.",
    };
  const refusal = await visit.catalogue.publisherRequests.refusalOfAddress(url.href);
  if (refusal !== null) return { problem: problemOf("site-refused", refusal) };
  const connector = placeholderConnector(`brouillon-x${randomUUID().slice(0, 8)}`);
  if (connector === null) throw new Error("the temporary connector name is invalid");
  const folder = await makeSpoolFolder();
  const { environment, allowHosts } = visit.console.jobs.services;
  const request = { connector, environment, allowHosts, spoolFolder: async () => folder, url: url.href };
  try {
    const parts = await fetchAddress(request);
    const [part] = parts;
    if (part === undefined) return { problem: "Cette adresse ne donne rien." };
    const files = parts.map(({ name, contentType, path, bytes }) => ({ name, contentType, path, bytes }));
    const look = await visit.console.samples.look({ files, address: url.href });
    if (look !== null && "refused" in look) return { problem: problemOf(look.refused.code, look.refused.params) };
    if (look === null) return { upload: await keep(visit, part, url), address: url.href, name: part.name };
    return await siteSample(visit, { request, parts, url, look, list });
  } catch (error) {
    if (error instanceof RunError) return { problem: problemOf(error.code, error.params) };
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface FetchedPage {
  readonly request: FetchRequest;
  readonly parts: readonly FetchedPart[];
  readonly url: URL;
  readonly look: PageLook;
  readonly list: string | null;
}

async function siteSample(visit: Visit, { request, parts, url, look, list }: FetchedPage): Promise<FetchedSample> {
  const { lists, fault } = look;
  const chosen = list === null ? lists[0] : lists.find(({ records }) => records === list);
  if (chosen === undefined) {
    const sitemaps = (await namedSitemaps(request, url)).map((address) => ({ kind: "sitemap" as const, address, title: "" }));
    const feeds = [...look.feeds, ...sitemaps];
    return fault === null
      ? { problem: "La page n’a plus cette liste : regardez-la à nouveau.", feeds }
      : { problem: `${siteAdvices[fault]}${feeds.length > 0 ? " Cette page renvoie à des données, plus bas." : ""}`, feeds };
  }
  const archive = await sampleSite(request, parts, { pages: chosen.pages, now: visit.now });
  const upload = await keep(visit, archive, url);
  return { upload, address: url.href, name: archive.name, ...(list !== null && { reading: chosen.reading }) };
}

function keep(visit: Visit, part: FetchedPart, url: URL): Promise<string> {
  const { name, contentType } = part;
  return keepSample(visit, { name, contentType, url: url.href, open: () => part.open() });
}

function problemOf(code: RunError["code"], params: RunError["params"]): string {
  const text = runErrorMessage(code, params);
  const whole = `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
  return code === "robots-refused" ? `${whole} ${siteAdvices.robots}` : whole;
}
