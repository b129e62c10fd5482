import { z } from "zod";
import { WrongSettings } from "../../platform/config.ts";
import { cronProblem } from "../../registry/cron-problem.ts";

/** Half past six in Paris on working days; public holidays are ignored. */
const usualCron = "30 6 * * 1-5";

/** Mail server, sender and recipients. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** Encrypted from the start (`smtps://`), else as soon as the server offers it. */
  readonly isSecure: boolean;
  readonly login: { readonly user: string; readonly password: string } | null;
  readonly from: string;
  readonly to: readonly string[];
}

/** Time and channels of the digest; both channels are optional. */
export interface DigestSettings {
  /** Five cron fields, Paris time. */
  readonly cron: string;
  readonly mail: MailSettings | null;
  /** Incoming webhook of Mattermost or Slack. Its path is a secret. */
  readonly webhook: URL | null;
}

const address = /^[^\s<>,@]+@[^\s<>,@]+$|^[^<>,\r\n]*<[^\s<>,@]+@[^\s<>,@]+>$/;
const anAddress = "an address, as moisson@example.org or Moisson <moisson@example.org>";

const SmtpUrl = z.string().transform((text, context) => {
  const read = readSmtp(text);
  if (read !== null) return read;
  context.addIssue("an address, as smtp://user:password@mail.example.org:587 (special characters of the password as %40, %3A…)");
  return z.NEVER;
});

const Environment = z.object({
  MOISSON_SMTP_URL: SmtpUrl.optional(),
  MOISSON_DIGEST_FROM: z.string().trim().regex(address, anAddress).optional(),
  MOISSON_DIGEST_TO: z
    .string()
    .transform((text) => text.split(",").flatMap((one) => one.trim() || []))
    .refine((all) => all.length > 0 && all.every((one) => address.test(one)), "a list of addresses, as marie@example.org,ops@example.org")
    .optional(),
  MOISSON_DIGEST_WEBHOOK: z
    .url({ protocol: /^https?$/, error: "an address that begins with https://" })
    .transform((text) => new URL(text))
    .optional(),
  MOISSON_DIGEST_CRON: z
    .string()
    .refine((text) => cronProblem(text) === undefined, {
      error: ({ input }) => `a cron expression, as ${usualCron}: ${cronProblem(String(input))}`,
    })
    .optional(),
});
const mailVariables = ["MOISSON_SMTP_URL", "MOISSON_DIGEST_FROM", "MOISSON_DIGEST_TO"] as const;

/**
 * Reads the settings of the digest. Empty variables count as unset. Mail needs all three of its variables: with one forgotten, nobody
 * would miss the page. Throws `WrongSettings` with one line per invalid variable, without its value.
 */
export function readDigestSettings(environment: Readonly<Record<string, string | undefined>>): DigestSettings {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Environment.safeParse(filled);
  const problems = parsed.success ? [] : parsed.error.issues.map((found) => `${String(found.path[0])}: expected ${found.message}`);
  const missing = mailVariables.filter((name) => filled[name] === undefined);
  if (missing.length > 0 && missing.length < mailVariables.length) {
    const given = mailVariables.find((name) => filled[name] !== undefined);
    problems.push(...missing.map((name) => `${name}: expected, because ${given} is set`));
  }
  if (problems.length > 0 || !parsed.success) throw new WrongSettings(problems);
  const { MOISSON_SMTP_URL: smtp, MOISSON_DIGEST_FROM: from, MOISSON_DIGEST_TO: to, ...rest } = parsed.data;
  return {
    cron: rest.MOISSON_DIGEST_CRON ?? usualCron,
    mail: smtp === undefined || from === undefined || to === undefined ? null : { ...smtp, from, to },
    webhook: rest.MOISSON_DIGEST_WEBHOOK ?? null,
  };
}

function readSmtp(text: string): Omit<MailSettings, "from" | "to"> | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isSecure = url.protocol === "smtps:";
  if ((url.protocol !== "smtp:" && !isSecure) || url.hostname === "") return null;
  try {
    const user = decodeURIComponent(url.username);
    const login = user === "" ? null : { user, password: decodeURIComponent(url.password) };
    const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
    return { host, port: Number(url.port) || (isSecure ? 465 : login === null ? 25 : 587), isSecure, login };
  } catch {
    return null; // a stray % in user or password
  }
}
