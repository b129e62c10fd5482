import type { RowKind } from "../../kit/definition.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { type Evidence, evidence } from "../../model/survey/evidence.ts";
import { median } from "../profile/field-values.ts";
import type { Reading } from "../survey.ts";
import { maxRecords, readSample, type Sample } from "./read-sample.ts";

type Table = Extract<Reading, { format: "csv" | "excel" }>;

/** Larger shares are records with few values, not sums, headings or notes. */
const maxShare = { totals: 0.5, banners: 0.3 } as const satisfies Record<RowKind, number>;
const minFilled = 3;

/** Rows of a table that are probably not records. */
interface RowsLeftOut {
  /** The first records without these rows, and the issues about them. */
  readonly sample: Sample;
  /** Kinds that occur; undefined if none does. */
  readonly leaveOut: RowKind[] | undefined;
  readonly remarks: readonly Evidence[];
}

/** Finds totals, banners and notes among the first records of a table, as a run finds them. */
export async function findRowsLeftOut(part: FeedPart, reading: Table): Promise<RowsLeftOut> {
  const sample = await readSample(part, { ...reading, leaveOut: ["totals", "banners"] }, { limit: maxRecords });
  const count = (code: string) => sample.issues.filter((issue) => issue.code === code).length;
  const [totals, banners] = [count("total-row"), count("banner-row")];
  const areFew = (rows: number, kind: RowKind) => rows > 0 && rows <= (rows + sample.received) * maxShare[kind];
  const leaveOut: RowKind[] = [
    ...(areFew(totals, "totals") ? ["totals" as const] : []),
    ...(areFew(banners, "banners") && medianFilled(sample) >= minFilled ? ["banners" as const] : []),
  ];
  return {
    sample,
    leaveOut: leaveOut.length > 0 ? leaveOut : undefined,
    remarks: [
      ...(leaveOut.includes("totals") ? [evidence("totals-left-out", { rows: totals })] : []),
      ...(leaveOut.includes("banners") ? [evidence("banners-left-out", { rows: banners })] : []),
    ],
  };
}

function medianFilled({ records }: Sample): number {
  return median(records.map((record) => Object.values(record).filter((value) => String(value).trim() !== "").length));
}
