import { aidExample } from "../../exports/record-schema.ts";
import { exchangePath } from "../access/exchange-route.ts";
import { anonymousLimit, exchangeLimit, territoryLimit } from "../access/limit.ts";
import type { ApiRoute } from "../api-route.ts";
import type { Parameter } from "../parameters/parameter.ts";
import { answerSchemaOf, jsonSchemas, type SchemaName } from "./answer-schemas.ts";

type Json = Readonly<Record<string, unknown>>;

const description = `Aides publiques aux collectivités, rassemblées par Moisson. Une page se lit, la suivante est à l’adresse \`next\` : en la suivant, aucune aide n’est lue deux fois ni manquée, même si le catalogue change pendant la lecture. Pour suivre les changements : \`changed_since\`, puis \`resume\`.

Sans clé : ${anonymousLimit.max} requêtes par minute et par adresse, et ${territoryLimit.max} pour les territoires (\`/api/perimeters/\`). Avec une clé, échangée contre un jeton par \`POST ${exchangePath}\` : la limite de la clé. Chaque réponse dit ce qui reste (\`RateLimit\`).

Chaque aide porte sa licence (\`import_share_licence\`) et sa source (\`import_data_source\`, \`import_data_mention\`) : nommez-la.`;

/** Returns the OpenAPI document (3.1) of these routes. `url`: of the API, without final slash. */
export function openApiDocument(routes: readonly ApiRoute[], url: string): Json {
  const documented = routes.filter(({ path }) => path.startsWith("/api/"));
  return {
    openapi: "3.1.1",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: { title: "API des aides publiques", version: "1", summary: "Lecture du catalogue", description },
    servers: [{ url }],
    security: [{}, { token: [] }],
    paths: Object.fromEntries(
      documented.map((route) => [route.path.replace(/:(\w+)/g, "{$1}"), { [route.method ?? "get"]: operationOf(route) }]),
    ),
    components: {
      schemas: jsonSchemas(),
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: `Jeton donné par POST ${exchangePath}, valable un jour.`,
        },
        key: { type: "apiKey", in: "header", name: "X-AUTH-TOKEN", description: "Clé, à échanger contre un jeton." },
      },
    },
  };
}

function operationOf(route: ApiRoute): Json {
  const { name, summary, path, parameters } = route;
  const isExchange = path === exchangePath;
  return {
    operationId: name,
    summary,
    ...(isExchange && {
      security: [{ key: [] }],
      description: `Au plus ${exchangeLimit.max} échanges refusés par minute et par adresse. Un échange réussi compte comme une requête avec la clé.`,
    }),
    parameters: [...pathParametersOf(path), ...parameters.map(parameterOf)],
    ...(route.body !== undefined && { requestBody: { required: true, content: { "application/json": { schema: ref(route.body) } } } }),
    responses: responsesOf(route, isExchange),
  };
}

const pathParameters: Readonly<Record<string, Json>> = {
  id: { description: "Numéro ou UUID.", example: "12", schema: { type: "string", pattern: "^([0-9]{1,15}|[0-9a-fA-F-]{36})$" } },
  territory: {
    description: "Identifiant ou numéro de territoire.",
    example: "12000026-drome",
    schema: { type: "string", pattern: "^[A-Za-z0-9:-]{1,140}$" },
  },
  slug: { description: "Nom de l’aide dans les adresses.", example: aidExample.slug, schema: { type: "string", maxLength: 300 } },
};

function pathParametersOf(path: string): readonly Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => ({ name, in: "path", required: true, ...pathParameters[name] }));
}

function parameterOf({ name, meaning, schema, example, isList }: Parameter): Json {
  return {
    name,
    in: "query",
    description: isList ? `${meaning} Plusieurs valeurs : répétées, ou séparées par des virgules.` : meaning,
    schema,
    ...(isList && { style: "form", explode: true }),
    ...(example !== "" && { example: isList ? [example] : typedExample(example, schema) }),
  };
}

/** Converts an example to its JSON type. */
function typedExample(example: string, { type }: Json): unknown {
  return type === "integer" || type === "boolean" ? JSON.parse(example) : example;
}

function responsesOf({ name, parameters, path, mediaType, method, body }: ApiRoute, isExchange: boolean): Json {
  const isRead = method !== "post";
  const hasAid = isRead && path.startsWith("/api/aids/") && path.includes(":");
  const hasTerritory = path.includes(":territory");
  return {
    200: {
      description: "Réponse",
      headers: {
        RateLimit: headerOf("Ce qui reste de la limite."),
        "RateLimit-Policy": headerOf("La limite."),
        ...(isRead && { ETag: headerOf("Empreinte.") }),
      },
      content: mediaType === undefined ? jsonContentOf(name) : { [mediaType]: { schema: { type: "string" } } },
    },
    ...(isRead && { 304: { description: "Rien n’a changé depuis l’ETag donné par If-None-Match." } }),
    ...(body !== undefined && { 404: problemOf("Aucune aide n’est publiée à cette adresse."), 413: problemOf("Envoi trop long.") }),
    ...((parameters.length > 0 || body !== undefined) && { 400: problemOf("Paramètre incorrect : lequel, et ce qui peut être écrit.") }),
    401: problemOf(isExchange ? "Clé absente, inconnue ou révoquée." : "Jeton refusé : faux, expiré, ou clé révoquée."),
    ...(hasAid && { 301: problemOf("L’aide est réunie à une autre, à l’adresse donnée par Location.", "GoneProblem") }),
    ...(hasTerritory && { 404: problemOf("Aucun territoire n’a cet identifiant.") }),
    ...(hasAid && { 404: problemOf("Aucune aide n’est publiée à cette adresse."), 410: problemOf("Aide retirée.", "GoneProblem") }),
    429: {
      ...problemOf("Trop de requêtes."),
      headers: { "Retry-After": { description: "Secondes à attendre.", schema: { type: "integer" } } },
    },
    default: problemOf("Autre problème."),
  };
}

function jsonContentOf(name: string): Json {
  const schema = answerSchemaOf(name);
  return { "application/json": { schema: ref(schema), ...(schema === "AidRecord" && { example: aidExample }) } };
}

function headerOf(meaning: string): Json {
  return { description: meaning, schema: { type: "string" } };
}

function problemOf(meaning: string, schema: SchemaName = "Problem"): Json {
  return { description: meaning, content: { "application/problem+json": { schema: ref(schema) } } };
}

function ref(schema: SchemaName): Json {
  return { $ref: `#/components/schemas/${schema}` };
}
