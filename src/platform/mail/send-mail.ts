import { createTransport } from "nodemailer";
import type { MailServer } from "./mail-settings.ts";

/** Timeouts of each step and of the whole delivery: servers examine a mail before they accept it. */
const stepMs = 10_000;
const usualPatienceMs = 40_000;

/** A mail to deliver. `messageId`: without the sender's domain; the same when a mail is sent twice. */
export interface Mail {
  readonly messageId: string;
  /** Addresses, optionally as `Name <address>`. */
  readonly to: readonly string[];
  readonly replyTo?: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Why a mail was not delivered. */
type MailFailure = "no-connection" | "timed-out" | "login-refused" | "tls-refused" | "message-refused" | "failed";

/**
 * Result of a delivery. `refused`: recipients that do not get the mail; `isUncertain`: the server got all of it without answering, so it
 * may still arrive.
 */
export type SentMail =
  | { readonly reached: true; readonly refused: readonly string[] }
  | { readonly reached: false; readonly code: MailFailure; readonly status: number | null; readonly isUncertain: boolean };

/** Connects to a mail server and signs in, but sends nothing. Returns the code of the failure, or null. */
export async function mailServerProblem(settings: MailServer, patienceMs: number): Promise<MailFailure | null> {
  const transport = createTransport(connectionTo(settings, patienceMs));
  try {
    await within(AbortSignal.timeout(patienceMs), transport.verify());
    return null;
  } catch (error) {
    return codeOf(error);
  } finally {
    transport.close();
  }
}

/** Returns how to connect. A password is sent to another machine over an encrypted connection only. */
function connectionTo({ host, port, isSecure, login }: MailServer, patienceMs: number) {
  return {
    host,
    port,
    secure: isSecure,
    requireTLS: login !== null && !isLoopback(host),
    ...(login !== null && { auth: { user: login.user, pass: login.password } }),
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    socketTimeout: patienceMs,
    dnsTimeout: stepMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Delivers a mail to the server. Never throws. */
export async function sendMail(
  settings: MailServer,
  { messageId, to, replyTo, html, headers, ...words }: Mail,
  signal: AbortSignal,
  patienceMs = usualPatienceMs,
): Promise<SentMail> {
  const { from } = settings;
  let isWritten = false;
  const logger = loggerOf(() => {
    isWritten = true;
  });
  const transport = createTransport({ ...connectionTo(settings, patienceMs), logger });
  try {
    const sent = await within(
      AbortSignal.any([AbortSignal.timeout(patienceMs), signal]),
      transport.sendMail({
        from,
        to: [...to],
        ...(replyTo !== undefined && { replyTo: { ...replyTo } }),
        ...words,
        ...(html !== undefined && { html }),
        messageId: `<${messageId}@${from.replace(/^.*@|>$/g, "")}>`,
        headers: { ...headers },
      }),
    );
    return { reached: true, refused: [...sent.rejected] };
  } catch (error) {
    const status = statusOf(error);
    return { reached: false, code: codeOf(error), status, isUncertain: isWritten && status === null };
  } finally {
    transport.close();
  }
}

/** The library reports only in its log that the last byte of a mail is written. */
function loggerOf(written: () => void) {
  const info = (entry: unknown) => {
    if (typeof entry === "object" && entry !== null && "tnx" in entry && entry.tnx === "message") written();
  };
  return { info };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

const codes: Readonly<Record<string, MailFailure>> = {
  EAUTH: "login-refused",
  ENOAUTH: "login-refused",
  ETLS: "tls-refused",
  EREQUIRETLS: "tls-refused",
  EENVELOPE: "message-refused",
  EMESSAGE: "message-refused",
  ETIMEDOUT: "timed-out",
  ECONNECTION: "no-connection",
  ESOCKET: "no-connection",
  EDNS: "no-connection",
  ECONNREFUSED: "no-connection",
};

/** The server's text is left out, because it may repeat parts of the mail. */
function codeOf(error: unknown): MailFailure {
  if (error instanceof Error && error.name === "TimeoutError") return "timed-out";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return codes[code] ?? "failed";
}

function statusOf(error: unknown): number | null {
  const status = error instanceof Error && "responseCode" in error ? error.responseCode : null;
  return typeof status === "number" ? status : null;
}
