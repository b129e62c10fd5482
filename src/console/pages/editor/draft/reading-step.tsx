import type { Child } from "hono/jsx";
import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import { platformLabel } from "../../../../french/connectors.ts";
import { excludedCountMessage } from "../../../../french/rules.ts";
import { evidenceMessage } from "../../../../french/survey.ts";
import { counted, french } from "../../../../french/typography.ts";
import type { StateField } from "../../../../survey/profile/state-fields.ts";
import type { ShownSurvey } from "../../../../survey/sample/sample-request.ts";
import type { Reading } from "../../../../survey/survey.ts";
import { ConflictAlert } from "../../../forms/conflict.tsx";
import { ActForm, Select, TextField } from "../../../parts/form.tsx";
import { readingInWords } from "../../../parts/reading-in-words.ts";
import { Table } from "../../../parts/table.tsx";
import { actRoute, type Form, type Page } from "../../../route.ts";
import type { Visit } from "../../../visit.ts";
import { FileVerdictNotice } from "../file-verdict.tsx";
import { BaseField } from "../form-parts.tsx";
import { analyseDraft, type DraftAnalysis, proposeDraft } from "./analyse-draft.ts";
import { answersOf, isNoListOfAids } from "./draft-steps.ts";
import { draftOf, saveDraft, stepRoutes, withStepDone } from "./open-draft.tsx";
import { SiteSection } from "./site-section.tsx";
import { refusedSample, stepPage } from "./step-frame.tsx";

/** Step for the format: the detected format, which a person can correct, and the first records. */
export const readingStep = stepRoutes({
  step: "lecture",
  act: "draft.reading",
  async show(visit, draft) {
    const shown = visit.query.get("format") === "oublier" ? await readAs(visit, draft, null) : draft;
    const look = await analyseDraft(visit, shown);
    return "refused" in look ? refusedSample(draft, "lecture", look) : show(visit, draft, look);
  },
  async save(visit, draft, form) {
    const read = await readAs(visit, draft, await typedReading(visit, draft, form));
    const look = await analyseDraft(visit, read);
    if ("refused" in look) return refusedSample(draft, "lecture", look);
    const answers = withStepDone(read, "lecture", {});
    return form.has("relire") ? { answers, to: `/brouillons/${draft.draftId}/lecture` } : { answers };
  },
  async moved(visit, draft, form) {
    const look = await analyseDraft(visit, await readAs(visit, draft, await typedReading(visit, draft, form)));
    return "refused" in look ? refusedSample(draft, "lecture", look) : show(visit, draft, look, true);
  },
});

/** Records that a person continues with a file that seems to be no list of aids. */
export const continueAct = actRoute("/brouillons/:brouillon/continuer", { who: "bizdev", act: "draft.continue" }, async (visit) => {
  const draft = await draftOf(visit);
  const answers = answersOf(draft);
  const to = `/brouillons/${draft.draftId}/lecture`;
  if (!isNoListOfAids(answers)) return { to };
  await saveDraft(visit, draft, { answers: { ...answers, continuesWith: answers.fileKind } });
  return { message: null, to, subject: `brouillon ${draft.title}`, details: { file: answers.fileKind } };
});

async function typedReading(visit: Visit, draft: Draft, form: Form): Promise<Reading | null> {
  const before = await analyseDraft(visit, draft);
  return "refused" in before ? null : readReading(form, before.survey);
}

/** Returns the draft with another reading of its file, and the definition that this proposes. */
async function readAs(visit: Visit, draft: Draft, reading: Reading | null): Promise<Draft> {
  const answers = { ...answersOf(draft), reading: reading as (Reading & Record<string, unknown>) | null };
  const isSame = JSON.stringify(answers.reading) === JSON.stringify(answersOf(draft).proposed?.decode);
  const told = { ...draft, answers: answers as Draft["answers"] };
  return isSame ? told : { ...draft, answers: (await proposeDraft(visit, told)) as Draft["answers"] };
}

/** What a person may choose. Other values are ignored. */
const delimiters = [";", ",", "tab", "|"];
const encodings = ["utf-8", "windows-1252", "iso-8859-15", "utf-16le", "utf-16be"];

/** Returns the detected format with the corrections of the form. */
function readReading(form: Form, { reading, otherReadings }: ShownSurvey): Reading {
  const chosen = [reading, ...otherReadings][Number(form.text("autre") || "0")] ?? reading;
  const row = Number(form.text("ligne"));
  const changed: Record<string, unknown> = { ...chosen };
  if (chosen === reading) {
    if (Number.isInteger(row) && row >= 1 && "headerRow" in chosen) changed.headerRow = row;
    if (chosen.format === "csv") {
      const delimiter = form.text("separateur");
      const encoding = form.text("encodage");
      if (delimiters.includes(delimiter)) changed.delimiter = delimiter === "tab" ? "\t" : delimiter;
      if (encodings.includes(encoding)) changed.encoding = encoding;
    }
    if ((chosen.format === "json" || chosen.format === "xml") && form.text("chemin") !== "" && form.text("chemin") !== pathOf(chosen)) {
      changed.recordPath = form.text("chemin");
    }
  }
  return changed as Reading;
}

function pathOf(reading: Reading): string {
  return "recordPath" in reading ? String(reading.recordPath ?? "") : "";
}

