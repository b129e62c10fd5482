import type { DigestRepository, KeptDigest } from "../../catalogue/runs/digest-repository.ts";
import type { DeliveryFailure, DigestChannel } from "../../model/run/digest.ts";
import { type RenderedDigest, renderDigest } from "./french/digest.ts";
import { sendByMail } from "./send-by-mail.ts";
import { sendByWebhook } from "./send-by-webhook.ts";
import type { DigestSettings } from "./settings.ts";
import { isSlack, slackText } from "./slack-text.ts";

/** Result of one try. `reached`: channels that succeeded now; `failures`: channels that have not succeeded yet. */
export interface DigestTry {
  readonly reached: readonly DigestChannel[];
  readonly failures: readonly DeliveryFailure[];
}

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
 * Sends a digest on every remaining channel within a minute, and stores the result. Returns null if another worker has started the same
 * try.
 */
export async function sendDigest(
  kept: KeptDigest,
  settings: DigestSettings,
  digests: DigestRepository,
  now: Date,
  signal: AbortSignal,
): Promise<DigestTry | null> {
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
