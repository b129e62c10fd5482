import type { Child } from "hono/jsx";
import type { OpenDataOffer } from "../../../../catalogue/publishers/open-data-offer-repository.ts";
import { actRefusalMessage } from "../../../../french/act-refusals.ts";
import { leftOutSentences, schemaPage } from "../../../../french/offered-file.ts";
import { counted, french } from "../../../../french/typography.ts";
import { byPublisher } from "../../../../model/publisher/letter-answer.ts";
import type { AnyLetter } from "../../../../partners/correspondence/stored-letter.ts";
import { dailyPath, isServed, revokeFile, validateFile } from "../../../../publish/open-data/offers.ts";
import { controlsOf } from "../../../forms/form.tsx";
import { Alert } from "../../../parts/alert.tsx";
import { CopyButton } from "../../../parts/copy-button.tsx";
import { ActForm, Checkboxes, SubmitButton, TextField } from "../../../parts/form-controls.tsx";
import { ParagraphLink } from "../../../parts/link.tsx";
import { List } from "../../../parts/list.tsx";
import { formatDay } from "../../../parts/time.ts";
import { CannotDo, type Form, NotFound, type Page, type Route } from "../../../route.ts";
import { param, publicAddress, type Visit } from "../../../visit.ts";
import { anyLetterByToken, type LetterGiven } from "../find-letter.tsx";
import { publicLetterAct, publicLetterPage } from "../public-routes.tsx";
import { dailyFile } from "./daily-file.tsx";

const maxNameLength = 120;

/** Values typed into the form of the validation, with their problems. */
interface TypedValidation {
  readonly name: string;
  readonly as: string;
  readonly problems: Readonly<Record<string, string>>;
}

interface FileGiven {
  readonly visit: Visit;
  readonly file: OpenDataOffer;
  readonly path: string;
}

/** Returns the file that a letter's publisher may validate. Throws `NotFound` if none was offered. */
async function fileOfLetter({ catalogue }: Visit, { connector }: AnyLetter): Promise<OpenDataOffer> {
  const file = await catalogue.openDataOffers.findByConnector(connector);
  if (file === null) throw new NotFound("Aucun fichier n’a encore été préparé pour vous.");
  return file;
}

/** The page on which a publisher reads, validates or revokes its file, with the secret address of a letter. */
const offeredFilePage = publicLetterPage("/open-data", anyLetterByToken, async (visit, made) => {
  return filePage(visit, await fileOfLetter(visit, made), null);
});

const offeredZip = publicLetterPage("/open-data/aides.zip", anyLetterByToken, async (visit, made) => {
  const { publisherId, slug } = await fileOfLetter(visit, made);
  const zip = await visit.catalogue.openDataOffers.contents(publisherId, "zip");
  if (zip === null) throw new NotFound("Ce fichier n’existe plus.");
  return { fileName: `aides-${slug}.zip`, type: "application/zip", body: zip };
});

function filePage(visit: Visit, file: OpenDataOffer, again: TypedValidation | null): Page {
  const path = `/lettre/${param(visit, "jeton")}`;
  return {
    title: "Vos aides, prêtes à publier en open data",
    isBare: true,
    status: again === null ? 200 : 422,
    content: (
      <div class="moisson-letter">
        <p>{french`À l'attention de : ${file.publisher}`}</p>
        <h1>Vos aides, prêtes à publier en open data</h1>
        <p class="fr-text--lead">
          {french`Nous avons mis ${counted(file.aids, "aide")} dans un fichier, au format du schéma national. Il est à vous : rien n'est publié en votre nom tant que vous ne l'avez pas validé.`}
        </p>
        <p>
          <a class="fr-btn" href={`${path}/open-data/aides.zip`} download>
            Télécharger le fichier (zip)
          </a>
        </p>
        <p>
          {"L’archive contient aides.csv, un fichier LISEZMOI.txt et le mode d’emploi pour data.gouv.fr. Le format est celui du "}
          <a href={schemaPage}>{french`schéma « dispositif-aide » 0.2.0`}</a>.
        </p>
        <LeftOut file={file} />
        {isServed(file) ? (
          <Served visit={visit} file={file} path={path} />
        ) : (
          <ValidationForm visit={visit} file={file} path={path} again={again} />
        )}
        <ParagraphLink href={path} label="Revenir à la lettre" />
      </div>
    ),
  };
}

function LeftOut({ file }: { readonly file: OpenDataOffer }): Child {
  const sentences = leftOutSentences(file);
  if (sentences.length === 0) return null;
  return (
    <>
      <h2>Ce qui n’est pas dans le fichier</h2>
      <p>Le schéma national exige des champs que ces aides n’ont pas encore :</p>
      <List items={sentences.map((sentence) => sentence)} />
    </>
  );
}

