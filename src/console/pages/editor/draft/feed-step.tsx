import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import type { PageFeed } from "../../../../model/survey/page-feed.ts";
import { keepUpload, maxUploadBytes } from "../../../../survey/sample/keep-upload.ts";
import type { Reading } from "../../../../survey/survey.ts";
import { ConflictAlert } from "../../../forms/conflict.tsx";
import { formStatus } from "../../../forms/form.tsx";
import { Problems } from "../../../parts/alert.tsx";
import { ActForm, TextField } from "../../../parts/form.tsx";
import type { Page } from "../../../route.ts";
import type { Visit } from "../../../visit.ts";
import { isOutdated } from "../edited-definition.ts";
import type { EditorPage } from "../editor-routes.ts";
import { BaseField } from "../form-parts.tsx";
import { proposeDraft } from "./analyse-draft.ts";
import { type DraftAnswers, doneWith, nextAfter } from "./draft-steps.ts";
import type { EditedDraft } from "./edited-draft.tsx";
import { fetchSample } from "./fetch-sample.ts";
import { OfferedFeeds } from "./site-section.tsx";

const maxSelectorLength = 500;

/** Step for the feed: stores an uploaded file, or fetches a URL with the protections of a run. A URL may be the page of a site with a list. */
export const feedPage: EditorPage<EditedDraft> = {
  path: "flux",
  act: "feed",
  maxBytes: maxUploadBytes,
  show: (visit, edited) => page(visit, edited, edited.answers.feed?.address ?? edited.answers.leadAddress ?? ""),
  async change(visit, edited, form) {
    const { draft, answers, keep } = edited;
    const address = form.text("adresse").slice(0, 2000);
    if (isOutdated(edited, form)) return page(visit, edited, address, {}, { isMoved: true });
    const file = form.file("fichier");
    if (file !== null) {
      const upload = await keepUpload(visit, file);
      const feed = { way: "file", address: null, name: file.name.slice(0, 200) } as const;
      return keep({ answers: await reread(visit, edited, feed, upload), upload }, nextAfter("flux"));
    }
    if (address === "") {
      return draft.upload !== null && answers.feed !== undefined
        ? keep({ answers: doneWith(answers, "flux") }, nextAfter("flux"))
        : page(visit, edited, address, { fichier: "Choisissez un fichier, ou écrivez une adresse." });
    }
    if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
      return page(visit, edited, address, { adresse: "Une adresse commence par http:// ou https://." });
    }
    const fetched = await fetchSample(visit, address, form.has("liste") ? form.text("liste").slice(0, maxSelectorLength) : null);
    if ("problem" in fetched) return page(visit, edited, address, { adresse: fetched.problem }, fetched);
    const { upload, name, reading = null } = fetched;
    const feed = { way: "address", address: fetched.address, name } as const;
    return keep({ answers: await reread(visit, edited, feed, upload, reading), upload }, nextAfter("flux"));
  },
};

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

interface Shown {
  readonly isMoved?: boolean;
  /** Feeds that the page of the address names. */
  readonly feeds?: readonly PageFeed[];
}

function page(
  visit: Visit,
  edited: EditedDraft,
  address: string,
  problems: Readonly<Record<string, string>> = {},
  { isMoved = false, feeds = [] }: Shown = {},
): Page {
  const { draft, answers } = edited;
  const { feed } = answers;
  return edited.page({
    path: "flux",
    title: "",
    heading: "",
    status: formStatus(problems, isMoved),
    content: (
      <>
        {isMoved && (
          <ConflictAlert
            who={draft.updatedBy}
            conflicts={feed === undefined ? [] : [{ label: "Le fichier ou l’adresse", theirs: feed.address ?? feed.name }]}
          />
        )}
        <Problems problems={problems} />
        <OfferedFeeds draft={draft} csrf={visit.csrf} feeds={feeds} />
        {feed !== undefined && (
          <p>
            {feed.way === "file" ? `Fichier donné : ${feed.name}. ` : `Adresse donnée : ${feed.address ?? ""}. `}
            Un autre fichier ou une autre adresse prend sa place ; ce qui a été choisi reste, là où les champs existent encore.
          </p>
        )}
        <ActForm action={`/brouillons/${draft.draftId}/flux`} csrf={visit.csrf} hasFiles>
          <BaseField version={draft.revision} />
          <div class={`fr-upload-group fr-mb-4w${problems.fichier === undefined ? "" : " fr-upload-group--error"}`}>
            <label class="fr-label" for="champ-fichier">
              Un fichier
              <span class="fr-hint-text">
                CSV, JSON, XML ou YAML, seuls ou dans un .zip, Excel (.xlsx, .xls) ou OpenDocument (.ods) ; 100 Mo au plus.
              </span>
            </label>
            <input
              class="fr-upload"
              type="file"
              id="champ-fichier"
              name="fichier"
              accept=".csv,.tsv,.txt,.xlsx,.xls,.ods,.json,.jsonl,.xml,.yaml,.yml,.zip,.gz"
            />
            {problems.fichier !== undefined && <p class="fr-error-text">{problems.fichier}</p>}
          </div>
          <TextField
            name="adresse"
            label="Ou une adresse"
            hint="Celle où le producteur met ses données (un fichier, une API, un export), ou la page de son site qui liste les aides. Elle sera relue chaque nuit."
            type="url"
            value={address}
            problem={problems.adresse}
            maxlength={2000}
          />
          <button class="fr-btn" type="submit">
            {feed === undefined ? "Regarder" : "Continuer"}
          </button>
        </ActForm>
      </>
    ),
  });
}
