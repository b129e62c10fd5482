import { randomUUID } from "node:crypto";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { signInMail } from "../../french/sign-in-mail.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/logger.ts";
import { readMailSettings } from "../../platform/mail/mail-settings.ts";
import { sendMail } from "../../platform/mail/send-mail.ts";

/** Life of a link. As long as the limit of the requests for one. */
const linkMinutes = 60;
/** Older requests are dropped: whoever waited that long has asked again. */
const maxWaitMs = 15 * 60_000;
const requestsAtOnce = 20;

/** Services for sending links. */
interface SignInLinkContext {
  readonly catalogue: Pick<Catalogue, "publisherAccounts" | "publisherSessions">;
  readonly clock: Clock;
  readonly logger: Pick<Logger, "info" | "warn" | "error">;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Sends the links that people of publishers asked for. The public process only stores the addresses: it has no mail server, and so cannot
 * reveal which addresses are known. A request is sent at most once; a lost mail is asked for again.
 */
export async function sendSignInLinks(context: SignInLinkContext, signal: AbortSignal): Promise<void> {
  const { catalogue, clock, logger } = context;
  while (!signal.aborted) {
    const requests = await catalogue.publisherAccounts.takeLinkRequests(requestsAtOnce);
    if (requests.length === 0) return;
    for (const { email, at } of requests) {
      if (clock.now().getTime() - at.getTime() > maxWaitMs) logger.warn("a request for a sign-in link was too old");
      else await sendOne(context, email, signal);
    }
  }
}

async function sendOne({ catalogue, clock, logger, environment }: SignInLinkContext, email: string, signal: AbortSignal): Promise<void> {
  const account = await catalogue.publisherAccounts.findByEmail(email);
  if (account === null || account.revokedAt !== null) return;
  const mail = readMailSettings(environment);
  const url = (environment.MOISSON_PUBLIC_URL || environment.MOISSON_CONSOLE_URL)?.replace(/\/+$/, "");
  if (mail === null || url === undefined) {
    logger.error("a publisher asked for a sign-in link, but MOISSON_SMTP_URL or MOISSON_PUBLIC_URL is not set");
    return;
  }
  const expiresAt = new Date(clock.now().getTime() + linkMinutes * 60_000);
  const token = await catalogue.publisherSessions.addLink(account.accountId, "sign-in", expiresAt);
  const service = environment.MOISSON_CONSOLE_NAME || "Moisson";
  const words = signInMail({ service, link: `${url}/espace/entree/${token}`, minutes: linkMinutes });
  const headers = { "Auto-Submitted": "auto-generated", "Content-Language": "fr" };
  const sent = await sendMail(mail, { messageId: randomUUID(), to: [account.email], ...words, headers }, signal);
  if (sent.reached) logger.info({ account: account.accountId }, "a sign-in link is sent");
  else logger.error({ account: account.accountId, code: sent.code, status: sent.status }, "a sign-in link was not sent");
}
