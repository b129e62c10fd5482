import fc from "fast-check";
import type { AidField } from "../../src/model/aid/aid.ts";
import type { ChangeKind } from "../../src/model/plan/plan.ts";

/** A record of a small feed. Every aid has its own page and words, so it is recognised under another id. */
export interface DayRecord {
  readonly id: string;
  readonly titre: string;
  readonly texte: string;
  readonly lien: string;
  readonly rythme: "Permanente" | "Ponctuelle" | "";
  readonly debut: string | null;
  readonly fin: string | null;
  readonly motsCles: readonly string[];
}

/**
 * An act on a catalogue. `pick` selects among the eligible aids in canonical order; `back` among the applied plans that are not undone,
 * latest first.
 */
export type Act =
  | { readonly act: "feed"; readonly records: readonly DayRecord[]; readonly how: HowToRun; readonly days: number }
  | { readonly act: "apply"; readonly part: PartOfPlan | null; readonly days: number }
  | { readonly act: "discard" }
  | { readonly act: "edit" | "edit-all"; readonly pick: number; readonly edit: Edit }
  | { readonly act: "accept" | "refuse"; readonly pick: number; readonly onlyFirst: boolean }
  | { readonly act: Decision; readonly pick: number }
  | { readonly act: "merge"; readonly pick: number; readonly into: number }
  | { readonly act: "undo"; readonly back: number };

/** How a feed is run, `days` after the previous act. */
type HowToRun = "applied" | "forced" | "dry" | "limited";

/** Decisions about one aid or all aids, without a value. */
type Decision = "take-back" | "publish-all" | "publish" | "unpublish" | "reject" | "restore" | "withdraw" | "split";

/** A part of an open plan. */
export interface PartOfPlan {
  readonly kinds?: readonly ChangeKind[];
  readonly fields?: readonly AidField[];
  readonly pick?: number;
}

/** A field and its new value. */
interface Edit {
  readonly field: AidField;
  readonly value: unknown;
}

const words = {
  a: "Chauffage au bois",
  b: "Piscine municipale",
  c: "Bibliothèque de village",
  d: "Verger conservatoire",
  e: "Autocar scolaire",
} as const;
type Letter = keyof typeof words;
const letters = Object.keys(words) as Letter[];

const anyRecord = (letter: Letter, ids: readonly string[]): fc.Arbitrary<DayRecord> =>
  fc.record({
    id: fc.constantFrom(...ids),
    titre: fc.constantFrom(words[letter], `${words[letter]} (reconduit)`),
    texte: fc.constantFrom(`<p>${words[letter]}</p>`, `<p>${words[letter]} en 2027</p>`, ""),
    lien: fc.constant(`https://example.org/${letter}`),
    rythme: fc.constantFrom("Permanente", "Ponctuelle", ""),
    debut: fc.constantFrom("2026-01-01", "2026-02-02", null),
    fin: fc.constantFrom("2027-06-30", "2027-09-30", null),
    motsCles: fc.constantFrom(["eau", "air"], ["air", "eau"], ["feu"], []),
  });

/** A feed without some of the aids, sometimes with one under another id. */
const anyFeed: fc.Arbitrary<readonly DayRecord[]> = fc
  .tuple(...letters.map((letter) => fc.option(anyRecord(letter, [letter, letter, letter, `${letter}-bis`]), { freq: 4 })))
  .map((records) => records.filter((record) => record !== null))
  .filter((records) => records.length > 0);

/** The first feed of a history: all aids, complete enough for publication. */
export const firstFeed: readonly DayRecord[] = letters.map((letter) => ({
  id: letter,
  titre: words[letter],
  texte: `<p>${words[letter]}</p>`,
  lien: `https://example.org/${letter}`,
  rythme: "Ponctuelle",
  debut: "2026-01-01",
  fin: "2027-06-30",
  motsCles: ["eau"],
}));

