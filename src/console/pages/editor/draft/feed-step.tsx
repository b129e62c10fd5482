import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import type { Reading } from "../../../../survey/survey.ts";
import { keepUpload, maxUploadBytes } from "../../../forms/keep-upload.ts";
import { FileField } from "../../../parts/form-controls.tsx";
import type { Visit } from "../../../visit.ts";
import { formPage } from "../form-page.tsx";
import { proposeDraft } from "./analyse-draft.ts";
import { type DraftAnswers, doneWith, nextAfter } from "./draft-steps.ts";
import type { EditedDraft } from "./edited-draft.tsx";
import { fetchSample } from "./fetch-sample.ts";
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
