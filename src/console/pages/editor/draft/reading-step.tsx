import type { Child } from "hono/jsx";
import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import { platformLabel } from "../../../../french/connectors.ts";
import { excludedCountMessage } from "../../../../french/rules.ts";
import { evidenceMessage } from "../../../../french/survey.ts";
import { counted, french } from "../../../../french/typography.ts";
import type { StateField } from "../../../../survey/profile/state-fields.ts";
import type { ShownSurvey } from "../../../../survey/sample/sample-request.ts";
import type { Reading } from "../../../../survey/survey.ts";
import type { Fields } from "../../../forms/form.tsx";
import { ButtonLink } from "../../../parts/link.tsx";
import { List } from "../../../parts/list.tsx";
import { readingInWords } from "../../../parts/reading-in-words.ts";
import { Table } from "../../../parts/table.tsx";
import { actRoute, type Page } from "../../../route.ts";
import type { Visit } from "../../../visit.ts";
import { FileVerdictNotice } from "../file-verdict.tsx";
import { formPage, type Texts } from "../form-page.tsx";
import { analyseDraft, answersAt, proposeDraft } from "./analyse-draft.ts";
import { type DraftAnswers, doneWith, isNoListOfAids, nextAfter } from "./draft-steps.ts";
import { type AnalysedDraft, editedDraft, kept, openAt, refusedSample } from "./edited-draft.tsx";
import { SiteSection } from "./site-section.tsx";

/** Opens a draft at this step. If its file cannot be read as a person chose, it is read as detected. */
export async function openReading(visit: Visit): Promise<AnalysedDraft | Page | { readonly to: string }> {
  const edited = await openAt("lecture")(visit);
  if (!("draft" in edited)) return edited;
  const chosen = await analyseDraft(visit, edited.draft);
  if (!("refused" in chosen)) return { ...edited, look: chosen };
  const draft = await readAs(visit, edited, null);
  const look = await analyseDraft(visit, draft);
  return "refused" in look ? refusedSample(draft, "lecture", look) : { ...edited, draft, look };
}

/** Step for the format: the detected format, which a person can correct, and the first records. */
export const readingPage = formPage({
  path: "lecture",
  act: "reading",
  fields: ({ look }: AnalysedDraft) => correctionsOf(look.survey),
  texts: ({ look }) => textsOf(look.survey.reading),
  async textsAt({ draft }, revision) {
    const reading = answersAt(draft, revision)?.definition?.decode;
    return reading === undefined ? null : textsOf(reading as Reading);
  },
  async save(edited, _, typed, { visit, form }) {
    const { draft, keep, look: before } = edited;
    const read = await readAs(visit, edited, typedReading(typed, before.survey));
    const look = await analyseDraft(visit, read);
    if ("refused" in look) return refusedSample(draft, "lecture", look);
    return keep({ answers: doneWith(read.answers as DraftAnswers, "lecture") }, form.has("relire") ? "/lecture" : nextAfter("lecture"));
  },
  above: (edited, visit) => <Found edited={edited} visit={visit} />,
  content: ({ edited, controls }) =>
    edited.look.survey.site === null && (
      <fieldset class="fr-fieldset">
        <legend class="fr-fieldset__legend fr-text--bold">Si le fichier est mal lu</legend>
        <div class="fr-fieldset__element">{controls(correctionsOf(edited.look.survey))}</div>
      </fieldset>
    ),
  label: () => "C’est bien cela, continuer",
  back: () => null,
  otherButton: ({ look }) =>
    look.survey.site === null && (
      <button class="fr-btn fr-btn--secondary" type="submit" name="relire" value="1">
        Relire ainsi
      </button>
    ),
  below: ({ look }) => (
    <>
      <h3 class="fr-mt-6w">Les premiers enregistrements</h3>
      <FirstRecords survey={look.survey} />
    </>
  ),
});

/** Records that a person continues with a file that seems to be no list of aids. */
export const continueAct = actRoute("/brouillons/:brouillon/continuer", { who: "bizdev", act: "draft.continue" }, async (visit) => {
  const { answers, base, keep } = await editedDraft(visit);
  if (!isNoListOfAids(answers)) return { to: `${base}/lecture` };
  const { fileKind } = answers;
  return kept(await keep({ answers: { ...answers, continuesWith: fileKind } }, "/lecture", { details: { file: fileKind } }));
});

/** Returns the draft with another reading of its file, and the definition that this proposes. */
async function readAs(visit: Visit, { draft, answers }: Pick<AnalysedDraft, "draft" | "answers">, reading: Reading | null): Promise<Draft> {
  const told = { ...answers, reading: reading as DraftAnswers["reading"] };
  const isSame = JSON.stringify(reading) === JSON.stringify(answers.proposed?.decode);
  const whole = { ...draft, answers: told as Draft["answers"] };
  return isSame ? whole : { ...draft, answers: (await proposeDraft(visit, whole)) as Draft["answers"] };
}

const delimiters = [
  { value: ";", label: "point-virgule (;)" },
  { value: ",", label: "virgule (,)" },
  { value: "tab", label: "tabulation" },
  { value: "|", label: "barre (|)" },
];
const encodings = ["utf-8", "windows-1252", "iso-8859-15", "utf-16le", "utf-16be"].map((value) => ({ value, label: value }));
const maxReadings = 30;