function show(visit: Visit, draft: Draft, look: DraftAnalysis, isMoved = false): Page {
  const { survey } = look;
  const { reading, otherReadings, received, remarks } = survey;
  return stepPage(
    draft,
    "lecture",
    <>
      {isMoved && <ConflictAlert who={draft.updatedBy} conflicts={[]} />}
      <FileVerdictNotice
        verdict={survey.verdict}
        continueAction={`/brouillons/${draft.draftId}/continuer`}
        stopHref="/brouillons"
        csrf={visit.csrf}
        hasChosen={!isNoListOfAids({ ...answersOf(draft), fileKind: survey.verdict.kind })}
      />
      <p>
        {`${counted(received, "enregistrement")}, ${counted(survey.fields.length, "champ")} : ${readingInWords(reading)}.`}
        {survey.platform !== null && french` Ce flux a une forme connue : ${platformLabel(survey.platform)}.`}
        {survey.paging !== null && " Il a plusieurs pages : elles seront suivies à la collecte."}
      </p>
      {remarks.length > 0 && (
        <ul>
          {remarks.map((remark) => (
            <li>{evidenceMessage(remark)}</li>
          ))}
        </ul>
      )}
      <SiteSection draft={draft} csrf={visit.csrf} site={survey.site} address={answersOf(draft).feed?.address ?? null} />
      <LeftOutSection draft={draft} look={look} />
      <ActForm action={`/brouillons/${draft.draftId}/lecture`} csrf={visit.csrf}>
        <BaseField version={draft.revision} />
        {survey.site === null && (
          <fieldset class="fr-fieldset">
            <legend class="fr-fieldset__legend fr-text--bold">Si le fichier est mal lu</legend>
            {otherReadings.length > 0 && (
              <div class="fr-fieldset__element">
                <Select
                  name="autre"
                  label="Prendre les aides"
                  choices={[reading, ...otherReadings]
                    .slice(0, 30)
                    .map((one, index) => ({ value: String(index), label: readingInWords(one) }))}
                  value="0"
                />
              </div>
            )}
            <Corrections reading={reading} />
          </fieldset>
        )}
        <button class="fr-btn" type="submit">
          C’est bien cela, continuer
        </button>{" "}
        {survey.site === null && (
          <button class="fr-btn fr-btn--secondary" type="submit" name="relire" value="1">
            Relire ainsi
          </button>
        )}
      </ActForm>
      <h3 class="fr-mt-6w">Les premiers enregistrements</h3>
      <FirstRecords survey={survey} />
    </>,
    isMoved ? 409 : 200,
  );
}

function Corrections({ reading }: { readonly reading: Reading }): Child {
  return (
    <>
      {reading.format === "csv" && (
        <>
          <div class="fr-fieldset__element">
            <Select
              name="separateur"
              label="Ce qui sépare les colonnes"
              choices={[
                { value: ";", label: "point-virgule (;)" },
                { value: ",", label: "virgule (,)" },
                { value: "tab", label: "tabulation" },
                { value: "|", label: "barre (|)" },
              ]}
              value={reading.delimiter === "\t" ? "tab" : reading.delimiter}
              empty="détecté"
            />
          </div>
          <div class="fr-fieldset__element">
            <Select
              name="encodage"
              label="Écriture des accents"
              hint="À changer si les accents sont abîmés dans le tableau ci-dessous."
              choices={encodings.map((value) => ({ value, label: value }))}
              value={reading.encoding}
              empty="détectée"
            />
          </div>
        </>
      )}
      {(reading.format === "csv" || reading.format === "excel") && (
        <div class="fr-fieldset__element">
          <TextField name="ligne" label="Ligne des titres de colonnes" type="number" value={String(reading.headerRow ?? 1)} />
        </div>
      )}
      {(reading.format === "json" || reading.format === "xml") && (
        <div class="fr-fieldset__element">
          <TextField
            name="chemin"
            label="Chemin des enregistrements"
            hint="Où la liste des aides se trouve dans le document."
            value={pathOf(reading)}
          />
        </div>
      )}
    </>
  );
}

function FirstRecords({ survey: { firstRecords, fields } }: { readonly survey: ShownSurvey }): Child {
  const keys = [...new Set(firstRecords.flatMap((record) => Object.keys(record)))].slice(0, 60);
  return (
    <Table
      caption={`Les ${firstRecords.length} premiers enregistrements, un par colonne (${fields.length} champs)`}
      head={["Champ", ...firstRecords.map((_, index) => `Enregistrement ${index + 1}`)]}
    >
      {keys.map((key) => (
        <tr>
          <th scope="row">{key}</th>
          {firstRecords.map((record) => (
            <td>{shortText(record[key])}</td>
          ))}
        </tr>
      ))}
    </Table>
  );
}

function shortText(value: unknown): string {
  if (value === undefined || value === null) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

/** The excluded records, with a link to change them. */
function LeftOutSection({ draft, look }: { readonly draft: Draft; readonly look: DraftAnalysis }): Child {
  const { survey, proposal } = look;
  const states = survey.states.filter(({ isState }) => isState);
  return (
    <section aria-labelledby="fiches" class="fr-mb-4w">
      <h3 id="fiches">Fiches à laisser de côté</h3>
      {states.length > 0 && <p class="fr-mb-1v">Ce fichier dit l’état de ses fiches :</p>}
      {states.length > 0 && (
        <ul>
          {states.map((state) => (
            <li>{stateWords(state)}</li>
          ))}
        </ul>
      )}
      <p>{excludedCountMessage(proposal.kept)}</p>
      <p>
        <a class="fr-btn fr-btn--secondary fr-btn--sm" href={`/brouillons/${draft.draftId}/fiches`}>
          Choisir les fiches à laisser de côté
        </a>
      </p>
    </section>
  );
}

function stateWords({ field, values }: StateField): string {
  return french`« ${field} » : ${values.map(({ value, count }) => french`${value ?? "vide"} (${count})`).join(", ")}`;
}