function ValidationForm({ visit, file, path, again }: FileGiven & { readonly again: TypedValidation | null }): Child {
  if (file.aids === 0) return <p>Ce fichier ne contient encore aucune aide : il n’y a rien à valider.</p>;
  const { name, as, problems } = again ?? { name: "", as: "", problems: {} };
  const control = controlsOf({ nom: name, fonction: as }, problems);
  return (
    <section id="validation">
      <h2>Valider ce fichier</h2>
      {file.revokedAt !== null && (
        <p>{french`Vous avez révoqué la validation le ${formatDay(new Date(file.revokedAt))} : plus rien n'est publié.`}</p>
      )}
      <p>
        {french`Une fois validé, le fichier a une adresse quotidienne, que vous pouvez donner à data.gouv.fr : il suit vos aides chaque jour. Vous pouvez révoquer cette validation à tout moment, ici.`}
      </p>
      <ActForm action={`${path}/open-data`} csrf={visit.csrf} class="moisson-narrow">
        <input type="hidden" name="decision" value="valider" />
        <input type="hidden" name="version" value={file.sha256} />
        <TextField
          {...control("nom")}
          label="Votre nom"
          hint="Gardé avec la validation, et jamais publié."
          maxlength={maxNameLength}
          required
        />
        <TextField {...control("fonction")} label="Votre fonction" maxlength={maxNameLength} required />
        <Checkboxes
          name="accord"
          label="Votre accord"
          choices={[{ value: "oui", label: french`Au nom de ${file.publisher}, je valide la publication de ce fichier` }]}
          values={[]}
          problem={again?.problems.accord}
        />
        <SubmitButton label="Valider le fichier" />
      </ActForm>
    </section>
  );
}

function Served({ visit, file, path }: FileGiven): Child {
  return (
    <section id="validation">
      <h2>Votre adresse quotidienne</h2>
      <Alert kind="success">
        {/* Without a name: the address of a letter may be passed on. */}
        <p>{french`Validé le ${formatDay(new Date(file.validatedAt ?? file.offeredAt))}. Si personne chez vous ne l'a fait, écrivez-nous.`}</p>
      </Alert>
      <TextField name="quotidienne" label="Adresse à donner à data.gouv.fr" value={publicAddress(visit, dailyPath(file))} readonly />
      <CopyButton of="champ-quotidienne" label="Copier l’adresse" />
      <p>{french`Le fichier y est renouvelé chaque nuit. Le mode d'emploi pour data.gouv.fr est dans l'archive.`}</p>
      <ActForm action={`${path}/open-data`} csrf={visit.csrf}>
        <input type="hidden" name="decision" value="revoquer" />
        <p>{french`Révoquer la validation ferme cette adresse aussitôt.`}</p>
        <SubmitButton label="Révoquer la validation" isSecondary />
      </ActForm>
    </section>
  );
}

/** Records the validation of a file by a person of its publisher, or its revocation. Without an account: the letter's address suffices. */
const decideFile = publicLetterAct("/open-data", "file.validate", anyLetterByToken, async (visit, made, path, form) => {
  const file = await fileOfLetter(visit, made);
  const { catalogue, now, visitor } = visit;
  const { publisherId } = file;
  const acting = { by: visitor?.name ?? byPublisher, now };
  const to = `${path}/open-data#validation`;
  const details = { publisher: publisherId, decision: form.text("decision") };
  const done = { message: null, to, subject: `producteur ${file.publisher}`, details };
  if (form.text("decision") === "revoquer") return (await revokeFile(catalogue, publisherId, acting)) === null ? done : { to };
  // Only a person of the publisher validates, so that nothing is published in its name by us.
  if (visitor !== null) throw new CannotDo("Seule une personne du producteur valide son fichier, par l’adresse de sa lettre.", 409);
  const typed = readValidation(form);
  if (Object.keys(typed.problems).length > 0) return filePage(visit, file, typed);
  const refusal = await validateFile(catalogue, publisherId, { sha256: form.text("version"), ...typed }, acting);
  if (refusal === null) return done;
  if (isServed(file)) return { to };
  throw new CannotDo(actRefusalMessage(refusal.refused), 409);
});

function readValidation(form: Form): TypedValidation {
  const [name, as] = [form.text("nom"), form.text("fonction")];
  const problems: Record<string, string> = {};
  if (name === "" || name.length > maxNameLength) problems.nom = french`Donnez votre nom, en ${maxNameLength} caractères au plus.`;
  if (as === "" || as.length > maxNameLength) problems.fonction = french`Donnez votre fonction, en ${maxNameLength} caractères au plus.`;
  if (form.text("accord") !== "oui") problems.accord = "Cochez cette case pour valider.";
  return { name, as, problems };
}

/** Link to the offered file, for the page of a letter. Nothing without a file. */
export async function OfferedFileLink({ visit, made, path }: LetterGiven): Promise<Child> {
  const file = await visit.catalogue.openDataOffers.findByConnector(made.connector);
  if (file === null || file.aids === 0) return null;
  return (
    <section class="moisson-no-print">
      <h2>Vos aides, prêtes à publier en open data</h2>
      <p>
        {isServed(file)
          ? french`Votre fichier est validé, et renouvelé chaque nuit.`
          : french`Nous avons préparé un fichier de vos aides, au format du schéma national, avec le mode d'emploi pour data.gouv.fr. Rien n'est publié en votre nom tant que vous ne l'avez pas validé.`}
      </p>
      <ParagraphLink
        href={`${path}/open-data`}
        label={isServed(file) ? "Voir le fichier et son adresse" : "Relire et valider le fichier"}
      />
    </section>
  );
}

export const offeredFileRoutes: readonly Route[] = [offeredFilePage, offeredZip, decideFile, dailyFile];