function correctionsOf({ reading, otherReadings }: ShownSurvey): Fields {
  const readings = [reading, ...otherReadings].slice(0, maxReadings);
  const { format } = reading;
  return {
    ...(readings.length > 1 && {
      autre: {
        label: "Prendre les aides",
        choices: readings.map((one, index) => ({ value: String(index), label: readingInWords(one) })),
        maxLength: 10,
      },
    }),
    ...(format === "csv" && {
      separateur: { label: "Ce qui sépare les colonnes", choices: delimiters, emptyLabel: "détecté", maxLength: 10 },
      encodage: {
        label: "Écriture des accents",
        hint: "À changer si les accents sont abîmés dans le tableau ci-dessous.",
        choices: encodings,
        emptyLabel: "détectée",
        maxLength: 20,
      },
    }),
    ...((format === "csv" || format === "excel") && {
      ligne: { label: "Ligne des titres de colonnes", type: "number", maxLength: 10, isUnmarked: true },
    }),
    ...((format === "json" || format === "xml") && {
      chemin: {
        label: "Chemin des enregistrements",
        hint: "Où la liste des aides se trouve dans le document.",
        maxLength: 500,
        isUnmarked: true,
      },
    }),
  };
}

function textsOf(reading: Reading): Texts {
  const { delimiter = "", encoding = "", headerRow = 1 } = reading as { delimiter?: string; encoding?: string; headerRow?: number };
  return {
    autre: "0",
    separateur: delimiter === "\t" ? "tab" : delimiter,
    encodage: encoding,
    ligne: String(headerRow),
    chemin: pathOf(reading),
  };
}

function pathOf(reading: Reading): string {
  return "recordPath" in reading ? String(reading.recordPath ?? "") : "";
}

/** Returns the detected format with the corrections of the form. Ignores unknown values. */
function typedReading(typed: Texts, { reading, otherReadings }: ShownSurvey): Reading {
  const { autre = "0", separateur = "", encodage = "", ligne = "", chemin = "" } = typed;
  const chosen = [reading, ...otherReadings][Number(autre)] ?? reading;
  if (chosen !== reading) return chosen;
  const row = Number(ligne);
  const isIn = (choices: typeof delimiters, text: string) => choices.some(({ value }) => value === text);
  return {
    ...reading,
    ...(Number.isInteger(row) && row >= 1 && "headerRow" in reading && { headerRow: row }),
    ...(isIn(delimiters, separateur) && { delimiter: separateur === "tab" ? "\t" : separateur }),
    ...(isIn(encodings, encodage) && { encoding: encodage }),
    ...(chemin !== "" && chemin !== pathOf(reading) && { recordPath: chemin }),
  } as Reading;
}

function Found({ edited, visit: { csrf } }: { readonly edited: AnalysedDraft; readonly visit: Visit }): Child {
  const { look, draft, answers, base } = edited;
  const { reading, received, remarks, fields, platform, paging, verdict, site } = look.survey;
  return (
    <>
      <FileVerdictNotice
        verdict={verdict}
        continueAction={`${base}/continuer`}
        stopHref="/brouillons"
        csrf={csrf}
        hasChosen={!isNoListOfAids({ ...answers, fileKind: verdict.kind })}
      />
      <p>
        {`${counted(received, "enregistrement")}, ${counted(fields.length, "champ")} : ${readingInWords(reading)}.`}
        {platform !== null && french` Ce flux a une forme connue : ${platformLabel(platform)}.`}
        {paging !== null && " Il a plusieurs pages : elles seront suivies à la collecte."}
      </p>
      <List items={remarks.map((remark) => evidenceMessage(remark))} />
      <SiteSection draft={draft} csrf={csrf} site={site} address={answers.feed?.address ?? null} />
      <LeftOutSection edited={edited} />
    </>
  );
}

function FirstRecords({ survey: { firstRecords, fields } }: { readonly survey: ShownSurvey }): Child {
  const keys = [...new Set(firstRecords.flatMap((record) => Object.keys(record)))].slice(0, 60);
  return (
    <Table
      caption={`Les ${firstRecords.length} premiers enregistrements, un par colonne (${fields.length} champs)`}
      head={[{ title: "Champ", isRowTitle: true }, ...firstRecords.map((_, index) => `Enregistrement ${index + 1}`)]}
      rows={keys.map((key) => [key, ...firstRecords.map((record) => shortText(record[key]))])}
    />
  );
}

function shortText(value: unknown): string {
  if (value === undefined || value === null) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

function LeftOutSection({ edited: { base, look } }: { readonly edited: AnalysedDraft }): Child {
  const { survey, proposal } = look;
  const states = survey.states.filter(({ isState }) => isState);
  return (
    <section aria-labelledby="fiches" class="fr-mb-4w">
      <h3 id="fiches">Fiches à laisser de côté</h3>
      {states.length > 0 && <p class="fr-mb-1v">Ce fichier dit l’état de ses fiches :</p>}
      <List items={states.map((state) => stateWords(state))} />
      <p>{excludedCountMessage(proposal.kept)}</p>
      <p>
        <ButtonLink kind="secondary" size="sm" href={`${base}/fiches`} label="Choisir les fiches à laisser de côté" />
      </p>
    </section>
  );
}

function stateWords({ field, values }: StateField): string {
  return french`« ${field} » : ${values.map(({ value, count }) => french`${value ?? "vide"} (${count})`).join(", ")}`;
}
