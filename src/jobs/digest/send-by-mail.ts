import type { DeliveryCode, DeliveryFailure } from "../../model/run/digest.ts";
import { handInMail } from "./hand-in-mail.ts";
import type { MailSettings } from "./settings.ts";

/** The mail. `digestId`: gives the same Message-ID when it is sent twice. */
export interface Letter {
  readonly digestId: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Result of a mail. `reached`: at least one recipient has it; a failure then names the others. */
export interface MailSent {
  readonly reached: boolean;
  readonly failure: DeliveryFailure | null;
}

/** Sends the digest by mail. Never throws. */
export async function sendByMail(
  settings: MailSettings,
  { digestId, ...words }: Letter,
  now: Date,
  signal: AbortSignal,
  patienceMs?: number,
): Promise<MailSent> {
  const failed = (code: DeliveryCode, status: number | null): DeliveryFailure => ({ channel: "mail", code, status, at: now.toISOString() });
  const headers = { "Auto-Submitted": "auto-generated", "Content-Language": "fr" };
  const sent = await handInMail(settings, { ...words, messageId: digestId, to: settings.to, headers }, signal, patienceMs);
  if (!sent.reached) return { reached: false, failure: failed(sent.code, sent.status) };
  return { reached: true, failure: sent.refused.length === 0 ? null : failed("recipients-refused", null) };
}
