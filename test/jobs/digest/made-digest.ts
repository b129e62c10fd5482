import type { BadRun, Digest, OfConnector } from "../../../src/model/run/digest.ts";

const manche: OfConnector = { connector: "departement-manche", publisher: "Département de la Manche" };
const drome: OfConnector = { connector: "departement-drome", publisher: "Département de la Drôme" };
const ademe: OfConnector = { connector: "ademe-agir", publisher: "ADEME" };

/** A calm night. */
export const calmDigest: Digest = {
  period: { since: "2026-11-24T05:30:00.000Z", until: "2026-11-25T05:30:00.000Z" },
  paused: [],
  ops: {
    refusedFiles: [],
    gone: [],
    held: [],
    failed: [],
    unreachable: [],
    refused: [],
    unreadable: [],
    stoppedEarly: [],
    abandoned: [],
    late: [],
    silent: [],
    withoutAddress: [],
    deadLinks: [],
    unsent: [],
  },
  bizdev: { toReview: [], proposals: [], unmapped: [], toCall: [], toBring: [] },
  night: { runs: { applied: 7, unchanged: 4 }, created: 0, updated: 1, restored: 0, withdrawn: 0 },
};

/** A run that could not reach its server. */
export function madeBadRun(changes: Partial<BadRun> = {}): BadRun {
  return {
    ...manche,
    runId: "3f2a91c0-0000-4000-8000-000000000000",
    outcome: "unreachable",
    endedAt: "2026-11-25T02:14:00.000Z",
    error: { code: "timed-out", params: { url: "https://manche.example/aides.csv" } },
    tries: 1,
    nights: 1,
    nextTryAt: null,
    waitingPlan: null,
    ...changes,
  };
}

