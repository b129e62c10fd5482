import type { Child } from "hono/jsx";
import type { ApiToken } from "../../../catalogue/accounts/api-token-repository.ts";
import { counted, french } from "../../../french/typography.ts";
import { choice, FormFields, type FormProblems, formStatus, Invalid, type Typed } from "../../forms/form.tsx";
import { Problems } from "../../parts/alert.tsx";
import { Badge } from "../../parts/badge.tsx";
import { ActButton, ActForm } from "../../parts/form.tsx";
import { Table } from "../../parts/table.tsx";
import { formatShortDateTime } from "../../parts/time.ts";
import type { Page, PageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";

export const apiKeysPath = "/comptes/cles-api";

/** What a key allows to read. */
export const scopeLabels: Readonly<Record<ApiToken["scope"], string>> = {
  reuse: "données ouvertes, comme tout le monde",
  site: "tout ce qui est publié, même sans licence ouverte\u00a0: pour notre site seulement",
};

const maxPerMinute = 60_000;
const limitProblem = french`Un nombre, de 1 à ${maxPerMinute}.`;
const scopes = Object.keys(scopeLabels) as ApiToken["scope"][];

/** Fields of a new key. */
export const keyFields = {
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
export const apiKeysRoute: PageRoute = {
  method: "get",
  path: apiKeysPath,
  who: "admin",
  answer: (visit) => apiKeysPage(visit, { nom: "", portee: "reuse", limite: "600" }, {}),
};

/** The page of the keys. `problems`: of the form of a new key. */
export async function apiKeysPage(visit: Visit, typed: Typed<typeof keyFields>, problems: FormProblems): Promise<Page> {
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
          <button class="fr-btn" type="submit">
            Faire la clé
          </button>
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
    >
      {keys.map((key) => (
        <tr>
          <td>{key.name}</td>
          <td>{scopeLabels[key.scope]}</td>
          <td class="fr-cell--right">{key.perMinute}</td>
          <td>{`${formatShortDateTime(key.at)}, par ${key.by}`}</td>
          <td>{key.usedAt === null ? "jamais" : formatShortDateTime(key.usedAt)}</td>
          <td>
            {key.revokedAt === null ? (
              <ActButton action={`${apiKeysPath}/${key.tokenId}/fin`} csrf={csrf} label="Révoquer" about={`la clé de ${key.name}`} />
            ) : (
              <>
                <Badge tone="neutral" label="révoquée" /> {`${formatShortDateTime(key.revokedAt)}, par ${key.revokedBy}`}
              </>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}
