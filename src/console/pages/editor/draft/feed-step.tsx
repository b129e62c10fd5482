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
import { BaseField } from "../form-parts.tsx";
import { proposeDraft } from "./analyse-draft.ts";
import { answersOf, type DraftAnswers } from "./draft-steps.ts";
import { fetchSample } from "./fetch-sample.ts";
import { stepRoutes, withStepDone } from "./open-draft.tsx";
import { OfferedFeeds } from "./site-section.tsx";
import { stepPage } from "./step-frame.tsx";

const maxSelectorLength = 500;

/** Step for the feed: stores an uploaded file, or fetches a URL with the protections of a run. A URL may be the page of a site with a list. */
export const feedStep = stepRoutes({
  step: "flux",
  act: "draft.feed",
  maxBytes: maxUploadBytes,
  show: (visit, draft) => show(visit, draft, answersOf(draft).feed?.address ?? answersOf(draft).leadAddress ?? "", {}),
  moved: (visit, draft, form) => show(visit, draft, form.text("adresse").slice(0, 2000), {}, { isMoved: true }),
  async save(visit, draft, form) {
    const address = form.text("adresse").slice(0, 2000);
    const file = form.file("fichier");
    if (file !== null) {
      const upload = await keepUpload(visit, file);
      const name = file.name.slice(0, 200);
      return { answers: await reread(visit, draft, { way: "file", address: null, name }, upload), upload };
    }
    if (address === "") {
      const isKept = draft.upload !== null && answersOf(draft).feed !== undefined;
      return isKept
        ? { answers: withStepDone(draft, "flux", {}) }
        : show(visit, draft, address, { fichier: "Choisissez un fichier, ou écrivez une adresse." });
    }
    if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
      return show(visit, draft, address, { adresse: "Une adresse commence par http:// ou https://." });
    }
    const fetched = await fetchSample(visit, address, form.has("liste") ? form.text("liste").slice(0, maxSelectorLength) : null);
    if ("problem" in fetched) return show(visit, draft, address, { adresse: fetched.problem }, fetched);
    const { upload, name, reading = null } = fetched;
    return { answers: await reread(visit, draft, { way: "address", address: fetched.address, name }, upload, reading), upload };
  },
});

/** Returns the answers with the feed, and the definition that it proposes. A new feed resets the corrected format. `chosen`: list of a site. */
function reread(
  visit: Visit,
  draft: Draft,
  feed: NonNullable<DraftAnswers["feed"]>,
  upload: string,
  chosen: Reading | null = null,
): Promise<DraftAnswers> {
  const reading = chosen as DraftAnswers["reading"];
  const answers = withStepDone(draft, "flux", { feed, ...((draft.upload !== upload || chosen !== null) && { reading }) });
  return proposeDraft(visit, { answers: answers as Draft["answers"], upload });
}

interface Shown {
  readonly isMoved?: boolean;
  /** Feeds that the page of the address names. */
  readonly feeds?: readonly PageFeed[];
}

function show(
  visit: Visit,
  draft: Draft,
  address: string,
  problems: Readonly<Record<string, string>>,
  { isMoved = false, feeds = [] }: Shown = {},
): Page {
  const { feed } = answersOf(draft);
  return stepPage(
    draft,
    "flux",
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
    </>,
    formStatus(problems, isMoved),
  );
}
