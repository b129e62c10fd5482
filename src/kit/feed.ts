import { z } from "zod";

/** Moisson's own settings may not be used as secrets of a feed: a connector could send them to a publisher. */
const ownSettings = /^(MOISSON_(?!URL_)|DATABASE_URL$|REDIS_URL$|HEARTBEAT_URL$|POSTGRES_|PG[A-Z]+$)/;

const webAddress = z.url({ protocol: /^https?$/ });
const environmentName = z.string().regex(/^[A-Z][A-Z0-9_]*$/, "an environment variable: capitals, digits, _");
/** Name of the environment variable with a secret. */
const secretName = environmentName.refine((name) => !ownSettings.test(name), "a setting of Moisson's own, no secret of a feed");
const path = z.string().min(1);

/** Authentication at the publisher's server. Secrets are referred to by name, never written. */
const Auth = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("basic"), usernameFrom: secretName, passwordFrom: secretName }),
  z.strictObject({ kind: z.literal("bearer"), tokenFrom: secretName }),
  /** A permanent key is exchanged for a temporary token, as on Aides-territoires. A refused token is renewed. */
  z.strictObject({
    kind: z.literal("tokenExchange"),
    url: webAddress,
    method: z.enum(["GET", "POST"]).default("POST"),
    /** Header -> secret, sent to `url` only. */
    headersFrom: z.record(z.string(), secretName),
    /** Path of the token in the JSON answer. */
    tokenPath: path.default("token"),
  }),
  /** OAuth 2.0 client credentials (RFC 6749, 4.4). The token is reused until it expires, then renewed. */
  z.strictObject({
    kind: z.literal("clientCredentials"),
    tokenUrl: webAddress,
    clientIdFrom: secretName,
    clientSecretFrom: secretName,
    scope: z.string().min(1).optional(),
    audience: z.string().min(1).optional(),
    /** Where the credentials are sent: as Basic authentication, or in the form. */
    credentialsIn: z.enum(["header", "body"]).default("header"),
  }),
]);

/** Certificates, each as PEM text or as the path of a PEM file. */
const Tls = z
  .strictObject({
    /** Authority trusted for this feed, in addition to the system's. */
    caFrom: secretName.optional(),
    /** Client certificate with its key, for servers that require one. */
    certificateFrom: secretName.optional(),
    keyFrom: secretName.optional(),
    passphraseFrom: secretName.optional(),
  })
  .refine((tls) => (tls.certificateFrom === undefined) === (tls.keyFrom === undefined), "a certificate and its key go together");

/** Body of the request, which is then a POST. `"{type}"` is replaced by the values of the facet `type` (see `split`). */
const Body = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("json"), value: z.json() }),
  z.strictObject({ kind: z.literal("form"), fields: z.record(z.string(), z.string()) }),
  z.strictObject({
    kind: z.literal("multipart"),
    /** Parts in order. A value other than text is sent as JSON, with that content type. */
    parts: z.array(z.strictObject({ name: z.string().min(1), value: z.json() })).min(1),
  }),
]);

/** Where paging parameters go: the address, or the top level of the body. */
const parametersIn = z.enum(["query", "body"]).default("query");

function isJsonObject(value: z.infer<ReturnType<typeof z.json>>): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Kind of pagination. */
const Paging = z.discriminatedUnion("kind", [
  /** `?limit=20&offset=40`: requested until a page is empty or the announced total is reached. */
  z.strictObject({
    kind: z.literal("offset"),
    limitParameter: z.string().min(1),
    offsetParameter: z.string().min(1),
    pageSize: z.int().min(1),
    parametersIn,
  }),
  /** `?page=3`. */
  z.strictObject({
    kind: z.literal("page"),
    pageParameter: z.string().min(1),
    firstPage: z.int().min(0).default(1),
    sizeParameter: z.string().min(1).optional(),
    pageSize: z.int().min(1).optional(),
    parametersIn,
  }),
  /** Address of the next page in the body at this path (`next`), or in the header `Link` (`rel="next"`, RFC 8288). */
  z.strictObject({ kind: z.literal("nextLink"), path }),
  z.strictObject({ kind: z.literal("linkHeader") }),
  /** Each page contains at `path` the parameter for the next one. */
  z.strictObject({ kind: z.literal("cursor"), path, parameter: z.string().min(1), parametersIn }),
]);

