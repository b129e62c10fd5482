import type { Child } from "hono/jsx";
import type { ApiToken } from "../../../catalogue/accounts/api-token-repository.ts";
import { counted, french } from "../../../french/typography.ts";
import { choice, FormFields, type FormProblems, formStatus, Invalid, readFields, type Typed } from "../../forms/form.tsx";
import { Problems } from "../../parts/alert.tsx";
import { Badge } from "../../parts/badge.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { ActButton, ActForm, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import { Table } from "../../parts/table.tsx";
import { formatShortDateTime } from "../../parts/time.ts";
import { type ActRoute, actRoute, CannotDo, NotFound, type Page, pageRoute } from "../../route.ts";
import { param, type Visit, visitorOf } from "../../visit.ts";

const apiKeysPath = "/comptes/cles-api";

/** Data that a key can read. */
const scopeLabels: Readonly<Record<ApiToken["scope"], string>> = {
  reuse: "données ouvertes, comme tout le monde",
  site: "tout ce qui est publié, même sans licence ouverte\u00a0: pour notre site seulement",
};

const maxPerMinute = 60_000;
const limitProblem = french`Un nombre, de 1 à ${maxPerMinute}.`;
const scopes = Object.keys(scopeLabels) as ApiToken["scope"][];

/** Fields of a new key. */
const keyFields = {
  nom: {
    label: "Pour qui",
    hint: "Organisme ou service, pas une personne.",
    maxLength: 200,
    required: "Dites pour qui est la clé, en 200 caractères au plus.",
  },
  portee: { label: "Ce qu’elle lit", ...choice(scopes, (scope) => scopeLabels[scope], "Choisissez ce que la clé lit.") },
  limite: { label: "Requêtes par minute", type: "number", maxLength: 6, required: limitProblem, read: readLimit },
} as const;

function readLimit(text: string): number | Invalid {
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return limit < 1 || limit > maxPerMinute ? new Invalid(limitProblem) : limit;
}

/** Lists the keys of the API. */
export const apiKeysRoute = pageRoute(apiKeysPath, "admin", (visit) => apiKeysPage(visit, { nom: "", portee: "reuse", limite: "600" }, {}));

/** Returns the page of the keys. `typed` and `problems` belong to the form of a new key. */
async function apiKeysPage(visit: Visit, typed: Typed<typeof keyFields>, problems: FormProblems): Promise<Page> {
  const keys = await visit.catalogue.apiTokens.list();
  return {
    title: "Clés de l’API",
    breadcrumb: [{ title: "Comptes", href: "/comptes" }],
    menuPath: "/comptes",
    status: formStatus(problems),
    content: (
      <>
        <h1>Clés de l’API</h1>
        <Problems problems={problems} />
        <p>
          {french`L'API se lit sans clé, dans une limite. Une clé donne une limite plus haute à qui en a besoin ; la révoquer met fin tout de suite à ce qu'elle permettait.`}
        </p>
        {keys.length > 0 && <Keys keys={keys} csrf={visit.csrf} />}
        <h2>Nouvelle clé</h2>
        <ActForm action={apiKeysPath} csrf={visit.csrf} class="moisson-narrow">
          <FormFields fields={keyFields} typed={typed} problems={problems} />
          <SubmitButton label="Créer la clé" />
        </ActForm>
      </>
    ),
  };
}

function Keys({ keys, csrf }: { readonly keys: readonly ApiToken[]; readonly csrf: string }): Child {
  return (
    <Table
      caption={counted(keys.length, "clé")}
      head={["Pour qui", "Ce qu’elle lit", { title: "Requêtes par minute", isNumber: true }, "Faite", "Servie", "État"]}
      rows={keys.map((key) => [
        key.name,
        scopeLabels[key.scope],
        key.perMinute,
        `${formatShortDateTime(key.at)}, par ${key.by}`,
        key.usedAt === null ? "jamais" : formatShortDateTime(key.usedAt),
        key.revokedAt === null ? (
          <ActButton action={`${apiKeysPath}/${key.tokenId}/fin`} csrf={csrf} label="Révoquer" about={`la clé de ${key.name}`} />
        ) : (
          <>
            <Badge tone="neutral" label="révoquée" /> {`${formatShortDateTime(key.revokedAt)}, par ${key.revokedBy}`}
          </>
        ),
      ])}
    />
  );
}

const make = actRoute(apiKeysPath, { who: "admin", act: "api-key.make" }, async (visit, form) => {
  const { typed, values, problems } = readFields(keyFields, form);
  if (values === null) return apiKeysPage(visit, typed, problems);
  const { nom: name, portee: scope, limite: perMinute } = values;
  const made = await visit.catalogue.apiTokens.create({ name, scope, perMinute, by: visitorOf(visit).name }, visit.now);
  if (made === null) return apiKeysPage(visit, typed, { nom: "Ce nom a déjà une clé : révoquez-la d’abord, ou donnez-en un autre." });
  return { page: madePage(name, made.key), subject: `clé ${name}`, details: { scope, perMinute } };
});

const revoke = actRoute(`${apiKeysPath}/:cle/fin`, { who: "admin", act: "api-key.revoke" }, async (visit) => {
  const tokenId = param(visit, "cle");
  const { apiTokens } = visit.catalogue;
  const token = await apiTokens.find(tokenId);
  if (token === null) throw new NotFound("Cette clé n’existe pas.");
  if (!(await apiTokens.revoke(tokenId, visitorOf(visit).name, visit.now))) throw new CannotDo("Cette clé est révoquée déjà.", 409);
  return {
    message: french`La clé de « ${token.name} » est révoquée : elle ne sert plus.`,
    to: apiKeysPath,
    subject: `clé ${token.name}`,
  };
});

function madePage(name: string, key: string): Page {
  return {
    title: "La clé est prête",
    breadcrumb: [
      { title: "Comptes", href: "/comptes" },
      { title: "Clés de l’API", href: apiKeysPath },
    ],
    menuPath: "/comptes",
    content: (
      <>
        <h1>La clé est prête</h1>
        <p>{french`Transmettez-la à « ${name} », par un moyen sûr. Elle ne sera plus montrée : si elle se perd, révoquez-la et faites-en une autre.`}</p>
        <TextField name="cle" label="Clé à transmettre" value={key} readonly />
        <CopyButton of="champ-cle" label="Copier la clé" />
        <p>
          {french`Elle s'échange contre un jeton valable un jour : POST /api/connexion/ de l'API, avec la clé dans l'en-tête X-AUTH-TOKEN ; puis chaque requête porte l'en-tête « Authorization: Bearer » et le jeton.`}
        </p>
        <ParagraphLink href={apiKeysPath} label="Retourner aux clés" />
      </>
    ),
  };
}

/** Creates and revokes keys of the API. */
export const apiKeyActs: readonly ActRoute[] = [make, revoke];
