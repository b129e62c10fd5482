export type DigestChannel = "mail" | "webhook";

/** Why a digest was not delivered. `recipients-refused`: the server refused some of the recipients. */
export type DeliveryCode =
  | "no-connection"
  | "timed-out"
  | "login-refused"
  | "tls-refused"
  | "message-refused"
  | "recipients-refused"
  | "answered"
  | "redirected"
  | "failed";

/** A channel that failed. `status` is the status of the server's answer. Contains no secrets. */
export interface DeliveryFailure {
  readonly channel: DigestChannel;
  readonly code: DeliveryCode;
  readonly status: number | null;
  readonly at: string;
}
