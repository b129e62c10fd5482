import { createTransport } from "nodemailer";
import type { DeliveryCode, DeliveryFailure } from "../aid/digest.ts";
import type { MailSettings } from "./settings.ts";

/** Times for the steps of handing in a mail, and for all of it. */
const stepMs = 10_000;
const usualPatienceMs = 40_000;

/** What is sent. `digestId`: the same mail sent twice has the same Message-ID. */
export interface Letter {
  readonly digestId: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What came of a mail. `reached`: at least one address has it; then a failure names the others' refusal. */
export interface MailSent {
  readonly reached: boolean;
  readonly failure: DeliveryFailure | null;
}

/** Hands a mail in. A password is given to a server elsewhere over an encrypted connection only. Never throws. */
export async function sendByMail(
  settings: MailSettings,
  letter: Letter,
  now: Date,
  signal: AbortSignal,
  patienceMs = usualPatienceMs,
): Promise<MailSent> {
  const { host, port, isSecure, login, from, to } = settings;
  const transport = createTransport({
    host,
    port,
    secure: isSecure,
    requireTLS: login !== null && !isLoopback(host),
    ...(login !== null && { auth: { user: login.user, pass: login.password } }),
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    socketTimeout: stepMs,
    dnsTimeout: stepMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const failed = (code: DeliveryCode, status: number | null): DeliveryFailure => ({ channel: "mail", code, status, at: now.toISOString() });
  try {
    const sent = await within(
      AbortSignal.any([AbortSignal.timeout(patienceMs), signal]),
      transport.sendMail({
        from,
        to: [...to],
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        messageId: `<${letter.digestId}@${from.replace(/^.*@|>$/g, "")}>`,
        headers: { "Auto-Submitted": "auto-generated", "Content-Language": "fr" },
      }),
    );
    return { reached: true, failure: sent.rejected.length === 0 ? null : failed("recipients-refused", null) };
  } catch (error) {
    return { reached: false, failure: failed(codeOf(error), statusOf(error)) };
  } finally {
    transport.close();
  }
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

const codes: Readonly<Record<string, DeliveryCode>> = {
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

/** The words of the server stay out: they may repeat what it was sent. */
function codeOf(error: unknown): DeliveryCode {
  if (error instanceof Error && error.name === "TimeoutError") return "timed-out";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return codes[code] ?? "failed";
}

function statusOf(error: unknown): number | null {
  const status = error instanceof Error && "responseCode" in error ? error.responseCode : null;
  return typeof status === "number" ? status : null;
}
