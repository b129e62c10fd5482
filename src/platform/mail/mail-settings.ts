import { z } from "zod";
import { readVariables } from "../config.ts";

/** Mail server and sender. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** Encrypted from the start (`smtps://`), else as soon as the server offers it. */
  readonly isSecure: boolean;
  readonly login: { readonly user: string; readonly password: string } | null;
  readonly from: string;
}

/** Mail server, sender, and recipients of the digest. */
export interface MailSettings extends MailServer {
  readonly to: readonly string[];
}

const address = /^[^\s<>,@]+@[^\s<>,@]+$|^[^<>,\r\n]*<[^\s<>,@]+@[^\s<>,@]+>$/;
const anAddress = "an address, as moisson@example.org or Moisson <moisson@example.org>";

const SmtpUrl = z.string().transform((text, context) => {
  const read = readSmtp(text);
  if (read !== null) return read;
  context.addIssue("an address, as smtp://user:password@mail.example.org:587 (special characters of the password as %40, %3A…)");
  return z.NEVER;
});

/** Variables of the mail. */
export const mailShape = {
  MOISSON_SMTP_URL: SmtpUrl.optional(),
  MOISSON_DIGEST_FROM: z.string().trim().regex(address, anAddress).optional(),
  MOISSON_DIGEST_TO: z
    .string()
    .transform((text) => text.split(",").flatMap((one) => one.trim() || []))
    .refine((all) => all.length > 0 && all.every((one) => address.test(one)), "a list of addresses, as marie@example.org,ops@example.org")
    .optional(),
};
const MailEnvironment = z.object(mailShape);

/** Returns a line per missing variable. Mail needs all three: with one forgotten, nobody would miss the mail. */
export function missingForMail(filled: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(mailShape);
  const given = names.find((name) => filled[name] !== undefined);
  return given === undefined
    ? []
    : names.flatMap((name) => (filled[name] === undefined ? [`${name}: expected, because ${given} is set`] : []));
}

/** Reads the settings of the mail; null if they are not set. Throws `WrongSettings`. */
export function readMailSettings(environment: Readonly<Record<string, string | undefined>>): MailSettings | null {
  return mailOf(readVariables(MailEnvironment, environment, missingForMail));
}

/** Returns the settings from the values of the variables; null if they are not set. */
export function mailOf(values: z.infer<typeof MailEnvironment>): MailSettings | null {
  const { MOISSON_SMTP_URL: smtp, MOISSON_DIGEST_FROM: from, MOISSON_DIGEST_TO: to } = values;
  return smtp === undefined || from === undefined || to === undefined ? null : { ...smtp, from, to };
}

function readSmtp(text: string): Omit<MailServer, "from"> | null {
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
