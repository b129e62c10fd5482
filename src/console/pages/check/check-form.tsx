import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { evidenceMessage, fileKindLabel } from "../../../french/survey.ts";
import { capitalize, french } from "../../../french/typography.ts";
import type { FileVerdict } from "../../../survey/read/file-verdict.ts";
import { Alert, Problems } from "../../parts/alert.tsx";
import { Checkbox } from "../../parts/checkbox.tsx";
import { ActForm, FileField, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { List } from "../../parts/list.tsx";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { isColleague } from "./admit-check.tsx";
import { maxMegabytes } from "./obtain-file.ts";

/** The publisher whose file a colleague checks. */
export type Partner = Pick<StoredPublisher, "publisherId" | "name" | "kind" | "territory">;

/** Returns the publisher that the query names (`?producteur=`); null if it is unknown, or if the visitor is no colleague. */
export async function partnerOf(visit: Visit): Promise<Partner | null> {
  const publisherId = visit.query.get("producteur");
  return publisherId === null || !isColleague(visit) ? null : visit.catalogue.publishers.find(publisherId);
}

/** Returns the path of the check page. */
export function checkPath(partner: Partner | null): string {
  return partner === null ? "/verifier" : `/verifier?producteur=${partner.publisherId}`;
}

/** Box of the form: the file is a list of aids, whatever it seems to be. */
export const anyFileField = "quand-meme";

/**
 * The typed content of the form, and its problems. `fileProblem`: why the file could not be checked. `otherKind`: what the file seems to be
 * instead of a list of aids.
 */
interface CheckFormGiven {
  readonly address?: string;
  readonly organisation?: string;
  readonly problems?: Readonly<Record<string, string>>;
  readonly fileProblem?: string;
  readonly otherKind?: FileVerdict;
  readonly status?: Page["status"];
}

/** Returns the page to check a file. */
export function checkForm(visit: Visit, partner: Partner | null, given: CheckFormGiven = {}): Page {
  const { problems = {}, fileProblem, otherKind, status } = given;
  return {
    title: "Vérifier mon fichier",
    breadcrumb: partner === null ? [] : [{ title: partner.name, href: `/producteurs/${partner.publisherId}` }],
    ...(status !== undefined && { status }),
    content: (
      <div class="moisson-narrow">
        <h1>Vérifier mon fichier</h1>
        <p class="fr-text--lead">
          {french`Vous publiez des aides, ou allez en publier ? Donnez votre fichier ou son adresse : vous saurez aussitôt ce qui se lit bien, ce qui est à corriger, et où.`}
        </p>
        {fileProblem !== undefined && (
          <Alert kind="error" title="Ce fichier n’a pas pu être vérifié" level={2} isAnnounced text={fileProblem} />
        )}
        {otherKind !== undefined && (
          <Alert
            kind="warning"
            title={french`Ce fichier semble être ${fileKindLabel(otherKind.kind)}, pas une liste d'aides`}
            level={2}
            isAnnounced
          >
            <List items={otherKind.evidence.map((reason) => capitalize(evidenceMessage(reason)))} />
            <p>{french`S'il s'agit bien d'aides que l'on peut demander, donnez-le à nouveau et cochez la case ci-dessous.`}</p>
          </Alert>
        )}
        <Problems problems={problems} />
        <Fields visit={visit} partner={partner} content={given} />
        <h2 class="fr-mt-6w">Ce que devient votre fichier</h2>
        <p>
          {french`Rien n'est conservé : ni le fichier, ni ce qu'il contient, ni le résultat. Le fichier est lu une fois, puis effacé ; la page de résultat est à vous, imprimez-la ou enregistrez-la si vous voulez la garder.`}
        </p>
        <h2>Et si je n’ai pas encore de fichier ?</h2>
        <p>
          {french`Un modèle à remplir et des explications par l'exemple vous attendent dans le guide : `}
          <a href="/publier-ses-aides">publier ses aides</a>.
        </p>
      </div>
    ),
  };
}

function Fields(given: { readonly visit: Visit; readonly partner: Partner | null; readonly content: CheckFormGiven }): Child {
  const { visit, partner } = given;
  const { problems = {}, address, organisation } = given.content;
  const hint = french`CSV, Excel (.xlsx, .xls), LibreOffice (.ods), JSON ou XML ; ${maxMegabytes} Mo au plus.`;
  return (
    <ActForm action={checkPath(partner)} csrf={visit.csrf} hasFiles busyMessage="La vérification est en cours : moins d’une minute.">
      <FileField name="fichier" label="Votre fichier" hint={hint} problem={problems.fichier} />
      <TextField
        name="adresse"
        label="Ou son adresse"
        hint="L’adresse du fichier ou du flux lui-même, pas celle de la page où il est annoncé."
        type="url"
        value={address}
        maxlength={2000}
        problem={problems.adresse}
      />
      {partner === null && (
        <TextField
          name="organisme"
          label="Nom de votre organisme (facultatif)"
          hint={french`Il aide à reconnaître vos territoires : « Région Bretagne », « Département de la Drôme ».`}
          value={organisation}
          maxlength={200}
        />
      )}
      {given.content.otherKind !== undefined && (
        <Checkbox id={anyFileField} name={anyFileField} value="1" class="fr-mb-3w">
          C’est bien une liste d’aides : vérifier quand même
        </Checkbox>
      )}
      <SubmitButton label="Vérifier" />
    </ActForm>
  );
}
