import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import { runErrorMessage } from "../../../french/runs.ts";
import { fetchFeed } from "../../../ingest/fetch/fetch-feed.ts";
import { RunError } from "../../../model/run/run-error.ts";
import { shownAddress } from "../../../platform/shown-address.ts";
import { makeSpoolFolder } from "../../../platform/spool-folder.ts";
import { placeholderConnector } from "../../../registry/check-connector.ts";
import { ConflictAlert } from "../../forms/conflict.tsx";
import { formStatus } from "../../forms/form.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm, TextField } from "../../parts/form.tsx";
import type { Page } from "../../route.ts";
import { keepSample, keepUpload, maxUploadBytes } from "../../sample/keep-upload.ts";
import type { Visit } from "../../visit.ts";
import { BaseField } from "../editor/form-parts.tsx";
import { proposeDraft } from "./analyse-draft.ts";
import { answersOf, type DraftAnswers } from "./draft-steps.ts";
import { stepRoutes, withStepDone } from "./open-draft.tsx";
import { stepPage } from "./step-frame.tsx";

/** Step for the feed: stores an uploaded file, or fetches a URL with the protections of a run. */
export const feedStep = stepRoutes({
  step: "flux",
  act: "draft.feed",
  maxBytes: maxUploadBytes,
  show: (visit, draft) => show(visit, draft, answersOf(draft).feed?.address ?? answersOf(draft).leadAddress ?? "", {}),
  moved: (visit, draft, form) => show(visit, draft, form.text("adresse").slice(0, 2000), {}, true),
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
    const fetched = await fetchSample(visit, address);
    if ("problem" in fetched) return show(visit, draft, address, { adresse: fetched.problem });
    return {
      answers: await reread(visit, draft, { way: "address", address: fetched.address, name: fetched.name }, fetched.upload),
      upload: fetched.upload,
    };
  },
});

/** Returns the answers with the feed, and the definition that it proposes. A new feed resets the corrected format. */
function reread(visit: Visit, draft: Draft, feed: NonNullable<DraftAnswers["feed"]>, upload: string): Promise<DraftAnswers> {
  const answers = withStepDone(draft, "flux", { feed, ...(draft.upload !== upload && { reading: null }) });
  return proposeDraft(visit, { answers: answers as Draft["answers"], upload });
}

type Fetched = { readonly upload: string; readonly address: string; readonly name: string } | { readonly problem: string };

async function fetchSample(visit: Visit, address: string): Promise<Fetched> {
  const shown = shownAddress(address);
  const url = new URL(address);
  url.hash = "";
  if (shown !== url.href)
    return {
      problem: "Cette adresse contient un mot de passe ou une clé : retirez-les. Les clés se donnent ensuite, sur la page du connecteur.",
    };
  const connector = placeholderConnector(`brouillon-x${randomUUID().slice(0, 8)}`);
  if (connector === null) throw new Error("the temporary connector name is invalid");
  const spoolFolder = await makeSpoolFolder();
  try {
    const { environment, allowHosts } = visit.console.jobs.services;
    const feed = await fetchFeed({
      connector,
      environment,
      allowHosts,
      spoolFolder: async () => spoolFolder,
      url: url.href,
    });
    const [part] = feed.parts;
    if (part === undefined) return { problem: "Cette adresse ne donne rien." };
    const { name, contentType } = part;
    const upload = await keepSample(visit, { name, contentType, url: url.href, open: () => part.open() });
    return { upload, address: url.href, name: part.name };
  } catch (error) {
    if (error instanceof RunError) return { problem: sentence(runErrorMessage(error.code, error.params)) };
    throw error;
  } finally {
    await rm(spoolFolder, { recursive: true, force: true });
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}

function show(visit: Visit, draft: Draft, address: string, problems: Readonly<Record<string, string>>, isMoved = false): Page {
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
              CSV, JSON, XML ou YAML, seuls ou dans un .zip, Excel (.xlsx) ou OpenDocument (.ods) ; 100 Mo au plus.
            </span>
          </label>
          <input
            class="fr-upload"
            type="file"
            id="champ-fichier"
            name="fichier"
            accept=".csv,.tsv,.txt,.xlsx,.ods,.json,.jsonl,.xml,.yaml,.yml,.zip,.gz"
          />
          {problems.fichier !== undefined && <p class="fr-error-text">{problems.fichier}</p>}
        </div>
        <TextField
          name="adresse"
          label="Ou une adresse"
          hint="Celle où le producteur met ses données : un fichier, une API ou un export. Elle sera relue chaque nuit."
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
