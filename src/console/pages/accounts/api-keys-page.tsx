import type { Child } from "hono/jsx";
import type { ApiToken } from "../../../catalogue/accounts/api-token-repository.ts";
import { counted, french } from "../../../french/typography.ts";
import { Problems } from "../../parts/alert.tsx";
import { Badge } from "../../parts/badge.tsx";
import { ActButton, ActForm, Select, TextField } from "../../parts/form.tsx";
import { Table } from "../../parts/table.tsx";
import { formatShortDateTime } from "../../parts/time.ts";
import type { Page, PageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";

/** Where keys of the API are. */
export const apiKeysPath = "/comptes/cles-api";

/** What a form of a key holds, as it was typed. */
export interface AskedKey {
  readonly nom: string;
  readonly portee: string;
  readonly limite: string;
}

/** What a key lets read, in words. */
export const scopeWords: Readonly<Record<ApiToken["scope"], string>> = {
  reuse: "données ouvertes, comme tout le monde",
  site: "tout ce qui est publié, même sans licence ouverte\u00a0: pour notre site seulement",
};

/** Who has a key of the API. */
export const apiKeysRoute: PageRoute = {
  method: "get",
  path: apiKeysPath,
  who: "admin",
  answer: (visit) => apiKeysPage(visit, { nom: "", portee: "reuse", limite: "600" }, {}),
};

/** The page, with what is wrong in the form. */
export async function apiKeysPage(visit: Visit, asked: AskedKey, problems: Readonly<Record<string, string>>): Promise<Page> {
  const keys = await visit.catalogue.apiTokens.list();
  return {
    title: "Clés de l’API",
    breadcrumb: [{ title: "Comptes", href: "/comptes" }],
    menuPath: "/comptes",
    status: Object.keys(problems).length === 0 ? 200 : 422,
    content: (
      <>
        <h1>Clés de l’API</h1>
        <Problems problems={problems} />
        <p>
          {french`L'API se lit sans clé, dans une limite. Une clé donne une limite plus haute à qui en a besoin ; la révoquer met fin tout de suite à ce qu'elle permettait.`}
        </p>
        {keys.length > 0 && <Keys keys={keys} csrf={visit.csrf} />}
        <h2>Nouvelle clé</h2>
        <KeyForm asked={asked} problems={problems} csrf={visit.csrf} />
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
          <td>{scopeWords[key.scope]}</td>
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

function KeyForm({
  asked,
  problems,
  csrf,
}: {
  readonly asked: AskedKey;
  readonly problems: Readonly<Record<string, string>>;
  readonly csrf: string;
}): Child {
  return (
    <ActForm action={apiKeysPath} csrf={csrf} class="moisson-narrow">
      <TextField
        name="nom"
        label="Pour qui"
        hint="Organisme ou service, pas une personne."
        value={asked.nom}
        problem={problems.nom}
        maxlength={200}
        required
      />
      <Select
        name="portee"
        label="Ce qu’elle lit"
        choices={Object.entries(scopeWords).map(([value, label]) => ({ value, label }))}
        value={asked.portee}
        problem={problems.portee}
      />
      <TextField name="limite" label="Requêtes par minute" type="number" value={asked.limite} problem={problems.limite} required />
      <button class="fr-btn" type="submit">
        Faire la clé
      </button>
    </ActForm>
  );
}