/** A night with every kind of event. */
export const fullDigest: Digest = {
  period: { since: "2026-11-20T05:30:00.000Z", until: "2026-11-23T05:30:00.000Z" },
  paused: [
    { connector: "*", publisher: "*", by: "marie", at: "2026-11-22T21:00:00.000Z", reason: "mise à jour du serveur" },
    { ...drome, by: "paul", at: "2026-11-19T09:00:00.000Z", reason: null },
  ],
  ops: {
    refusedFiles: [
      {
        file: "connectors/departement-drome.ts",
        connector: "departement-drome",
        isRun: false,
        appliedAt: "2026-11-21T02:10:00.000Z",
        liveAids: 212,
        problems: [
          { line: null, key: "fields.startDate.kind", message: "must be date | day", didYouMean: "date" },
          { line: null, key: null, message: 'exports no "connector"', didYouMean: null },
        ],
      },
      {
        file: "mappings/shared/targetedAudiences.csv",
        connector: null,
        isRun: false,
        appliedAt: null,
        liveAids: 0,
        problems: [{ line: 14, key: null, message: '"comune" is not a term of targetedAudiences', didYouMean: "commune" }],
      },
    ],
    gone: [{ connector: "region-disparue", publisher: "region-disparue", appliedAt: "2026-11-18T02:10:00.000Z", liveAids: 1 }],
    held: [
      {
        ...ademe,
        runId: "11111111-0000-4000-8000-000000000000",
        planId: "22222222-0000-4000-8000-000000000000",
        heldAt: "2026-11-23T02:14:00.000Z",
        nights: 3,
        guards: [{ code: "aids-gone", found: 318, limit: 208, examples: ["recette-1", "recette-2"], params: { of: 2088, share: 0.1 } }],
      },
    ],
    requested: [
      {
        ...ademe,
        planId: "22222222-0000-4000-8000-000000000000",
        request: { by: "Marie", at: "2026-11-22T15:20:00.000Z", note: "les 318 fiches sont closes" },
      },
    ],
    failed: [madeBadRun({ outcome: "failed", error: { code: "storage-failed", params: { reason: "53100" } }, tries: 3 })],
    unreachable: [madeBadRun({ nextTryAt: "2026-11-23T05:45:00.000Z", tries: 2 })],
    refused: [
      madeBadRun({
        ...drome,
        outcome: "refused",
        error: { code: "missing-address", params: { variable: "MOISSON_URL_DEPARTEMENT_DROME" } },
      }),
    ],
    unreadable: [
      madeBadRun({
        outcome: "unreadable",
        nights: 2,
        error: { code: "html-page", params: { title: "Maintenance" } },
        waitingPlan: { planId: "33333333-0000-4000-8000-000000000000", heldAt: "2026-11-19T02:14:00.000Z" },
      }),
    ],
    stoppedEarly: [
      madeBadRun({ outcome: "stopped-early", error: { code: "walk-incomplete", params: { received: 120, announced: 300, page: 7 } } }),
    ],
    abandoned: [madeBadRun({ outcome: "abandoned", error: null, tries: 3 })],
    late: [
      { ...ademe, dueAt: "2026-11-23T02:10:00.000Z", state: "running", startedAt: "2026-11-23T02:10:03.000Z" },
      { ...drome, dueAt: "2026-11-23T02:20:00.000Z", state: "queued", startedAt: null },
      { ...manche, dueAt: "2026-11-22T02:20:00.000Z", state: "not-begun", startedAt: null },
    ],
    futureDueTimes: [
      { ...ademe, doneFor: "2026-11-25T02:10:00.000Z", foundAt: "2026-11-22T12:00:00.000Z" },
      { connector: "digest", publisher: "digest", doneFor: "2026-11-25T05:30:00.000Z", foundAt: "2026-11-22T12:00:00.000Z" },
    ],
    silent: [
      {
        ...ademe,
        missing: null,
        silences: [{ code: "quiet", usualDays: 2, changes: 12, quietDays: 15, lastChangedAt: "2026-11-08T02:00:00.000Z" }],
      },
      {
        ...manche,
        missing: "MOISSON_URL_DEPARTEMENT_MANCHE",
        silences: [{ code: "not-applied", days: 12, appliedAt: "2026-11-11T02:00:00.000Z" }],
      },
    ],
    withoutAddress: [
      { ...ademe, variable: "MOISSON_URL_ADEME_AGIR" },
      { connector: "welcomeurope", publisher: "Welcomeurope", variable: "MOISSON_URL_WELCOMEUROPE" },
    ],
    deadLinks: [
      {
        ...manche,
        aids: 2,
        links: 1,
        examples: [{ externalId: "toit", name: "Rénover un toit", url: "https://manche.example/toit" }],
      },
    ],
    toLookAt: [
      {
        ...drome,
        runId: "55555555-0000-4000-8000-000000000000",
        received: 212,
        rejected: 3,
        warnings: [{ code: "content-repeated", found: 60, limit: 5, examples: ["a1"], field: "description", params: { of: 90 } }],
        repairs: [{ code: "encoded-twice", count: 200, params: {} }],
      },
      { ...ademe, runId: "66666666-0000-4000-8000-000000000000", received: 40, rejected: 1, warnings: [], repairs: [] },
    ],
    unsent: [
      {
        since: "2026-11-19T05:30:00.000Z",
        until: "2026-11-20T05:30:00.000Z",
        delivered: true,
        tries: 6,
        failures: [{ channel: "webhook", code: "answered", status: 500, at: "2026-11-20T05:30:00.000Z" }],
      },
    ],
  },
  bizdev: {
    toReview: [{ ...ademe, created: 12, waiting: 40 }],
    proposals: [{ ...drome, aids: 3, fields: 5, created: 1 }],
    contradicted: [{ ...drome, aids: 2 }],
    unmapped: [
      {
        ...drome,
        vocabulary: "targetedAudiences",
        words: 4,
        records: 31,
        examples: [
          { term: "Syndicats mixtes", count: 20 },
          { term: "Ententes", count: 8 },
          { term: "Pôles", count: 2 },
        ],
      },
    ],
    toCall: [
      {
        ...ademe,
        reasons: [
          {
            code: "held",
            nights: 3,
            guards: [{ code: "aids-gone", found: 318, limit: 208, examples: ["recette-1"], params: { of: 2088, share: 0.1 } }],
          },
          { code: "silent", silences: [{ code: "deadlines-past", aids: 12, lastDeadline: "2026-10-31" }] },
          { code: "rejected", rejected: 1200, received: 4000 },
        ],
      },
      {
        ...manche,
        reasons: [{ code: "not-read", nights: 2, outcome: "unreadable", error: { code: "html-page", params: { title: "Maintenance" } } }],
      },
    ],
    actionsDue: [
      {
        publisher: "Région Bretagne",
        action: "Envoyer la convention",
        dueOn: "2026-11-20",
        isOverdue: true,
        personInCharge: "Marie",
        page: "https://moisson.example/producteurs/44444444-0000-4000-8000-000000000000",
      },
    ],
    toBring: [{ connector: "modele-xlsx", publisher: "Commune de Lent", everyDays: 90, lastAt: "2026-08-03T09:00:00.000Z" }],
  },
  night: {
    runs: { applied: 30, "applied-with-rejects": 2, held: 1, unreachable: 2, abandoned: 1 },
    created: 1204,
    updated: 45,
    restored: 1,
    withdrawn: 3,
  },
};
