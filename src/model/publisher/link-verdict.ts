/** Why a link is not alive. */
export type LinkReason =
  /** 404 or 410. */
  | "not-found"
  /** The name of the host exists nowhere. */
  | "unknown-host"
  | "connection-refused"
  /** Redirects that come back to where they began, or do not end. */
  | "redirect-loop"
  /** A deep page answers with the home page of its site. */
  | "redirected-home"
  /** A deep page answers with the home page of another site. */
  | "redirected-to-other-home"
  /** Any other status that is not of the 200s: forbidden to us, too many requests, the server's own fault… */
  | "http-status"
  /** A page that wants to know whether we are a person. */
  | "robot-wall"
  /** A page whose title says that there is no such page, with a status that says there is. */
  | "says-not-found"
  | "tls-failed"
  | "timed-out"
  /** The connection broke, or what came is not HTTP. */
  | "connection-failed"
  /** No address that may be asked: private, or not http(s). */
  | "address-refused";

/** What one look at a link gives. `to-check`: we could not know, a person can. `status`: of the last answer, null where none came. */
export interface LinkVerdict {
  readonly state: "alive" | "to-check" | "failing";
  readonly status: number | null;
  /** Null where it is alive. */
  readonly reason: LinkReason | null;
}

/** What is known of a link. `failing`: it failed, not yet for a week; `dead`: it failed twice in a row, a week apart. */
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
  /** The first of the failures in a row; where it is not failing, when it was last looked at. */
  readonly since: string | null;
  readonly checkedAt: string | null;
  readonly status: number | null;
  readonly reason: LinkReason | null;
}