/** Few aids, so that several acts meet on one. */
const pick = fc.nat(1);
const days = fc.constantFrom(0, 1, 1, 2);
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ field: fc.constant("name" as const), value: fc.constantFrom("Un titre à nous", words.a) }),
  fc.record({ field: fc.constant("description" as const), value: fc.constantFrom("<p>Un texte à nous</p>", "<p>Relu</p>") }),
  fc.record({ field: fc.constant("recurrence" as const), value: fc.constantFrom("ongoing", "recurring") }),
  fc.record({ field: fc.constant("submissionDeadline" as const), value: fc.constantFrom("2027-12-31", "2027-06-30", null) }),
  fc.record({ field: fc.constant("startDate" as const), value: fc.constantFrom("2026-03-03", null) }),
  fc.record({ field: fc.constant("keywords" as const), value: fc.constantFrom(["terre"], []) }),
);
const anyPart: fc.Arbitrary<PartOfPlan> = fc.oneof(
  fc.record({ kinds: fc.subarray<ChangeKind>(["create", "update", "restore", "re-identify", "withdraw"], { minLength: 1 }) }),
  fc.record({ fields: fc.subarray<AidField>(["name", "nameInitial", "description", "submissionDeadline", "keywords"], { minLength: 1 }) }),
  fc.record({ pick }),
);
const run = (records: readonly DayRecord[], how: HowToRun, days: number): Act => ({ act: "feed", records, how, days });
const alone = (act: fc.Arbitrary<Act>) => act.map((one) => [one]);

/** All aids are imported and published. Most histories begin this way. */
export const beginning: readonly Act[] = [run(firstFeed, "applied", 0), { act: "publish-all", pick: 0 }];

/** A feed that is applied at once. */
export const anyRun: fc.Arbitrary<readonly Act[]> = fc
  .tuple(anyFeed, fc.constantFrom<HowToRun>("applied", "applied", "forced"), days)
  .map(([records, how, days]) => [run(records, how, days)]);

/** A waiting plan that is then applied in part, in whole, or not at all. */
export const anyPlanInParts: fc.Arbitrary<readonly Act[]> = fc
  .tuple(anyFeed, days, fc.array(anyPart, { maxLength: 2 }), fc.boolean())
  .map(([records, days, parts, isWhole]) => [
    run(records, "dry", days),
    ...parts.map((part): Act => ({ act: "apply", part, days: 0 })),
    ...(isWhole ? [{ act: "apply", part: null, days: 0 } as const] : []),
  ]);

/** Runs that leave their plan open, and acts on waiting plans. */
const anyWaiting: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(anyFeed, fc.constantFrom<HowToRun>("dry", "limited"), days).map(([records, how, days]) => run(records, how, days)),
  fc.record({ act: fc.constant("apply" as const), part: fc.option(anyPart, { freq: 1 }), days }),
  fc.constant({ act: "discard" as const }),
);

/** Acts on the fields of aids. */
export const anyCuration: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant("edit" as const), pick, edit: anyEdit }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("edit-all" as const), pick, edit: anyEdit }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom("accept" as const, "refuse" as const), pick, onlyFirst: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constantFrom<Decision>("take-back", "publish-all"), pick }) },
);

/** Acts on an aid as a whole. */
export const anyDecision: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constantFrom<Decision>("unpublish", "reject", "withdraw"), pick }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom<Decision>("restore", "publish", "split"), pick }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("merge" as const), pick, into: pick }) },
);

/** The undo of an applied plan. */
const anyUndo: fc.Arbitrary<Act> = fc.record({ act: fc.constant("undo" as const), back: fc.nat(2) });

/** A feed, then the same feed under other ids after a curator's decisions. */
export const anyRenaming: fc.Arbitrary<readonly Act[]> = fc
  .tuple(anyFeed, fc.array(anyDecision, { maxLength: 2 }), fc.subarray(letters, { minLength: 1 }), days)
  .map(([records, decisions, renamed, days]) => [
    run(records, "applied", days),
    ...decisions,
    run(
      records.map((record) => (renamed.some((letter) => record.id.startsWith(letter)) ? { ...record, id: otherId(record.id) } : record)),
      "applied",
      days,
    ),
  ]);

function otherId(id: string): string {
  return id.endsWith("-bis") ? id.slice(0, 1) : `${id}-bis`;
}

/** Any scene without an undo. */
export const anyDoing: fc.Arbitrary<readonly Act[]> = fc.oneof(
  { weight: 4, arbitrary: anyRun },
  { weight: 4, arbitrary: alone(anyCuration) },
  { weight: 2, arbitrary: alone(anyDecision) },
  { weight: 2, arbitrary: alone(anyWaiting) },
  { weight: 1, arbitrary: anyPlanInParts },
  { weight: 1, arbitrary: anyRenaming },
);

/** Any scene. */
export const anything: fc.Arbitrary<readonly Act[]> = fc.oneof(
  { weight: 5, arbitrary: anyDoing },
  { weight: 1, arbitrary: alone(anyUndo) },
);

/** Returns several scenes in sequence. */
export function some(scene: fc.Arbitrary<readonly Act[]>, minLength: number, maxLength: number): fc.Arbitrary<readonly Act[]> {
  return fc.array(scene, { minLength, maxLength, size: "max" }).map((scenes) => scenes.flat());
}
