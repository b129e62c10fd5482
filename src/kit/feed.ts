import { z } from "zod";
import { isRecord } from "./expressions/field-path.ts";

/** Moisson's own settings. A feed may not use them as secrets, because it would send them to a publisher. */
const ownSettings = /^(MOISSON_(?!URL_)|DATABASE_URL$|REDIS_URL$|HEARTBEAT_URL$|POSTGRES_|PG[A-Z]+$)/;

const webAddress = z.url({ protocol: /^https?$/ });
const environmentName = z.string().regex(/^[A-Z][A-Z0-9_]*$/, "an environment variable: capitals, digits, _");
/** Name of the environment variable with a secret. */
const secretName = environmentName.refine((name) => !ownSettings.test(name), "is a setting of Moisson itself: use another variable");
const path = z.string().min(1);

/** Authentication at the publisher's server. A connector contains names of environment variables, never secrets. */
const Auth = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("basic"), usernameFrom: secretName, passwordFrom: secretName }),
  z.strictObject({ kind: z.literal("bearer"), tokenFrom: secretName }),
  /** Exchanges a permanent key for a temporary token, as Aides-territoires requires. A refused token is renewed. */
  z.strictObject({
    kind: z.literal("tokenExchange"),
    url: webAddress,
    method: z.enum(["GET", "POST"]).default("POST"),
    /** Variables of the headers sent to `url` only. */
    headersFrom: z.record(z.string(), secretName),
    /** Path of the token in the JSON answer. */
    tokenPath: path.default("token"),
  }),
  /** OAuth 2.0 client credentials (RFC 6749, 4.4). The token is used until it expires. */
  z.strictObject({
    kind: z.literal("clientCredentials"),
    tokenUrl: webAddress,
    clientIdFrom: secretName,
    clientSecretFrom: secretName,
    scope: z.string().min(1).optional(),
    audience: z.string().min(1).optional(),
    /** `header`: Basic authentication. `body`: in the form. */
    credentialsIn: z.enum(["header", "body"]).default("header"),
  }),
]);

/** Certificates, each as PEM text or as the path of a PEM file. */
const Tls = z
  .strictObject({
    /** A certificate authority that is trusted for this feed only, in addition to the system's. */
    caFrom: secretName.optional(),
    /** Client certificate with its key, for servers that require one. */
    certificateFrom: secretName.optional(),
    keyFrom: secretName.optional(),
    passphraseFrom: secretName.optional(),
  })
  .refine(
    (tls) => (tls.certificateFrom === undefined) === (tls.keyFrom === undefined),
    "certificateFrom requires keyFrom, and keyFrom requires certificateFrom",
  );

/** Body of the request. With a body, the method is POST. `"{type}"` is replaced by values of the facet `type`: see `split`. */
const Body = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("json"), value: z.json() }),
  z.strictObject({ kind: z.literal("form"), fields: z.record(z.string(), z.string()) }),
  z.strictObject({
    kind: z.literal("multipart"),
    /** A value other than text is sent as JSON, with content type `application/json`. */
    parts: z.array(z.strictObject({ name: z.string().min(1), value: z.json() })).min(1),
  }),
]);

/** Where paging parameters go: the address, or the top level of the body. */
const parametersIn = z.enum(["query", "body"]).default("query");

const Paging = z.discriminatedUnion("kind", [
  /** `?limit=20&offset=40`, until a page is empty or the announced total is reached. */
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
  /** The body contains the address of the next page at this path. In HTML, the path is a value such as `a[rel=next]@href`. */
  z.strictObject({ kind: z.literal("nextLink"), path }),
  /** An XML sitemap, or an index of sitemaps. `only`: patterns of the paths of the sitemaps to read. */
  z.strictObject({ kind: z.literal("sitemaps"), only: z.array(z.string().startsWith("/")).min(1).optional() }),
  /** The header `Link` contains the address of the next page (`rel="next"`, RFC 8288). */
  z.strictObject({ kind: z.literal("linkHeader") }),
  /** The body contains at `path` the value of the parameter for the next page. */
  z.strictObject({ kind: z.literal("cursor"), path, parameter: z.string().min(1), parametersIn }),
]);

function pagesInBody(paging: Paging | undefined): boolean {
  return paging !== undefined && "parametersIn" in paging && paging.parametersIn === "body";
}