function pagesInBody(paging: Paging | undefined): boolean {
  return paging !== undefined && "parametersIn" in paging && paging.parametersIn === "body";
}

/**
 * For servers that limit the records of one query. If more are announced, the query is repeated for each value of the first facet, and
 * where that is still too much for each value of the next. In the address or the body, `{name}` is replaced by the values: at first all of
 * them (a list member becomes several; in the address the parameter is dropped), then one.
 */
const Split = z.strictObject({
  /** Maximum number of records that one query returns over its pages. */
  window: z.int().min(1),
  facets: z.array(z.strictObject({ name: z.string().regex(/^[a-zA-Z]\w*$/), values: z.array(z.string().min(1)).min(1) })).min(1),
});

/** A dataset of an open-data portal. Its newest file in the format is the feed. */
const Dataset = z.strictObject({
  portal: z.enum(["dataGouv", "ckan"]),
  /** Root of the portal's API. */
  api: webAddress,
  /** Identifier or slug of the dataset. */
  id: z.string().min(1),
  /** Format as the portal writes it, in any case. */
  format: z.string().min(1),
  /** Words of the file's title, if the dataset has several files of the format. */
  titled: z.string().min(1).optional(),
});

/** Location of the feed and how to request it. Exactly one of `url`, `urlFrom` and `dataset` is required. */
export const Feed = z
  .strictObject({
    url: webAddress.optional(),
    /** Environment variable with the address, if it is not public or not known: `MOISSON_URL_<ID>`. */
    urlFrom: environmentName.optional(),
    dataset: Dataset.optional(),
    headers: z.record(z.string(), z.string()).optional(),
    /** Header -> environment variable of its secret. */
    headersFrom: z.record(z.string(), secretName).optional(),
    auth: Auth.optional(),
    tls: Tls.optional(),
    body: Body.optional(),
    paging: Paging.optional(),
    split: Split.optional(),
    /** Hosts (`name` or `name:port`) that may be fetched although their address is private. */
    allowHosts: z.array(z.string().min(1)).optional(),
    /** Maximum size of the feed as received, all pages together. */
    maxMegabytes: z.number().positive().optional(),
    maxPages: z.int().min(1).optional(),
    /** Timeout of one answer, including its body. */
    timeoutSeconds: z.number().positive().optional(),
  })
  .refine(
    (feed) => [feed.url, feed.urlFrom, feed.dataset].filter((given) => given !== undefined).length === 1,
    "give one of url, urlFrom and dataset",
  )
  .refine(
    (feed) => feed.dataset === undefined || (feed.paging === undefined && feed.body === undefined),
    "the file of a dataset comes whole and without a question",
  )
  .refine((feed) => feed.split === undefined || feed.paging !== undefined, { error: "what is split is paged", path: ["split"] })
  .refine(({ paging, body }) => !pagesInBody(paging) || body !== undefined, {
    error: 'parametersIn is "body", but the request has no body',
    path: ["paging"],
  })
  .refine(({ paging, body }) => !pagesInBody(paging) || body?.kind !== "json" || isJsonObject(body.value), {
    error: 'must be a JSON object, because parametersIn is "body"',
    path: ["body"],
  });

/** How a connector's feed is requested. */
export type Feed = z.output<typeof Feed>;
/** Authentication at a server. */
export type Auth = z.output<typeof Auth>;
/** Body of a request. */
export type FeedBody = z.output<typeof Body>;
/** Kind of pagination. */
export type Paging = z.output<typeof Paging>;
/** How a query with too many records is split. */
export type Split = z.output<typeof Split>;
/** A dataset of an open-data portal. */
export type Dataset = z.output<typeof Dataset>;

/** Lists the variables with the secrets of a feed, in the order of the definition, without duplicates. */
export function secretNames({ headersFrom = {}, auth, tls = {} }: Feed): string[] {
  const named = [...Object.values(headersFrom), ...namesOfAuth(auth), ...Object.values(tls)];
  return [...new Set(named.filter((name) => name !== undefined))];
}

function namesOfAuth(auth: Auth | undefined): string[] {
  switch (auth?.kind) {
    case "basic":
      return [auth.usernameFrom, auth.passwordFrom];
    case "bearer":
      return [auth.tokenFrom];
    case "tokenExchange":
      return Object.values(auth.headersFrom);
    case "clientCredentials":
      return [auth.clientIdFrom, auth.clientSecretFrom];
    default:
      return [];
  }
}
