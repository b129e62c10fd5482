/** Why a link is not alive. */
export type LinkReason =
  /** 404 or 410. */
  | "not-found"
  /** The host name does not exist. */
  | "unknown-host"
  | "connection-refused"
  /** The redirects form a loop, or are too many. */
  | "redirect-loop"
  /** A deep link leads to the home page of its site. */
  | "redirected-home"
  /** A deep link leads to the home page of another site. */
  | "redirected-to-other-home"
  /** Any other status outside 2xx: forbidden, too many requests, server error… */
  | "http-status"
  /** The page asks the visitor to prove that they are human. */
  | "robot-wall"
  /** The status means success, but the title of the page says "not found". */
  | "says-not-found"
  | "tls-failed"
  | "timed-out"
  /** The connection broke, or the answer is not HTTP. */
  | "connection-failed"
  /** The address is private, or neither http nor https. */
  | "address-refused";

/** Result of one check. `to-check` means that a person must decide. `status` is that of the last answer, or null. */
export interface LinkVerdict {
  readonly state: "alive" | "to-check" | "failing";
  readonly status: number | null;
  /** Null if the link is alive. */
  readonly reason: LinkReason | null;
}

/** State of a link. A `failing` link has failed for less than a week. A `dead` link has failed twice in a row, a week apart. */
export type LinkState = "unchecked" | LinkVerdict["state"] | "dead";

/** A link of a live aid. Instants are ISO. */
export interface AidLink {
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  readonly name: string;
  readonly field: "originUrl" | "applicationUrl";
  readonly url: string;
  readonly state: LinkState;
  /** Time of the first of consecutive failures, or of the last check of a link that does not fail. */
  readonly since: string | null;
  readonly checkedAt: string | null;
  readonly status: number | null;
  readonly reason: LinkReason | null;
}
