import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";

/** What is to be done next with a publisher, and when. */
export type Action = Pick<StoredPublisher, "nextAction" | "nextActionOn">;

/** A next action as forms carry it, so that nobody takes away what somebody else has written meanwhile; "" where there is none. */
export function heldAction({ nextAction, nextActionOn }: Action): string {
  return `${nextActionOn ?? ""} ${nextAction ?? ""}`.trim();
}
