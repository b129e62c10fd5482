import type { DigestRepository, KeptDigest } from "../../catalogue/runs/digest-repository.ts";
import { type RenderedDigest, renderDigest } from "../../french/digest/digest.ts";
import type { DeliveryCode, DeliveryFailure, DigestChannel } from "../../model/run/digest-delivery.ts";
import { addressGuard } from "../../platform/address-guard.ts";
import { discard } from "../../platform/http-client.ts";
import { openConnections } from "../../platform/http-connections.ts";
import type { MailSettings } from "../../platform/mail/mail-settings.ts";
import { sendMail } from "../../platform/mail/send-mail.ts";
import type { DigestSettings } from "./digest-settings.ts";

/** Returns the configured channels. */
export function channelsOf({ mail, webhook }: DigestSettings): DigestChannel[] {
  return [...(mail === null ? [] : (["mail"] as const)), ...(webhook === null ? [] : (["webhook"] as const))];
}

/**
 * Returns the channels that still need a digest: all if it reached nobody, else the failed ones. If only some recipients of a mail failed,
 * it is not sent again.
 */
export function channelsLeft(kept: Pick<KeptDigest, "delivered" | "failures">, settings: DigestSettings): DigestChannel[] {
  const failed = kept.failures.filter(({ code }) => code !== "recipients-refused").map(({ channel }) => channel);
  return channelsOf(settings).filter((channel) => !kept.delivered || failed.includes(channel));
}

/**
 * Sends a digest on every remaining channel within a minute, and stores the result. `reached`: channels that succeeded now; `failures`:
 * channels that have not succeeded yet. Returns null if another worker has started the same try.
 */
export async function sendDigest(
  kept: KeptDigest,
  settings: DigestSettings,
  digests: DigestRepository,
  now: Date,
  signal: AbortSignal,
): Promise<{ readonly reached: readonly DigestChannel[]; readonly failures: readonly DeliveryFailure[] } | null> {
  const channels = channelsLeft(kept, settings);
  if (!(await digests.beginTry(kept.digestId, kept.tries))) return null;
  const letter = { digestId: kept.digestId, ...renderDigest(kept.content) };
  const sent = await Promise.all(channels.map((channel) => sendBy(channel, letter, settings, now, signal)));
  const reached = channels.filter((_, index) => sent[index]?.reached);
  const failedNow = sent.flatMap(({ failure }) => failure ?? []);
  const failures = [...kept.failures.filter(({ channel }) => !channels.includes(channel)), ...failedNow];
  await digests.endTry(kept.digestId, { deliveredAt: reached.length > 0 ? now : null, failures });
  return { reached, failures };
}

async function sendBy(
  channel: DigestChannel,
  letter: RenderedDigest & { readonly digestId: string },
  { mail, webhook }: DigestSettings,
  now: Date,
  signal: AbortSignal,
): Promise<{ readonly reached: boolean; readonly failure: DeliveryFailure | null }> {
  if (channel === "mail" && mail !== null) return sendByMail(mail, letter, now, signal);
  if (channel === "mail" || webhook === null) throw new Error(`there is no setting for ${channel}`);
  const failure = await sendByWebhook(webhook, isSlack(webhook) ? slackText(letter.markdown) : letter.markdown, now, signal);
  return { reached: failure === null, failure };
}

/** The mail. `digestId`: gives the same Message-ID when it is sent twice. */
interface Letter {
  readonly digestId: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Sends the digest by mail. Never throws. `reached`: at least one recipient has it; a failure then names the others. */
export async function sendByMail(
  settings: MailSettings,
  { digestId, ...words }: Letter,
  now: Date,
  signal: AbortSignal,
  patienceMs?: number,
): Promise<{ readonly reached: boolean; readonly failure: DeliveryFailure | null }> {
  const failed = (code: DeliveryCode, status: number | null): DeliveryFailure => ({ channel: "mail", code, status, at: now.toISOString() });
  const headers = { "Auto-Submitted": "auto-generated", "Content-Language": "fr" };
  const sent = await sendMail(settings, { ...words, messageId: digestId, to: settings.to, headers }, signal, patienceMs);
  if (!sent.reached) return { reached: false, failure: failed(sent.code, sent.status) };
  return { reached: true, failure: sent.refused.length === 0 ? null : failed("recipients-refused", null) };
}

/** Timeout of the whole exchange. */
const usualPatienceMs = 10_000;

/**
 * Posts a text to an incoming webhook of Mattermost or Slack. Does not follow redirects, which would send the text elsewhere. Returns null
 * on success, else the failure.
 */
export async function sendByWebhook(
  webhook: URL,
  text: string,
  now: Date,
  signal: AbortSignal,
  patienceMs = usualPatienceMs,
): Promise<DeliveryFailure | null> {
  const failure = (code: DeliveryFailure["code"], status: number | null = null): DeliveryFailure => ({
    channel: "webhook",
    code,
    status,
    at: now.toISOString(),
  });
  const late = AbortSignal.timeout(patienceMs);
  // The operator chose the address, so it may be private.
  const connections = openConnections({ guard: addressGuard({ isAllowed: () => true }), connectTimeoutMs: patienceMs });
  try {
    const answer = await connections.exchange(webhook, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: Buffer.from(JSON.stringify({ text })),
      signal: AbortSignal.any([late, signal]),
    });
    discard(answer);
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) return null;
    return status >= 300 && status < 400 ? failure("redirected", status) : failure("answered", status);
  } catch {
    // The error message may contain the address, which is a secret.
    return failure(late.aborted ? "timed-out" : "no-connection");
  } finally {
    connections.close();
  }
}

/** Returns true for Slack's own webhooks. Mattermost, Rocket.Chat and others read Markdown. */
export function isSlack({ hostname }: URL): boolean {
  return hostname === "slack.com" || hostname.endsWith(".slack.com");
}

/** Converts our Markdown to Slack's: one star for bold, no escapes. */
export function slackText(markdown: string): string {
  return markdown.replace(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/g, "*$1*").replace(/\\([\\`*_~[\]#|])/g, "$1");
}
