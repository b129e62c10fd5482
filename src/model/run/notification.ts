import { mayAs, type Role } from "../publisher/role.ts";

/**
 * Kinds of decisions that people can be notified of. `held`: guards hold a plan. `draft`: the first run of a draft, or a plan that a
 * colleague asks to apply, waits for ops. `answered`: a publisher answered a letter. `promised`: a publisher's correction is due.
 */
export const notificationKinds = ["held", "draft", "answered", "promised"] as const;

export type NotificationKind = (typeof notificationKinds)[number];

/** When a person is notified. `daily`: together with the digest. */
export const notificationPaces = ["never", "at-once", "daily"] as const;

export type NotificationPace = (typeof notificationPaces)[number];

/** The lowest role that may be notified: it may read the page of the decision. */
const needed: Readonly<Record<NotificationKind, Role>> = { held: "read", draft: "ops", answered: "bizdev", promised: "bizdev" };

/** Returns the kinds that a role may be notified of. */
export function kindsFor(role: Role): NotificationKind[] {
  return notificationKinds.filter((kind) => mayAs(role, needed[kind]));
}

/** Returns the pace of a person who has chosen none: nothing is sent, except held plans to those who can apply them. */
export function usualPace(kind: NotificationKind, role: Role): NotificationPace {
  return kind === "held" && mayAs(role, "ops") ? "at-once" : "never";
}
