import type { DeliveryCode } from "../../model/run/digest-delivery.ts";

const sentences: Readonly<Record<DeliveryCode, string>> = {
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
  return `${sentences[code]}${status === null ? "" : ` (it answered ${status})`}`;
}
