import type { ActRefusal, ActRefusalCode } from "../../model/act-refusal.ts";
import type { DeliveryCode } from "../../model/run/digest-delivery.ts";

type Params = ActRefusal["params"];

const sentences: Readonly<Record<ActRefusalCode, string | ((params: Params) => string)>> = {
  "address-revoked": "the address of this letter is revoked; make a new letter",
  "already-revoked": "the address of this letter is already revoked",
  "mail-not-set-up": "no mail server is configured: set MOISSON_SMTP_URL, MOISSON_DIGEST_FROM and MOISSON_DIGEST_TO",
  "mail-not-sent": ({ code, status }) =>
    `the mail was not sent: ${deliveryMessage({ code: code as DeliveryCode, status: (status as number | undefined) ?? null })}; nothing is recorded as sent`,
  "sent-meanwhile": ({ by }) => `${by} has sent this letter meanwhile: your mail was not sent`,
  "no-whole-feed": "no run of this connector has read a whole feed yet; `moisson run` reads it",
  "reads-no-site": "this connector reads no web pages, and its aids are reviewed: make an ordinary letter",
  "no-aid-read": "no aid of this site was read yet; `moisson run` reads it",
  "no-such-point": "the letter has no such point; `moisson letter preview` numbers them",
  "no-such-request": "unknown request",
  "no-reason": "say who asked for it, and when",
  "stop-ended": "the stop has ended already",
  "file-not-served": "the file is not published",
  "file-changed": "the file has changed since it was opened",
  "not-a-mail-address": ({ address }) => `${address}: expected one plain mail address, such as marie@example.org`,
  "no-recipient": "nobody gets the letters of this publisher; give --to <address>",
  "too-many-recipients": ({ max }) => `too many recipients; at most ${max}`,
  "no-subject": "the subject is empty",
  "subject-with-lines": "the subject must be one line",
  "subject-too-long": ({ max }) => `the subject is longer than ${max} characters`,
  "text-too-long": ({ max }) => `the message is longer than ${max} characters`,
  "text-without-link": ({ link }) => `the message must contain ${link}, which becomes the address of the letter`,
  "no-answer": "give --answer or --remark",
  "no-planned-day": "--planned-for <day> is required for planned, such as 2026-12-31",
  "planned-day-past": "the planned day is past",
  "planned-day-far": "the planned day is more than three years ahead",
  "remark-too-long": ({ max }) => `the remark is longer than ${max} characters`,
};

/** Explains why an act was refused, or what is wrong with an input. */
export function actRefusalMessage({ code, params }: ActRefusal): string {
  const sentence = sentences[code];
  return typeof sentence === "string" ? sentence : sentence(params);
}

const deliveries: Readonly<Record<DeliveryCode, string>> = {
  "no-connection": "no connection to the server",
  "timed-out": "no answer in time",
  "login-refused": "user or password is refused",
  "tls-refused": "the connection could not be encrypted",
  "message-refused": "the server refused the message, its sender or all its recipients",
  "recipients-refused": "the server refused some of the recipients; the others got it",
  answered: "the server refused the message",
  redirected: "the server points to another address, which is not followed",
  failed: "sending failed",
};

/** Explains why a message was not delivered. `status`: answer of the server, or null. */
export function deliveryMessage({ code, status }: { readonly code: DeliveryCode; readonly status: number | null }): string {
  return `${deliveries[code]}${status === null ? "" : ` (it answered ${status})`}`;
}
