import type { NotificationKind } from "./notification.ts";

/** A decision that waits, as a mail names it. */
export interface WaitingDecision {
  readonly kind: NotificationKind;
  readonly key: string;
  readonly at: Date;
  /** Name of the connector. */
  readonly who: string;
  /** The cause, in one sentence. */
  readonly what: string;
  /** Path of the page where it is decided. */
  readonly path: string;
}
