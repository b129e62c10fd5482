import { z } from "zod";
import { WrongSettings } from "../platform/config.ts";
import { oldSecrets, readSecrets, type Secrets, shortestSecret } from "../platform/secrets.ts";
import { addressSetting, portSetting } from "../platform/setting-shapes.ts";

const origin = addressSetting.refine(
  (text) => new URL(text).pathname === "/",
  "an address without a path: the console cannot share its host",
);

/** Settings of the console and of the process for people without an account. */
const shared = {
  MOISSON_CONSOLE_NAME: z.string().min(1).default("Moisson"),
  MOISSON_CONSOLE_STATE: z.string().min(1).optional(),
  MOISSON_CONSOLE_OWNER: z.string().min(1).optional(),
  MOISSON_CONSOLE_CONTACT: z.string().min(3).optional(),
  MOISSON_CONSOLE_CHECK: z.enum(["yes", "no"], { error: "yes or no" }).default("yes"),
  MOISSON_PUBLIC_URL: origin.optional(),
};

const PublicEnvironment = z.object({
  ...shared,
  MOISSON_PUBLIC_PORT: portSetting.default(3002),
  MOISSON_PUBLIC_HOST: z.string().min(1).default("127.0.0.1"),
  MOISSON_PUBLIC_PROXY: z.enum(["yes", "no"], { error: "yes or no" }).default("no"),
});

const Environment = z.object({
  ...shared,
  MOISSON_CONSOLE_PORT: portSetting.default(3000),
  MOISSON_CONSOLE_HOST: z.string().min(1).default("127.0.0.1"),
  MOISSON_CONSOLE_URL: origin.optional(),
  MOISSON_CONSOLE_PROXY: z.enum(["yes", "no"], { error: "yes or no" }).default("no"),
  MOISSON_CONSOLE_SECOND_FACTOR: z.enum(["required", "offered"], { error: "required or offered" }).default("offered"),
  MOISSON_SECRET: z
    .string()
    .min(shortestSecret, `at least ${shortestSecret} characters; best the 44 of \`openssl rand -base64 32\``)
    .optional(),
  MOISSON_OLD_SECRETS: z.string().optional(),
});

/** Settings of an external sign-in, without the beginning of their names. */
const OidcEnvironment = z.object({
  ISSUER: addressSetting.optional(),
  CLIENT_ID: z.string().min(1).optional(),
  CLIENT_SECRET: z.string().min(1).optional(),
  NAME: z.string().min(1).default("ProConnect"),
  SCOPES: z
    .string()
    .regex(/^(.* )?openid( .*)?$/, "a list that contains openid")
    .default("openid email given_name usual_name"),
  ACR: z.string().min(1).optional(),
  EMAILS: z.enum(["verified", "trusted"], { error: "verified or trusted" }).default("verified"),
});

/** The external sign-in of colleagues, and that of publishers' people. They are clients of their own at the provider. */
const oidcPrefixes = { colleagues: "MOISSON_OIDC_", publishers: "MOISSON_PUBLIC_OIDC_" } as const;

/** Names of the variables of the console and of the public process. */
export const consoleVariables: readonly string[] = [
  ...Object.keys({ ...Environment.shape, ...PublicEnvironment.shape }),
  ...Object.values(oidcPrefixes).flatMap((prefix) => Object.keys(OidcEnvironment.shape).map((name) => `${prefix}${name}`)),
];

/** Settings of the external sign-in. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Name on the sign-in button. */
  readonly name: string;
  readonly scopes: string;
  /** Accepted levels of authentication (`acr`), best first. Empty: all. */
  readonly levels: readonly string[];
  /** Trusts email addresses without `email_verified`. For issuers that check addresses, as ProConnect's providers do. */
  readonly trustsEmails: boolean;
}

/** Settings of the console, or of the process for people without an account. */
export interface ConsoleSettings {
  /** Serves only public pages, and knows no sessions. */
  readonly isPublicOnly: boolean;
  /** URL of another process that serves the public pages, without a trailing slash; null if this process serves them. */
  readonly publicUrl: string | null;
  readonly port: number;
  readonly host: string;
  /** Public URL, without a trailing slash; null if it is the address that the console listens on. */
  readonly url: string | null;
  /** The console runs behind a proxy, so `X-Forwarded-For` is trusted. */
  readonly isBehindProxy: boolean;
  /** Name of the service, shown in the header. */
  readonly name: string;
  /** Text of the State's logo, with lines separated by `|`; null for a neutral header. */
  readonly stateMark: string | null;
  /** Organisation that runs the service, for the legal notice. */
  readonly owner: string | null;
  /** Email or URL to contact it. */
  readonly contact: string | null;
  /** Anyone can check a file without an account. */
  readonly isCheckPublic: boolean;
  /** Ops and admins who sign in with a password must have a second factor. */
  readonly requiresSecondFactor: boolean;
  /** Keys of stored access keys and second factors. */
  readonly secrets: Secrets | null;
  /** External sign-in of colleagues. */
  readonly oidc: OidcSettings | null;
  /** External sign-in of publishers' people. */
  readonly spaceOidc: OidcSettings | null;
}

