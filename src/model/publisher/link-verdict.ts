/** Why a link is not alive. */
export type LinkReason =
  /** 404 or 410. */
  | "not-found"
  /** The host name does not exist. */
  | "unknown-host"
  | "connection-refused"
  /** Redirects in a loop, or without end. */
  | "redirect-loop"
  /** A deep link leads to the home page of its site. */
  | "redirected-home"
  /** A deep link leads to the home page of another site. */
  | "redirected-to-other-home"
  /** Any other status outside 2xx: forbidden, too many requests, server error… */
  | "http-status"
  /** A page that asks for proof that we are human. */
  | "robot-wall"
  /** A page whose title says "not found" with a success status. */
  | "says-not-found"
  | "tls-failed"
  | "timed-out"
  /** The connection broke, or the answer is not HTTP. */
  | "connection-failed"
  /** A private address, or not http(s). */
  | "address-refused";

/** Result of one check. `to-check`: only a person can tell. `status`: of the last answer, null without one. */
export interface LinkVerdict {
  readonly state: "alive" | "to-check" | "failing";
  readonly status: number | null;
  /** Null if the link is alive. */
  readonly reason: LinkReason | null;
}

/** State of a link. `failing`: failed for less than a week; `dead`: failed twice in a row, a week apart. */
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
  /** First failure in a row, or the last check of a link that does not fail. */
  readonly since: string | null;
  readonly checkedAt: string | null;
  readonly status: number | null;
  readonly reason: LinkReason | null;
}
