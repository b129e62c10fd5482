import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import { publisherKindWord } from "../../../french/publishers.ts";
import { publisherKinds } from "../../../kit/definition.ts";
import { labelOf, slugsOf } from "../../../model/vocabularies.ts";
import { readTerritory } from "../../curation/read-territory.ts";
import { Problems } from "../../parts/alert.tsx";
import { ActForm, Select, TextField } from "../../parts/form.tsx";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import type { DraftAnswers } from "./draft-answers.ts";
import { gone, RevisionField, stepRoutes } from "./open-draft.tsx";
import { stepPage } from "./step-frame.tsx";
import { readWritten, territoryInWords, type Written, writtenOf } from "./written-publisher.ts";

/** Who publishes. */
export const publisherStep = stepRoutes({
  step: "producteur",
  act: "draft.publisher",
  show: async (visit, draft) => show(visit, draft, await writtenOf(visit, draft), {}),
  async save(visit, draft, form) {
    const written = readWritten(form);
    const { publisher, problems } = await readPublisher(visit, draft, written);
    if (publisher === null) return show(visit, draft, written, problems);
    return { answers: { ...gone(draft, "producteur", {}), publisher }, title: publisher.name };
  },
});

async function readPublisher(
  { catalogue, console: { jobs } }: Visit,
  draft: Draft,
  written: Written,
): Promise<{ publisher: NonNullable<DraftAnswers["publisher"]> | null; problems: Record<string, string> }> {
  const problems: Record<string, string> = {};
  const kind = publisherKinds.find((known) => known === written.nature);
  const licence = slugsOf("importShareLicence").find((known) => known === written.licence);
  const territories = readTerritory(written.territoire);
  const [territory] = territories;
  if (written.nom === "") problems.nom = "Dites le nom du producteur.";
  if (kind === undefined) problems.nature = "Dites ce qu’est le producteur.";
  if (licence === undefined) problems.licence = "Choisissez une licence, ou « inconnue ».";
  if (licence === "agreement" && written.accord === "") problems.accord = "Dites quel accord : sa date, ou sa référence.";
  if (territory === undefined)
    problems.territoire = "Nous ne connaissons pas ce territoire : écrivez son nom (« Bretagne ») ou son code (« région 53 »).";
  if (territories.length > 1)
    problems.territoire = `Plusieurs territoires portent ce nom : écrivez ${territories.map((one) => `« ${territoryInWords(one)} »`).join(" ou ")}.`;
  if (written.site !== "" && !/^https?:\/\/\S+$/.test(written.site)) problems.site = "Une adresse commence par http:// ou https://.";
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(written.connecteur))
    problems.connecteur = "Des mots en minuscules sans accent, reliés par des tirets : « region-bretagne ».";
  else if (draft.connector === null && (await jobs.connectors()).some(({ definition: { id } }) => id === written.connecteur)) {
    problems.connecteur = "Un connecteur porte déjà ce nom : ajoutez ce qui distingue ce flux (« region-bretagne-appels »).";
  }
  if (Object.keys(problems).length > 0 || kind === undefined || licence === undefined || territory === undefined)
    return { publisher: null, problems };
  const { nom: name, accord: agreement, contact, connecteur: id, site: website } = written;
  const siren = (await catalogue.publishers.ofDraft(draft.draftId))?.siren ?? null;
  const said = { name, kind, territory: `${territory.scale}:${territory.code}`, licence, agreement, contact, id };
  return { publisher: { ...said, ...(website !== "" && { website }), ...(siren !== null && { siren }) }, problems };
}

function show(visit: Visit, draft: Draft, written: Written, problems: Readonly<Record<string, string>>): Page {
  const kinds = publisherKinds.map((value) => ({ value, label: publisherKindWord(value) }));
  const licences = slugsOf("importShareLicence").map((value) => ({ value, label: labelOf("importShareLicence", value) }));
  const isWrong = Object.keys(problems).length > 0;
  return stepPage(
    draft,
    "producteur",
    <>
      <Problems problems={problems} />
      <ActForm action={`/brouillons/${draft.draftId}/producteur`} csrf={visit.csrf}>
        <RevisionField draft={draft} />
        <TextField
          name="nom"
          label="Nom"
          hint="Tel que le catalogue doit le montrer."
          value={written.nom}
          problem={problems.nom}
          maxlength={200}
          required
        />
        <Select name="nature" label="Ce qu’il est" choices={kinds} value={written.nature} problem={problems.nature} />
        <TextField
          name="territoire"
          label="Son territoire"
          hint="Un nom (« Bretagne », « Drôme », « France », « Europe ») ; avec le code s’il y en a plusieurs."
          value={written.territoire}
          problem={problems.territoire}
          required
        />
        <TextField name="site" label="Son site" type="url" value={written.site} problem={problems.site} required={false} />
        <Select
          name="licence"
          label="Licence de ses données"
          hint="Telle qu’elle est écrite quelque part, jamais devinée. Sans licence connue, ses aides ne sont pas reprises dans les exports en données ouvertes."
          choices={licences}
          value={written.licence}
          problem={problems.licence}
        />
        <TextField
          name="accord"
          label="Accord avec le producteur"
          hint="Si la licence est un accord : sa date ou sa référence."
          value={written.accord}
          problem={problems.accord}
          required={false}
        />
        <TextField
          name="contact"
          label="Contact chez le producteur"
          hint="À qui écrire quand ses données posent question. Gardé ici, jamais dans un fichier ni un export."
          value={written.contact}
          required={false}
        />
        <TextField
          name="connecteur"
          label="Nom du connecteur"
          hint="Comment il s’appellera dans les listes. Ne change plus ensuite."
          value={written.connecteur}
          problem={problems.connecteur}
          required
          readonly={draft.connector !== null}
        />
        <button class="fr-btn" type="submit">
          Enregistrer et continuer
        </button>
      </ActForm>
    </>,
    isWrong ? 422 : 200,
  );
}
