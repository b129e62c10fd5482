import { createHash } from "node:crypto";
import type { NotificationRepository, Recipient } from "../../catalogue/accounts/notification-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { choicesPath, notificationMail } from "../../french/notifications/mail.ts";
import { onOneLine } from "../../french/typography.ts";
import type { DeliveryCode } from "../../model/run/digest-delivery.ts";
import { kindsFor, type NotificationKind, type NotificationPace, usualPace } from "../../model/run/notification.ts";
import type { WaitingDecision } from "../../model/run/waiting-decision.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { MailSettings } from "../../platform/mail/mail-settings.ts";
import { sendMail } from "../../platform/mail/send-mail.ts";
import { titleWithoutPeople } from "../../privacy/text-without-people.ts";
import type { DigestContext } from "../digest/deliver-digest.ts";
import { readDigestSettings } from "../digest/digest-settings.ts";
import { lastTime } from "../schedule/due.ts";
import { type DecisionCatalogue, gatherDecisions } from "./gather-decisions.ts";

/** Services for notifications. */
export interface NotificationContext extends Omit<DigestContext, "catalogue"> {
  readonly catalogue: DecisionCatalogue & Pick<Catalogue, "notifications" | "schedule">;
}

const minuteMs = 60_000;
/** One worker looks every five minutes. */
const lookEveryMs = 5 * minuteMs;
const notificationsDue = "notifications";

/** Minutes to wait after failed attempts. The last value repeats: a notification is never given up while its decision waits. */
const waitMinutes = [5, 10, 20, 40, 60];

/** Decisions that arise within minutes of each other are in one mail, which waits for at most half an hour. */
const settledMs = 5 * minuteMs;
const maxUnsettledMs = 30 * minuteMs;
/** Hours in Paris between which mails are sent at once. What arises at night, when the runs are, is in one mail. */
const dayHours = { from: 6, to: 22 };

/** Failures that all other mails would have too. */
const sharedFailures: ReadonlySet<DeliveryCode> = new Set(["no-connection", "timed-out", "login-refused", "tls-refused"]);

/**
 * Notifies people by mail of decisions that wait, as each of them has chosen. A mail is recorded right after the mail server has
 * accepted it: if the worker dies in between, the mail is sent again some minutes later, so it may arrive twice but is never lost. Throws
 * `WrongSettings`.
 */
export async function sendNotifications(context: NotificationContext, signal: AbortSignal): Promise<void> {
  const { catalogue, clock, environment, logger } = context;
  const { mail, cron } = readDigestSettings(environment);
  if (mail === null || signal.aborted) return;
  const now = clock.now();
  if (!(await catalogue.schedule.claim(notificationsDue, new Date(Math.floor(now.getTime() / lookEveryMs) * lookEveryMs)))) return;
  const recipients = (await catalogue.notifications.recipients(parisDay(now))).map((recipient) => ({
    recipient,
    paces: pacesOf(recipient),
  }));
  const kinds = new Set(recipients.flatMap(({ paces }) => [...paces.keys()]));
  const decisions = kinds.size === 0 ? [] : await gatherDecisions(catalogue, { ...(await context.registry()), environment }, kinds, now);
  await catalogue.notifications.noteWaiting(
    decisions.map(({ key }) => key),
    now,
  );
  const daily = lastTime(cron, now);
  for (const { recipient, paces } of recipients) {
    if (signal.aborted) return;
    const due = dueFor(recipient, paces, decisions, daily, now);
    const failure = await deliver(catalogue.notifications, recipient, due, { mail, environment, now, signal });
    if (failure === null) continue;
    logger.warn({ person: recipient.personId, reason: failure, try: recipient.delivery.tries + 1 }, "notification not sent");
    if (sharedFailures.has(failure)) return;
  }
}

/** When a person wants to be notified of a kind, and since when. Null: they have not chosen. */
interface Pace {
  readonly pace: Exclude<NotificationPace, "never">;
  readonly since: Date | null;
}

/** Returns the kinds that a person wants and may see. */
function pacesOf({ role, choices }: Recipient): ReadonlyMap<NotificationKind, Pace> {
  const paces = new Map<NotificationKind, Pace>();
  for (const kind of kindsFor(role)) {
    const chosen = choices.find((choice) => choice.kind === kind);
    const pace = chosen?.pace ?? usualPace(kind, role);
    if (pace !== "never") paces.set(kind, { pace, since: chosen?.at ?? null });
  }
  return paces;
}

