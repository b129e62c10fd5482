import type { Morning } from "../../../../jobs/morning/gather-morning.ts";
import type { SilentConnector } from "../../../../model/run/digest.ts";
import { isNoted } from "../../../../model/run/digest.ts";
import { type Card, kindsInOrder } from "./card.ts";
import { fileDueCard, goneCard, pausedCard, refusedFileCard, silentCard } from "./connector-cards.ts";
import { heldCard, requestedCard } from "./held-card.ts";
import { machineCard } from "./machine-card.ts";
import { badRunCard, lateCard, lookAtCard, missingRunsCard } from "./run-cards.ts";
import { actionCard, deadLinksCard, promisedCard, waitingCards } from "./work-cards.ts";

/** Contents of the cards of a night. `work`: work in the console only. `viewer`: name of the person who reads them. */
export interface CardFacts extends Pick<Morning, "trouble" | "toLookAt" | "promised" | "actions" | "deadLinks" | "waiting"> {
  readonly work: { readonly cards: readonly Card[]; readonly expiring: number };
  readonly now: Date;
  readonly viewer: string;
}

/** Returns the decisions that wait for a person, most urgent first. */
export function listCards(facts: CardFacts): readonly Card[] {
  const { trouble, toLookAt, promised, actions, deadLinks, waiting, work, now, viewer } = facts;
  const bad = [trouble.failed, trouble.abandoned, trouble.refused, trouble.unreadable, trouble.stoppedEarly, trouble.unreachable].flat();
  const cards = [
    ...trouble.machineFaults.map(machineCard),
    ...missingRunsCard(trouble.expected, new Set(trouble.late.map(({ connector }) => connector))),
    ...trouble.held.map(heldCard),
    ...trouble.requested.map(requestedCard),
    ...bad.map((run) => badRunCard(run, now, viewer)),
    ...trouble.late.map(lateCard),
    ...trouble.refusedFiles.map(refusedFileCard),
    ...trouble.gone.map(goneCard),
    ...trouble.silent.filter((one) => !hasNeverRun(one)).map(silentCard),
    ...trouble.toBring.map(fileDueCard),
    ...trouble.paused.filter(({ connector }) => connector !== "*").map(pausedCard),
    ...toLookAt.filter(isNoted).map(lookAtCard),
    ...waitingCards({ ...waiting, expiring: work.expiring }, now),
    ...promised.map(promisedCard),
    ...actions.map(actionCard),
    ...deadLinks.map(deadLinksCard),
    ...work.cards,
  ];
  return cards.sort((a, b) => kindsInOrder.indexOf(a.kind) - kindsInOrder.indexOf(b.kind));
}

/** Returns true for a connector that is silent only because it never ran: it is not trouble, but not yet in use. */
export function hasNeverRun({ silences }: SilentConnector): boolean {
  return silences.length > 0 && silences.every(({ code }) => code === "never-applied");
}