/** Reads the settings. Throws `WrongSettings` with a line per wrong setting. The lines contain no values, which may be secret. */
export function readConsoleSettings(environment: Readonly<Record<string, string | undefined>>): ConsoleSettings {
  const values = valuesOf(Environment, environment);
  if (values.MOISSON_CONSOLE_SECOND_FACTOR === "required" && values.MOISSON_SECRET === undefined)
    throw new WrongSettings(["MOISSON_SECRET: required for a second factor (MOISSON_CONSOLE_SECOND_FACTOR)"]);
  if (oldSecrets(environment).some((secret) => secret.length < shortestSecret))
    throw new WrongSettings([`MOISSON_OLD_SECRETS: expected keys of at least ${shortestSecret} characters, separated by commas`]);
  // Without the URL, the console would assume http and send its cookies without `Secure`.
  if (values.MOISSON_CONSOLE_PROXY === "yes" && values.MOISSON_CONSOLE_URL === undefined)
    throw new WrongSettings(["MOISSON_CONSOLE_URL: required behind a proxy (MOISSON_CONSOLE_PROXY)"]);
  return {
    ...sharedOf(values),
    isPublicOnly: false,
    publicUrl: values.MOISSON_PUBLIC_URL?.replace(/\/+$/, "") ?? null,
    port: values.MOISSON_CONSOLE_PORT,
    host: values.MOISSON_CONSOLE_HOST,
    url: values.MOISSON_CONSOLE_URL?.replace(/\/+$/, "") ?? null,
    isBehindProxy: values.MOISSON_CONSOLE_PROXY === "yes",
    requiresSecondFactor: values.MOISSON_CONSOLE_SECOND_FACTOR === "required",
    secrets: readSecrets(environment),
    oidc: oidcOf(environment, oidcPrefixes.colleagues, "MOISSON_CONSOLE_URL"),
    // The process that serves the public pages reads it.
    spaceOidc: values.MOISSON_PUBLIC_URL === undefined ? oidcOf(environment, oidcPrefixes.publishers, "MOISSON_CONSOLE_URL") : null,
  };
}

/** Reads the settings of the public process. Its only secret is that of the external sign-in of publishers' people. Throws `WrongSettings`. */
export function readPublicSettings(environment: Readonly<Record<string, string | undefined>>): ConsoleSettings {
  const values = valuesOf(PublicEnvironment, environment);
  if (values.MOISSON_PUBLIC_PROXY === "yes" && values.MOISSON_PUBLIC_URL === undefined)
    throw new WrongSettings(["MOISSON_PUBLIC_URL: required behind a proxy (MOISSON_PUBLIC_PROXY)"]);
  return {
    ...sharedOf(values),
    isPublicOnly: true,
    publicUrl: null,
    port: values.MOISSON_PUBLIC_PORT,
    host: values.MOISSON_PUBLIC_HOST,
    url: values.MOISSON_PUBLIC_URL?.replace(/\/+$/, "") ?? null,
    isBehindProxy: values.MOISSON_PUBLIC_PROXY === "yes",
    requiresSecondFactor: false,
    secrets: null,
    oidc: null,
    spaceOidc: oidcOf(environment, oidcPrefixes.publishers, "MOISSON_PUBLIC_URL"),
  };
}

/** Returns the settings of the external sign-ins by the beginning of their names; null: not set. Throws `WrongSettings`. */
export function externalSignIns(environment: Readonly<Record<string, string | undefined>>): Readonly<Record<string, OidcSettings | null>> {
  const { oidc, spaceOidc, publicUrl } = readConsoleSettings(environment);
  const ofPublishers = publicUrl === null ? spaceOidc : readPublicSettings(environment).spaceOidc;
  return { [oidcPrefixes.colleagues]: oidc, [oidcPrefixes.publishers]: ofPublishers };
}

/** `prefix`: beginning of the names, which the shape leaves out. */
function valuesOf<Shape extends z.ZodType>(
  shape: Shape,
  environment: Readonly<Record<string, string | undefined>>,
  prefix = "",
): z.infer<Shape> {
  const parsed = shape.safeParse(environment);
  if (parsed.success) return parsed.data;
  throw new WrongSettings(parsed.error.issues.map((found) => `${prefix}${String(found.path[0])}: expected ${found.message}`));
}

function sharedOf(
  values: z.infer<z.ZodObject<typeof shared>>,
): Pick<ConsoleSettings, "name" | "stateMark" | "owner" | "contact" | "isCheckPublic"> {
  return {
    name: values.MOISSON_CONSOLE_NAME,
    stateMark: values.MOISSON_CONSOLE_STATE ?? null,
    owner: values.MOISSON_CONSOLE_OWNER ?? null,
    contact: values.MOISSON_CONSOLE_CONTACT ?? null,
    isCheckPublic: values.MOISSON_CONSOLE_CHECK === "yes",
  };
}

/** Returns the settings of an external sign-in, or null. `url`: name of the setting with the address that the provider leads back to. */
function oidcOf(environment: Readonly<Record<string, string | undefined>>, prefix: string, url: string): OidcSettings | null {
  const own = Object.entries(environment).flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : []));
  const values = valuesOf(OidcEnvironment, Object.fromEntries(own), prefix);
  const { ISSUER: issuer, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret } = values;
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return null;
  const missing = Object.entries({ ISSUER: issuer, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret })
    .filter(([, value]) => value === undefined)
    .map(([name]) => `${prefix}${name}: required with the other settings of OpenID Connect`);
  if (issuer !== undefined && !isHttpsOrLocal(issuer)) missing.push(`${prefix}ISSUER: expected an address that begins with https://`);
  if (!environment[url]) missing.push(`${url}: required for OpenID Connect`);
  if (missing.length > 0 || issuer === undefined || clientId === undefined || clientSecret === undefined) throw new WrongSettings(missing);
  return {
    issuer,
    clientId,
    clientSecret,
    name: values.NAME,
    scopes: values.SCOPES,
    levels: values.ACR?.split(/\s+/).filter(Boolean) ?? [],
    trustsEmails: values.EMAILS === "trusted",
  };
}

/** Returns true for https, and for http on this machine. Over http to another machine, an eavesdropper could sign in as anyone. */
function isHttpsOrLocal(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || hostname === "localhost" || hostname === "[::1]" || /^127\./.test(hostname);
}