/**
 * Splits a query for servers that limit its number of records. If the first query announces more than `window` records, one query is sent
 * for each value of the first facet. A query that still announces too many is split by the next facet. `{name}` in the address or the body
 * is replaced by one value. In the first query it means all values: in the body it becomes several list members, in the address the
 * parameter is dropped.
 */
const Split = z.strictObject({
  /** Maximum number of records that the server returns for one query, over all its pages. */
  window: z.int().min(1),
  facets: z.array(z.strictObject({ name: z.string().regex(/^[a-zA-Z]\w*$/), values: z.array(z.string().min(1)).min(1) })).min(1),
});

/** A dataset of an open-data portal. The feed is the newest file in the given format. */
const Dataset = z.strictObject({
  portal: z.enum(["dataGouv", "ckan"]),
  /** Root of the portal's API. */
  api: webAddress,
  /** Identifier or slug of the dataset. */
  id: z.string().min(1),
  /** The portal's name of the format, in upper or lower case. */
  format: z.string().min(1),
  /** Words that the file's title must contain. */
  titled: z.string().min(1).optional(),
});

/** Address of the feed and how to request it. Exactly one of `url`, `urlFrom` and `dataset` is required. */
export const Feed = z
  .strictObject({
    url: webAddress.optional(),
    /** Environment variable with an address that is not public or not known yet: `MOISSON_URL_<ID>`. */
    urlFrom: environmentName.optional(),
    dataset: Dataset.optional(),
    headers: z.record(z.string(), z.string()).optional(),
    /** Environment variables with the secret values of headers. */
    headersFrom: z.record(z.string(), secretName).optional(),
    auth: Auth.optional(),
    tls: Tls.optional(),
    body: Body.optional(),
    paging: Paging.optional(),
    split: Split.optional(),
    /** Hosts (`name` or `name:port`) with a private address that may be fetched. */
    allowHosts: z.array(z.string().min(1)).optional(),
    /** Earlier name of `budget.downloadMegabytes`. */
    maxMegabytes: z.number().positive().optional(),
    /** Earlier name of `budget.pages`. */
    maxPages: z.int().min(1).optional(),
    /** Timeout of one response, including its body. */
    timeoutSeconds: z.number().positive().optional(),
  })
  .refine(
    (feed) => [feed.url, feed.urlFrom, feed.dataset].filter((given) => given !== undefined).length === 1,
    "must have exactly one of url, urlFrom and dataset",
  )
  .refine(
    (feed) => feed.dataset === undefined || (feed.paging === undefined && feed.body === undefined),
    "a dataset allows neither paging nor body",
  )
  .refine((feed) => feed.split === undefined || feed.paging !== undefined, { error: "split requires paging", path: ["split"] })
  .refine(({ paging, body }) => !pagesInBody(paging) || body !== undefined, {
    error: 'parametersIn is "body", but the request has no body',
    path: ["paging"],
  })
  .refine(({ paging, body }) => !pagesInBody(paging) || body?.kind !== "json" || isRecord(body.value), {
    error: 'must be a JSON object, because parametersIn is "body"',
    path: ["body"],
  });

/** Address of a connector's feed and how to request it. */
export type Feed = z.output<typeof Feed>;
export type Auth = z.output<typeof Auth>;
export type FeedBody = z.output<typeof Body>;
export type Paging = z.output<typeof Paging>;
/** Kind of pagination of requests that follow from each other. */
export type WalkedPaging = Exclude<Paging, { readonly kind: "sitemaps" }>;
export type Split = z.output<typeof Split>;
export type Dataset = z.output<typeof Dataset>;

/** Lists the environment variables with a feed's secrets, in the order of the definition, without duplicates. */
export function secretNames({ headersFrom = {}, auth, tls = {} }: Feed): string[] {
  const named = [...Object.values(headersFrom), ...namesOfAuth(auth), ...Object.values(tls)];
  return [...new Set(named.filter((name) => name !== undefined))];
}

function namesOfAuth(auth: Auth | undefined): string[] {
  const settings = Object.entries(auth ?? {}).filter(([key]) => key.endsWith("From"));
  return settings.flatMap(([, names]) => (typeof names === "string" ? [names] : Object.values(names as Readonly<Record<string, string>>)));
}
