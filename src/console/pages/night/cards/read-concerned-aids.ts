import type { SearchStanding } from "../../../../catalogue/search/search-row.ts";
import type { Visit } from "../../../visit.ts";
import { withdrawalSentence } from "../../plans/missing-aids.tsx";
import type { ConcernedAids } from "./card.ts";

/** The first aids that a card concerns, and where all of them are. `count`: null if it is not counted. */
export interface ShownAids {
  readonly aids: readonly {
    readonly aidId: string;
    readonly title: string;
    readonly language: string | null;
    readonly standing: SearchStanding | null;
  }[];
  readonly count: number | null;
  readonly href: string;
  /** What happens to them if the plan is applied. */
  readonly next?: string;
}

const aidsShown = 3;

/** Reads the first aids that a card concerns, those that close next first. */
export async function readConcernedAids(visit: Visit, concerned: ConcernedAids): Promise<ShownAids> {
  const { catalogue } = visit;
  switch (concerned.of) {
    case "connector":
      return listed(
        catalogue,
        { connectors: [concerned.connector] },
        `/aides?${new URLSearchParams({ connecteur: concerned.connector }).toString()}`,
      );
    case "deadlines": {
      const { from, to } = concerned;
      return listed(
        catalogue,
        { deadlineFrom: from, deadlineTo: to },
        `/aides?${new URLSearchParams({ depuis: from, jusque: to }).toString()}`,
      );
    }
    case "absences": {
      const aids = await catalogue.absences.list(concerned.planId, { limit: aidsShown });
      if (aids.length === 0) return readPlanned(catalogue, concerned.planId);
      const shown = aids.map(({ aidId, title, language, externalId, standing }) => ({
        aidId,
        title: title ?? externalId,
        language,
        standing,
      }));
      const count = await catalogue.absences.count(concerned.planId);
      const href = `/plans/${concerned.planId}/absentes`;
      return { aids: shown, count, href, next: await withdrawalSentence(visit, concerned, count) };
    }
    case "plan":
      return readPlanned(catalogue, concerned.planId);
  }
}

async function listed(
  { search }: Visit["catalogue"],
  filter: Parameters<Visit["catalogue"]["search"]["count"]>[0],
  href: string,
): Promise<ShownAids> {
  const inUse = { ...filter, standings: ["live", "review", "draft"] as const };
  const [aids, count] = await Promise.all([
    search.list({ ...inUse, order: "deadline" }, { limit: aidsShown, offset: 0 }),
    search.count(inUse),
  ]);
  return { aids: aids.map(({ aidId, title, language, standing }) => ({ aidId, title, language, standing })), count, href };
}

async function readPlanned({ planPages }: Visit["catalogue"], planId: string): Promise<ShownAids> {
  const aids = await planPages.aids(planId, { isLeft: true }, aidsShown);
  return {
    aids: aids.map(({ aidId, title, language, externalId }) => ({ aidId, title: title ?? externalId, language, standing: null })),
    count: null,
    href: `/plans/${planId}`,
  };
}
