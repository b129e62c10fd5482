import { z } from "zod";

/** Moisson's own settings are no secrets of a feed: a connector that named one could send it to a publisher. */
const ownSettings = /^(MOISSON_(?!URL_)|DATABASE_URL$|REDIS_URL$|HEARTBEAT_URL$|POSTGRES_|PG[A-Z]+$)/;

const webAddress = z.url({ protocol: /^https?$/ });
const environmentName = z.string().regex(/^[A-Z][A-Z0-9_]*$/, "an environment variable: capitals, digits, _");
/** Name of the environment variable that holds a secret. */
const secretName = environmentName.refine((name) => !ownSettings.test(name), "a setting of Moisson's own, no secret of a feed");
const path = z.string().min(1);

/** Who we are to the publisher's server. Secrets are named, never written. */
const Auth = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("basic"), usernameFrom: secretName, passwordFrom: secretName }),
  z.strictObject({ kind: z.literal("bearer"), tokenFrom: secretName }),
  /** A lasting key is exchanged for a token that lives for a while, as Aides-territoires does. The token is renewed where it is refused. */
  z.strictObject({
    kind: z.literal("tokenExchange"),
    url: webAddress,
    method: z.enum(["GET", "POST"]).default("POST"),
    /** Header -> secret, sent to `url` only. */
    headersFrom: z.record(z.string(), secretName),
    /** Where the token stands in the answer, which is JSON. */
    tokenPath: path.default("token"),
  }),
  /** OAuth 2.0 client credentials (RFC 6749, 4.4). The token is kept for as long as it says that it lives, and renewed. */
  z.strictObject({
    kind: z.literal("clientCredentials"),
    tokenUrl: webAddress,
    clientIdFrom: secretName,
    clientSecretFrom: secretName,
    scope: z.string().min(1).optional(),
    audience: z.string().min(1).optional(),
    /** Where the two are sent: as Basic authentication, or in the form. */
    credentialsIn: z.enum(["header", "body"]).default("header"),
  }),
]);

/** Certificates, each as PEM text or as the path of a PEM file. */
const Tls = z
  .strictObject({
    /** Authority trusted for this feed, beside the system's. */
    caFrom: secretName.optional(),
    /** Our own certificate and its key, for servers that want one. */
    certificateFrom: secretName.optional(),
    keyFrom: secretName.optional(),
    passphraseFrom: secretName.optional(),
  })
  .refine((tls) => (tls.certificateFrom === undefined) === (tls.keyFrom === undefined), "a certificate and its key go together");

/** What is sent with the question; with it the feed is asked by POST. `"{type}"` in it stands for the values of the facet `type` (see `split`). */
const Body = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("json"), value: z.json() }),
  z.strictObject({ kind: z.literal("form"), fields: z.record(z.string(), z.string()) }),
  z.strictObject({
    kind: z.literal("multipart"),
    /** In order. A value that is no text is written as JSON, and says so. */
    parts: z.array(z.strictObject({ name: z.string().min(1), value: z.json() })).min(1),
  }),
]);

/** Where the parameters of paging go: into the address, or into the body at its top. */
const parametersIn = z.enum(["query", "body"]).default("query");

function isJsonObject(value: z.infer<ReturnType<typeof z.json>>): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** How the pages of a feed follow each other. */
const Paging = z.discriminatedUnion("kind", [
  /** `?limit=20&offset=40`: asked until an empty page, or until the announced total is reached. */
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
  /** The address of the next page stands in the body under this path (`next`), or in the header `Link` (`rel="next"`, RFC 8288). */
  z.strictObject({ kind: z.literal("nextLink"), path }),
  z.strictObject({ kind: z.literal("linkHeader") }),
  /** Each page says under `path` what to ask the next one with. */
  z.strictObject({ kind: z.literal("cursor"), path, parameter: z.string().min(1), parametersIn }),
]);

/**
 * For servers that give no more than so many records of one question: where more are announced, it is asked once for each value of the first facet, of
 * those that are still too many once for each value of the next. In the address or the body `{name}` stands for the values asked: all of them at first
 * (a member of a list becomes several; in the address the parameter is left out), then one.
 */
const Split = z.strictObject({
  /** Most records that one question can walk through. */
  window: z.int().min(1),
  facets: z.array(z.strictObject({ name: z.string().regex(/^[a-zA-Z]\w*$/), values: z.array(z.string().min(1)).min(1) })).min(1),
});

/** A dataset of an open-data portal: its newest file in the format is the feed. */
const Dataset = z.strictObject({
  portal: z.enum(["dataGouv", "ckan"]),
  /** Root of the portal's API. */
  api: webAddress,
  /** Identifier or slug of the dataset. */
  id: z.string().min(1),
  /** Format as the portal writes it, any case. */
  format: z.string().min(1),
  /** Words that the title of the file has, where the dataset has several files of the format. */
  titled: z.string().min(1).optional(),
});

/** Where the feed is and how it is asked for. Exactly one of `url`, `urlFrom` and `dataset`. */
export const Feed = z
  .strictObject({
    url: webAddress.optional(),
    /** Environment variable that holds the address, where it is not public or not recorded: `MOISSON_URL_<ID>`. */
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
    /** Hosts (`name` or `name:port`) that may be reached though their address is private. */
    allowHosts: z.array(z.string().min(1)).optional(),
    /** Largest feed, all pages together, as received. */
    maxMegabytes: z.number().positive().optional(),
    maxPages: z.int().min(1).optional(),
    /** Time for one answer, whole. */
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
  .refine(
    ({ paging, body }) => paging === undefined || !("parametersIn" in paging) || paging.parametersIn === "query" || body !== undefined,
    { error: "there is no body for the parameters", path: ["paging"] },
  )
  .refine(
    ({ paging, body }) =>
      paging === undefined ||
      !("parametersIn" in paging) ||
      paging.parametersIn === "query" ||
      body?.kind !== "json" ||
      isJsonObject(body.value),
    { error: "a body that is no JSON object has no place for the parameters", path: ["body"] },
  );

/** How a connector's feed is asked for. */
export type Feed = z.output<typeof Feed>;
/** Who we are to a server. */
export type Auth = z.output<typeof Auth>;
/** What is sent with a question. */
export type FeedBody = z.output<typeof Body>;
/** How pages follow each other. */
export type Paging = z.output<typeof Paging>;
/** How a question of too many records is divided. */
export type Split = z.output<typeof Split>;
/** A dataset of an open-data portal. */
export type Dataset = z.output<typeof Dataset>;
