import { french } from "../../../french/typography.ts";
import { readFields } from "../../forms/form.tsx";
import { TextField } from "../../parts/form.tsx";
import { type ActRoute, CannotDo, NotFound, type Page } from "../../route.ts";
import { param, visitorOf } from "../../visit.ts";
import { apiKeysPage, apiKeysPath, keyFields } from "./api-keys-page.tsx";

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const make: ActRoute = {
  method: "post",
  path: apiKeysPath,
  who: "admin",
  act: "api-key.make",
  async perform(visit, form) {
    const { typed, values, problems } = readFields(keyFields, form);
    if (values === null) return apiKeysPage(visit, typed, problems);
    const { nom: name, portee: scope, limite: perMinute } = values;
    const made = await visit.catalogue.apiTokens.make({ name, scope, perMinute, by: visitorOf(visit).name }, visit.now);
    if (made === null) return apiKeysPage(visit, typed, { nom: "Ce nom a déjà une clé : révoquez-la d’abord, ou donnez-en un autre." });
    return { page: madePage(name, made.key), subject: `clé ${name}`, details: { scope, perMinute } };
  },
};

const revoke: ActRoute = {
  method: "post",
  path: `${apiKeysPath}/:cle/fin`,
  who: "admin",
  act: "api-key.revoke",
  async perform(visit) {
    const tokenId = param(visit, "cle");
    const { apiTokens } = visit.catalogue;
    const token = uuid.test(tokenId) ? await apiTokens.find(tokenId) : null;
    if (token === null) throw new NotFound("Cette clé n’existe pas.");
    if (!(await apiTokens.revoke(tokenId, visitorOf(visit).name, visit.now))) throw new CannotDo("Cette clé est révoquée déjà.", 409);
    return {
      message: french`La clé de « ${token.name} » est révoquée : elle ne sert plus.`,
      to: apiKeysPath,
      subject: `clé ${token.name}`,
    };
  },
};

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
        <p>
          <button class="fr-btn fr-btn--secondary" type="button" data-copies="champ-cle">
            Copier la clé
          </button>
        </p>
        <p>
          {french`Elle s'échange contre un jeton valable un jour : POST /api/connexion/ de l'API, avec la clé dans l'en-tête X-AUTH-TOKEN ; puis chaque requête porte l'en-tête « Authorization: Bearer » et le jeton.`}
        </p>
        <p>
          <a class="fr-link" href={apiKeysPath}>
            Retourner aux clés
          </a>
        </p>
      </>
    ),
  };
}

/** Creates and revokes keys of the API. */
export const apiKeyActs: readonly ActRoute[] = [make, revoke];