/** Decisions to mail to a person now. `waits`: others will be mailed later. `dailyFor`: the time of the daily mail that is due, or null. */
interface Due {
  readonly decisions: readonly WaitingDecision[];
  readonly waits: boolean;
  readonly dailyFor: Date | null;
}

function dueFor(
  { told, delivery }: Recipient,
  paces: ReadonlyMap<NotificationKind, Pace>,
  decisions: readonly WaitingDecision[],
  daily: Date | null,
  now: Date,
): Due {
  const known = new Set(told);
  // An answer from before the choice may have been handled long ago.
  const isNew = ({ kind, key, at }: WaitingDecision, { since }: Pace) =>
    !known.has(key) && (kind !== "answered" || (since !== null && at > since));
  const fresh = decisions.flatMap((decision) => {
    const pace = paces.get(decision.kind);
    return pace !== undefined && isNew(decision, pace) ? [{ decision, ...pace }] : [];
  });
  const isDailyDue = (since: Date | null) => daily !== null && daily > (delivery.dailyFor ?? new Date(0)) && daily > (since ?? new Date(0));
  const isAtOnceDue =
    isDay(now) &&
    isSettled(
      fresh.filter(({ pace }) => pace === "at-once").map(({ decision }) => decision.at),
      now,
    );
  const due = fresh.filter(({ pace, since }) => (pace === "at-once" ? isAtOnceDue : isDailyDue(since)));
  const wantsDaily = [...paces.values()].some(({ pace, since }) => pace === "daily" && isDailyDue(since));
  return { decisions: due.map(({ decision }) => decision), waits: fresh.length > due.length, dailyFor: wantsDaily ? daily : null };
}

function isSettled(arose: readonly Date[], now: Date): boolean {
  const ages = arose.map((at) => now.getTime() - at.getTime());
  return ages.length > 0 && (Math.min(...ages) >= settledMs || Math.max(...ages) >= maxUnsettledMs);
}

const hourInParis = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone: "Europe/Paris" });

function isDay(now: Date): boolean {
  const hour = Number(hourInParis.format(now));
  return hour >= dayHours.from && hour < dayHours.to;
}

/** Sends the due decisions to a person. Returns why it failed, or null. */
async function deliver(
  notifications: NotificationRepository,
  { personId, name, email, delivery }: Recipient,
  { decisions, waits, dailyFor }: Due,
  given: {
    readonly mail: MailSettings;
    readonly environment: NotificationContext["environment"];
    readonly now: Date;
    readonly signal: AbortSignal;
  },
): Promise<DeliveryCode | null> {
  const { mail, environment, now, signal } = given;
  if (decisions.length === 0) {
    if (dailyFor !== null || (delivery.tries > 0 && !waits)) await notifications.endWithoutMail(personId, dailyFor);
    return null;
  }
  if (isTooEarly(delivery, now) || !(await notifications.beginTry(personId, delivery, now))) return null;
  const console = (environment.MOISSON_CONSOLE_URL ?? "").replace(/\/+$/, "");
  const keys = decisions.map(({ key }) => key);
  const named = decisions.map((decision) => ({ ...decision, what: titleWithoutPeople(onOneLine(decision.what)) }));
  const sent = await sendMail(
    mail,
    {
      ...notificationMail(named, { name, console }),
      messageId: `notification-${createHash("sha256")
        .update(JSON.stringify([personId, keys]))
        .digest("hex")
        .slice(0, 32)}`,
      to: [email],
      headers: {
        "Auto-Submitted": "auto-generated",
        "Content-Language": "fr",
        ...(console !== "" && { "List-Unsubscribe": `<${console}${choicesPath}>` }),
      },
    },
    signal,
  );
  if (!sent.reached) {
    await notifications.failTry(personId, sent.code);
    return sent.code;
  }
  await notifications.endTry(personId, keys, dailyFor);
  return null;
}

function isTooEarly({ tries, triedAt }: Recipient["delivery"], now: Date): boolean {
  const wait = waitMinutes[Math.min(tries, waitMinutes.length) - 1];
  return wait !== undefined && triedAt !== null && now.getTime() - triedAt.getTime() < wait * minuteMs;
}
